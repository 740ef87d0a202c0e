import { Injectable } from '@nestjs/common';
import type { ExamState } from '@xuekao/contracts';
import { UnitOfWork, forUpdate, insertRows } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import { likePattern } from '@xuekao/platform';
import { In } from 'typeorm';
import type { SelectQueryBuilder } from 'typeorm';
import { ExamRow, RosterRow } from './exam.entity.js';

export interface ExamFilter {
  readonly state?: ExamState;
  readonly year?: number;
  readonly q?: string;
}

/** Exams and their rosters. */
@Injectable()
export class ExamStore {
  constructor(private readonly uow: UnitOfWork) {}

  async add(exam: ExamRow): Promise<void> {
    await insertRows(this.uow, ExamRow, [exam]);
  }

  async byId(id: string): Promise<ExamRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(ExamRow, { id }) : null;
  }

  async byIdForUpdate(id: string): Promise<ExamRow | null> {
    if (!isId(id)) return null;
    return forUpdate(this.uow.manager.createQueryBuilder(ExamRow, 'exam').where({ id }), this.uow).getOne();
  }

  byIds(ids: readonly string[]): Promise<ExamRow[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.uow.manager.findBy(ExamRow, { id: In([...ids]) });
  }

  byPaper(paperId: string): Promise<ExamRow[]> {
    return this.uow.manager.findBy(ExamRow, { paperId });
  }

  async change(id: string, version: number, change: Partial<ExamRow>): Promise<boolean> {
    const result = await this.uow.manager
      .createQueryBuilder()
      .update(ExamRow)
      .set({ ...change, version: version + 1 })
      .where({ id, version })
      .execute();
    return result.affected === 1;
  }

  async addRoster(rows: readonly RosterRow[]): Promise<void> {
    await insertRows(this.uow, RosterRow, rows);
  }

  roster(examId: string): Promise<RosterRow[]> {
    return this.uow.manager.findBy(RosterRow, { examId });
  }

  async place(examId: string, memberId: string): Promise<RosterRow | null> {
    return isId(examId) && isId(memberId) ? this.uow.manager.findOneBy(RosterRow, { examId, memberId }) : null;
  }

  /** Holds this person's place against a second start until the end of the transaction. */
  async placeForUpdate(examId: string, memberId: string): Promise<RosterRow | null> {
    if (!isId(examId)) return null;
    const query = this.uow.manager.createQueryBuilder(RosterRow, 'place').where({ examId, memberId });
    return forUpdate(query, this.uow).getOne();
  }

  async giveTime(examId: string, memberIds: readonly string[], ms: number): Promise<void> {
    for (let start = 0; start < memberIds.length; start += 500) {
      await this.uow.manager
        .createQueryBuilder()
        .update(RosterRow)
        .set({ extraMs: () => 'extra_ms + :ms' })
        .setParameter('ms', ms)
        .where({ examId, memberId: In(memberIds.slice(start, start + 500)) })
        .execute();
    }
  }

  async exempt(examId: string, memberId: string, exemption: string | null): Promise<void> {
    await this.uow.manager.update(RosterRow, { examId, memberId }, { exemption });
  }

  placesIn(examId: string, memberIds: readonly string[]): Promise<RosterRow[]> {
    return memberIds.length === 0
      ? Promise.resolve([])
      : this.uow.manager.findBy(RosterRow, { examId, memberId: In([...memberIds]) });
  }

  placesOf(memberId: string): Promise<RosterRow[]> {
    return this.uow.manager.findBy(RosterRow, { memberId });
  }

  /** Newest opening first, from after `(opensAt, id)`; exams of units in scope and those that people in scope sit. */
  async page(
    unitIds: readonly string[],
    filter: ExamFilter,
    limit: number,
    after?: readonly [number, string],
  ): Promise<{ rows: ExamRow[]; total: number }> {
    if (unitIds.length === 0) return { rows: [], total: 0 };
    const total = await this.visible(unitIds, filter).getCount();
    const query = this.visible(unitIds, filter)
      .orderBy('exam.opensAt', 'DESC')
      .addOrderBy('exam.id', 'DESC')
      .limit(limit + 1);
    if (after) {
      query.andWhere('(exam.opensAt < :opensAt OR (exam.opensAt = :opensAt AND exam.id < :afterId))', {
        opensAt: after[0],
        afterId: after[1],
      });
    }
    return { rows: await query.getMany(), total };
  }

  finished(year: number): Promise<ExamRow[]> {
    return this.uow.manager.find(ExamRow, {
      where: { year, state: In(['closed', 'archived']) },
      order: { opensAt: 'ASC', id: 'ASC' },
    });
  }

  makeUpsOf(examIds: readonly string[]): Promise<ExamRow[]> {
    return examIds.length === 0
      ? Promise.resolve([])
      : this.uow.manager.findBy(ExamRow, { makeUpOf: In([...examIds]), state: In(['closed', 'archived']) });
  }

  private visible(unitIds: readonly string[], filter: ExamFilter): SelectQueryBuilder<ExamRow> {
    const query = this.uow.manager.createQueryBuilder(ExamRow, 'exam');
    const sat = query
      .subQuery()
      .select('place.examId')
      .from(RosterRow, 'place')
      .where('place.unitId IN (:...unitIds)')
      .getQuery();
    query.where(`(exam.unitId IN (:...unitIds) OR exam.id IN ${sat})`, { unitIds });
    if (filter.state) query.andWhere('exam.state = :state', { state: filter.state });
    if (filter.year !== undefined) query.andWhere('exam.year = :year', { year: filter.year });
    if (filter.q?.trim()) query.andWhere("exam.title LIKE :q ESCAPE '!'", { q: likePattern(filter.q.trim()) });
    return query;
  }
}
