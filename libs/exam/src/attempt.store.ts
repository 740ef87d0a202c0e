import { Injectable } from '@nestjs/common';
import { UnitOfWork, dialects, forUpdate, inPowers } from '@xuekao/database';
import { isId } from '@xuekao/kernel';
import type { AnswerContent, AttemptState } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import { In, LessThanOrEqual, Not } from 'typeorm';
import type { FindOptionsWhere } from 'typeorm';
import { SheetRow } from './analysis/sheet.entity.js';
import { AnswerRow, AttemptRow, MarkRow } from './attempt.entity.js';
import { ExamRow } from './exam.entity.js';
import { ready } from './attempt-start.store.js';

/** An attempt without its layout, which is large and of use only where the paper is shown. */
export type AttemptSummary = Omit<AttemptRow, 'layout'>;

const summary = {
  id: true,
  examId: true,
  memberId: true,
  number: true,
  state: true,
  endedBy: true,
  startedAt: true,
  deadlineAt: true,
  endedAt: true,
  writer: true,
  raw: true,
  full: true,
  score: true,
  correctedBy: true,
  localDate: true,
  isoWeek: true,
  year: true,
} as const satisfies Record<keyof AttemptSummary, true>;

/** How an attempt ended. */
export type AttemptEnd = Pick<AttemptRow, 'id' | 'endedAt' | 'raw' | 'full' | 'score'>;

export function chunked<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/** Attempts made ahead of the start are nobody's yet. */
const begun = Not(ready as AttemptState);

/** Attempts, answers and marks. */
@Injectable()
export class AttemptStore {
  constructor(private readonly uow: UnitOfWork) {}

  async byId(id: string): Promise<AttemptRow | null> {
    return isId(id) ? this.uow.manager.findOneBy(AttemptRow, { id, state: begun }) : null;
  }

  async byIdForUpdate(id: string): Promise<AttemptRow | null> {
    if (!isId(id)) return null;
    return forUpdate(
      this.uow.manager.createQueryBuilder(AttemptRow, 'attempt').where({ id, state: begun }),
      this.uow,
    ).getOne();
  }

  /** Held until the end of the transaction, in order of id. */
  async byIdsForUpdate(ids: readonly string[]): Promise<AttemptSummary[]> {
    if (ids.length === 0) return [];
    const query = this.uow.manager
      .createQueryBuilder(AttemptRow, 'attempt')
      .select(Object.keys(summary).map((property) => `attempt.${property}`))
      .where({ id: In([...ids]), state: begun })
      .orderBy('attempt.id');
    return forUpdate(query, this.uow).getMany();
  }

  ofMember(examId: string, memberId: string): Promise<AttemptSummary[]> {
    return this.summaries({ examId, memberId });
  }

  ofMemberAll(memberId: string): Promise<AttemptSummary[]> {
    return this.summaries({ memberId });
  }

  async ofExams(examIds: readonly string[]): Promise<AttemptSummary[]> {
    return examIds.length === 0 ? [] : this.summaries({ examId: In([...examIds]) });
  }

  openOf(examId: string, memberId?: string): Promise<AttemptSummary[]> {
    return this.summaries({ examId, state: 'open', ...(memberId === undefined ? {} : { memberId }) });
  }

  /** In order of number. */
  private summaries(where: FindOptionsWhere<AttemptRow>): Promise<AttemptSummary[]> {
    return this.uow.manager.find(AttemptRow, {
      select: summary,
      where: { state: begun, ...where },
      order: { number: 'ASC' },
    });
  }

  async change(id: string, change: Partial<AttemptRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(AttemptRow)
      .set(change as never)
      .where({ id })
      .execute();
  }

  /** Hands in attempts that ended in the same way: one statement. */
  async endAll(ends: readonly AttemptEnd[], endedBy: AttemptRow['endedBy']): Promise<void> {
    const parameters: Record<string, unknown> = {};
    const caseOf = (column: Exclude<keyof AttemptEnd, 'id'>): (() => string) => {
      const arms = ends.map((end, index) => {
        parameters[`id${index}`] = end.id;
        parameters[`${column}${index}`] = end[column];
        return `WHEN :id${index} THEN :${column}${index}`;
      });
      return () => `CASE id ${arms.join(' ')} END`;
    };
    const change = { endedAt: caseOf('endedAt'), raw: caseOf('raw'), full: caseOf('full'), score: caseOf('score') };
    await this.uow.manager
      .createQueryBuilder()
      .update(AttemptRow)
      .set({ state: 'handed-in', endedBy, ...change })
      .where({ id: In(ends.map(({ id }) => id)) })
      .setParameters(parameters)
      .execute();
  }

  /** Moves the deadlines of open attempts: of these people, of everybody when absent. */
  async giveTime(examId: string, ms: number, memberIds?: readonly string[]): Promise<void> {
    const parts = memberIds ? chunked(memberIds, 500) : [undefined];
    for (const some of parts) {
      await this.uow.manager
        .createQueryBuilder()
        .update(AttemptRow)
        .set({ deadlineAt: () => 'deadline_at + :ms' })
        .setParameter('ms', ms)
        .where({ examId, state: 'open', ...(some ? { memberId: In(some) } : {}) })
        .execute();
    }
  }

  /** Marks them as changed by a regrade. */
  async correct(attemptIds: readonly string[], runId: string): Promise<void> {
    for (const ids of chunked(attemptIds, 500)) {
      await this.uow.manager.update(AttemptRow, { id: In(ids) }, { correctedBy: runId });
    }
  }

  /** Its owner knows of this correction; a newer one stays to be seen. */
  async correctionSeen(id: string, runId: string): Promise<void> {
    await this.uow.manager.update(AttemptRow, { id, correctedBy: runId }, { correctedBy: null });
  }

  /** With what statistics keep of them. */
  async dropMarks(attemptId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(SheetRow).where({ attemptId }).execute();
    await this.uow.manager.createQueryBuilder().delete().from(MarkRow).where({ attemptId }).execute();
  }

  /** Numbers of the common paper in each attempt's own order. */
  async layoutsOf(ids: readonly string[]): Promise<Map<string, number[]>> {
    if (ids.length === 0) return new Map();
    const rows = await this.uow.manager.find(AttemptRow, {
      select: { id: true, layout: true },
      where: { id: In([...ids]) },
    });
    return new Map(rows.map(({ id, layout }) => [id, layout.map(({ number }) => number)]));
  }

  byIds(ids: readonly string[]): Promise<AttemptSummary[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.summaries({ id: In([...ids]) });
  }

  /** With their layouts. */
  wholeByIds(ids: readonly string[]): Promise<AttemptRow[]> {
    return ids.length === 0
      ? Promise.resolve([])
      : this.uow.manager.findBy(AttemptRow, { id: In([...ids]), state: begun });
  }

  answersOfAll(attemptIds: readonly string[]): Promise<AnswerRow[]> {
    if (attemptIds.length === 0) return Promise.resolve([]);
    return this.uow.manager.find(AnswerRow, {
      where: { attemptId: In([...attemptIds]) },
      order: { attemptId: 'ASC', number: 'ASC' },
    });
  }

  answersOf(attemptId: string, numbers?: readonly number[]): Promise<AnswerRow[]> {
    if (numbers?.length === 0) return Promise.resolve([]);
    const where = numbers ? { attemptId, number: In([...numbers]) } : { attemptId };
    return this.uow.manager.find(AnswerRow, { where, order: { number: 'ASC' } });
  }

  /** What these attempts answered, by number. Raw rows: entities of thousands of answers would cost seconds. */
  async contentsOf(attemptIds: readonly string[]): Promise<Map<string, Map<number, AnswerContent>>> {
    const contents = new Map(attemptIds.map((id) => [id, new Map<number, AnswerContent>()]));
    if (attemptIds.length === 0) return contents;
    const rows = await this.uow.manager
      .createQueryBuilder(AnswerRow, 'answer')
      .select('answer.attemptId', 'attemptId')
      .addSelect('answer.number', 'number')
      .addSelect('answer.content', 'content')
      .where({ attemptId: In([...attemptIds]) })
      .getRawMany<{ attemptId: string; number: number; content: string }>();
    for (const { attemptId, number, content } of rows) {
      contents.get(attemptId)!.set(Number(number), JSON.parse(content) as AnswerContent);
    }
    return contents;
  }

  /** Raw and in statements of few lengths: at the end of an exam there are a hundred thousand. */
  async addMarks(rows: readonly MarkRow[]): Promise<void> {
    const { quote } = dialects[this.uow.dialect];
    const columns = ['attempt_id', 'number', 'marks', 'full', 'source', 'is_answered'].map(quote).join(', ');
    for (const some of inPowers(rows, 256)) {
      const places = some.map(() => '(?, ?, ?, ?, ?, ?)').join(', ');
      const values = some.flatMap((row) => {
        const { attemptId, number, marks, full, source, isAnswered } = row;
        return [attemptId, number, marks, full, source, isAnswered ? 1 : 0];
      });
      await this.uow.manager.query(`INSERT INTO exam_mark (${columns}) VALUES ${places}`, values);
    }
  }

  marksOf(attemptId: string): Promise<MarkRow[]> {
    return this.uow.manager.find(MarkRow, { where: { attemptId }, order: { number: 'ASC' } });
  }

  /** Open ones whose deadline and their exam's grace were over by then, the longest over first. */
  async overdue(by: Instant, limit: number): Promise<string[]> {
    const rows = await this.uow.manager
      .createQueryBuilder(AttemptRow, 'attempt')
      .select('attempt.id', 'id')
      .innerJoin(ExamRow, 'exam', 'exam.id = attempt.examId')
      .where({ state: 'open', deadlineAt: LessThanOrEqual(by) })
      .andWhere('attempt.deadlineAt + exam.graceMs <= :by', { by })
      .orderBy('attempt.deadlineAt', 'ASC')
      .addOrderBy('attempt.id', 'ASC')
      .limit(limit)
      .getRawMany<{ id: string }>();
    return rows.map(({ id }) => id);
  }

  /** Per open attempt: answers kept and the time of the last one. */
  async activityOf(
    examId: string,
    attemptIds?: readonly string[],
  ): Promise<Map<string, { saved: number; lastSavedAt: Instant }>> {
    const rows = await this.uow.manager
      .createQueryBuilder(AnswerRow, 'answer')
      .innerJoin(AttemptRow, 'attempt', 'attempt.id = answer.attemptId')
      .select('answer.attemptId', 'attemptId')
      .addSelect('COUNT(*)', 'saved')
      .addSelect('MAX(answer.savedAt)', 'lastSavedAt')
      .where(attemptIds ? { attemptId: In([...attemptIds]) } : {})
      .andWhere('attempt.examId = :examId', { examId })
      .groupBy('answer.attemptId')
      .getRawMany<{ attemptId: string; saved: string | number; lastSavedAt: string | number }>();
    return new Map(
      rows.map((row) => [row.attemptId, { saved: Number(row.saved), lastSavedAt: Number(row.lastSavedAt) }]),
    );
  }
}
