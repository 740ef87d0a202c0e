import { Injectable } from '@nestjs/common';
import { insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { decodeCursor, likePattern } from '@xuekao/platform';
import type { PageQuery } from '@xuekao/platform';
import { In } from 'typeorm';
import { ContestResultRow, ContestRow, ContestUnitRow, QuestionSetItemRow, QuestionSetRow } from './live.entity.js';
import type { ContestKind } from './live.entity.js';

export const contestStates = ['running', 'over'] as const;
export type ContestState = (typeof contestStates)[number];

export interface ContestFilter {
  readonly state?: ContestState;
  readonly isRehearsal?: boolean;
  /** With the units below it. */
  readonly unitId?: string;
}

interface Rows<T> {
  readonly rows: T[];
  readonly total: number;
}

@Injectable()
export class LiveStore {
  constructor(private readonly uow: UnitOfWork) {}

  set(id: string): Promise<QuestionSetRow | null> {
    return this.uow.manager.findOneBy(QuestionSetRow, { id });
  }

  /** Question version ids in their order. */
  async setItems(setId: string): Promise<string[]> {
    const items = await this.uow.manager
      .createQueryBuilder(QuestionSetItemRow, 'item')
      .where('item.setId = :setId', { setId })
      .orderBy('item.number')
      .getMany();
    return items.map((item) => item.questionVersionId);
  }

  async addSet(set: QuestionSetRow, versionIds: readonly string[]): Promise<void> {
    await insertRows(this.uow, QuestionSetRow, [set]);
    await this.addItems(set.id, versionIds);
  }

  /** False when somebody else changed it first. */
  async changeSet(
    set: QuestionSetRow,
    change: { readonly title: string; readonly updatedAt: Instant },
    versionIds: readonly string[],
  ): Promise<boolean> {
    const changed = await this.uow.manager
      .createQueryBuilder()
      .update(QuestionSetRow)
      .set({ ...change, version: set.version + 1 })
      .where('id = :id AND version = :version', { id: set.id, version: set.version })
      .execute();
    if (changed.affected !== 1) return false;
    await this.removeItems(set.id);
    await this.addItems(set.id, versionIds);
    return true;
  }

  async removeSet(id: string): Promise<void> {
    await this.removeItems(id);
    await this.uow.manager.createQueryBuilder().delete().from(QuestionSetRow).where({ id }).execute();
  }

  isSetUsed(setId: string): Promise<boolean> {
    return this.uow.manager.existsBy(ContestRow, { setId });
  }

  async questionCounts(setIds: readonly string[]): Promise<Map<string, number>> {
    if (setIds.length === 0) return new Map();
    const counts = await this.uow.manager
      .createQueryBuilder(QuestionSetItemRow, 'item')
      .select('item.setId', 'setId')
      .addSelect('COUNT(*)', 'questions')
      .where('item.setId IN (:...setIds)', { setIds })
      .groupBy('item.setId')
      .getRawMany<{ setId: string; questions: string | number }>();
    return new Map(counts.map(({ setId, questions }) => [setId, Number(questions)]));
  }

  /** Newest first. */
  async sets(unitIds: readonly string[], query: PageQuery): Promise<Rows<QuestionSetRow>> {
    if (unitIds.length === 0) return { rows: [], total: 0 };
    const found = this.uow.manager
      .createQueryBuilder(QuestionSetRow, 'row')
      .where('row.unitId IN (:...unitIds)', { unitIds });
    if (query.q) found.andWhere("row.title LIKE :q ESCAPE '!'", { q: likePattern(query.q) });
    const total = await found.getCount();
    return { rows: await newestFirst(found, query).getMany(), total };
  }

  /** False when the code is taken. */
  async addContest(contest: ContestRow): Promise<boolean> {
    return (await insertIgnore(this.uow, ContestRow, contest)) === 1;
  }

  contest(id: string): Promise<ContestRow | null> {
    return this.uow.manager.findOneBy(ContestRow, { id });
  }

  contestByCode(code: string): Promise<ContestRow | null> {
    return this.uow.manager.findOneBy(ContestRow, { code });
  }

  /** Newest first. */
  async contests(
    kind: ContestKind,
    unitIds: readonly string[],
    query: PageQuery & Omit<ContestFilter, 'unitId'>,
  ): Promise<Rows<ContestRow>> {
    const { state, isRehearsal } = query;
    if (unitIds.length === 0) return { rows: [], total: 0 };
    const found = this.uow.manager
      .createQueryBuilder(ContestRow, 'row')
      .where('row.kind = :kind', { kind })
      .andWhere('row.unitId IN (:...unitIds)', { unitIds });
    if (query.q) found.andWhere("row.title LIKE :q ESCAPE '!'", { q: likePattern(query.q) });
    if (state) found.andWhere(state === 'over' ? 'row.endedAt IS NOT NULL' : 'row.endedAt IS NULL');
    if (isRehearsal !== undefined) found.andWhere('row.isRehearsal = :isRehearsal', { isRehearsal });
    const total = await found.getCount();
    return { rows: await newestFirst(found, query).getMany(), total };
  }

  async endContest(id: string, endedAt: Instant): Promise<void> {
    const update = this.uow.manager.createQueryBuilder().update(ContestRow).set({ endedAt, code: null });
    await update.where({ id }).execute();
  }

  async addResults(rows: readonly ContestResultRow[], units: readonly ContestUnitRow[]): Promise<void> {
    await insertRows(this.uow, ContestResultRow, rows);
    await insertRows(this.uow, ContestUnitRow, units);
  }

  /** By the ranking. */
  unitResults(contestId: string): Promise<ContestUnitRow[]> {
    return this.uow.manager.find(ContestUnitRow, { where: { contestId }, order: { number: 'ASC' } });
  }

  rehearsalsOf(contestId: string): Promise<ContestRow[]> {
    return this.uow.manager.findBy(ContestRow, { rehearsalOf: contestId, isRehearsal: true });
  }

  /** How many rehearsals these contests have; those without any are missing. */
  async rehearsalCounts(contestIds: readonly string[]): Promise<Map<string, number>> {
    if (contestIds.length === 0) return new Map();
    const counts = await this.uow.manager
      .createQueryBuilder(ContestRow, 'row')
      .select('row.rehearsalOf', 'contestId')
      .addSelect('COUNT(*)', 'rehearsals')
      .where('row.rehearsalOf IN (:...contestIds)', { contestIds })
      .groupBy('row.rehearsalOf')
      .getRawMany<{ contestId: string; rehearsals: string | number }>();
    return new Map(counts.map(({ contestId, rehearsals }) => [contestId, Number(rehearsals)]));
  }

  /** Of hall quizzes; a stage contest is cleared by itself. */
  rehearsalsIn(unitIds: readonly string[]): Promise<ContestRow[]> {
    return this.uow.manager.findBy(ContestRow, { unitId: In([...unitIds]), kind: 'quiz', isRehearsal: true });
  }

  /** A rehearsal has no results, so its own row is all there is. */
  async removeRehearsal(id: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(ContestRow).where({ id, isRehearsal: true }).execute();
  }

  /** By place; removed seats last. */
  async results(contestId: string): Promise<ContestResultRow[]> {
    const rows = await this.uow.manager.findBy(ContestResultRow, { contestId });
    return rows.sort((a, b) => (a.place ?? Infinity) - (b.place ?? Infinity) || a.seat - b.seat);
  }

  /** Everything a member has played, newest first. */
  resultsOfMember(memberId: string, limit: number): Promise<ContestResultRow[]> {
    return this.uow.manager
      .createQueryBuilder(ContestResultRow, 'result')
      .where('result.memberId = :memberId', { memberId })
      .orderBy('result.endedAt', 'DESC')
      .limit(limit)
      .getMany();
  }

  private addItems(setId: string, versionIds: readonly string[]): Promise<void> {
    const items = versionIds.map((questionVersionId, index) => ({ setId, number: index + 1, questionVersionId }));
    return insertRows(this.uow, QuestionSetItemRow, items);
  }

  private async removeItems(setId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(QuestionSetItemRow).where({ setId }).execute();
  }
}

interface Sortable<This> {
  andWhere(condition: string, values: Record<string, unknown>): This;
  orderBy(column: string, direction: 'DESC'): This;
  limit(rows: number): This;
}

/** Ids are time-ordered, so they are the order of creation and the cursor. */
function newestFirst<Query extends Sortable<Query>>(found: Query, query: PageQuery): Query {
  const [before] = decodeCursor(query.cursor) ?? [];
  if (before !== undefined) found.andWhere('row.id < :before', { before });
  return found.orderBy('row.id', 'DESC').limit(query.limit + 1);
}
