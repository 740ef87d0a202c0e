import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertIgnore } from '@xuekao/database';
import { In } from 'typeorm';
import { SheetRow } from '../analysis/sheet.entity.js';
import { AttemptRow, MarkRow } from '../attempt.entity.js';
import { outcomeOf } from '../core/index.js';
import type { AttemptOutcome, AttemptTotals } from '../core/index.js';
import { chunked, writeMarks } from './mark-writing.js';
import type { ChangedMarks } from './mark-writing.js';
import { idsAtOnce, readMarkedAnswers } from './marked-answers.js';
import type { MarkedAnswer } from './marked-answers.js';
import { ExamMarkingRow } from './marking.entity.js';

export interface ScoreChange {
  readonly attemptId: string;
  readonly raw: number | null;
  readonly full: number;
  readonly score: number | null;
}

type MarkSums = Omit<AttemptTotals, 'memberId' | 'number'>;

/** How exams are marked, and marks in bulk. */
@Injectable()
export class MarkingStore {
  constructor(private readonly uow: UnitOfWork) {}

  of(examId: string): Promise<ExamMarkingRow | null> {
    return this.uow.manager.findOneBy(ExamMarkingRow, { examId });
  }

  ofExams(examIds: readonly string[]): Promise<ExamMarkingRow[]> {
    return examIds.length === 0
      ? Promise.resolve([])
      : this.uow.manager.findBy(ExamMarkingRow, { examId: In([...examIds]) });
  }

  /** The row, made where there is none, held until the end of the transaction. */
  async forUpdate(examId: string): Promise<ExamMarkingRow> {
    await insertIgnore(this.uow, ExamMarkingRow, { examId, revision: 0, rules: null, acts: {}, review: null });
    const query = this.uow.manager.createQueryBuilder(ExamMarkingRow, 'marking').where({ examId });
    return forUpdate(query, this.uow).getOneOrFail();
  }

  async change(examId: string, change: Partial<ExamMarkingRow>): Promise<void> {
    await this.uow.manager
      .createQueryBuilder()
      .update(ExamMarkingRow)
      .set(change as never)
      .where({ examId })
      .execute();
  }

  async hasMarks(examId: string): Promise<boolean> {
    const query = this.uow.manager.createQueryBuilder(AttemptRow, 'attempt');
    return (await query.where({ examId, state: 'handed-in' }).limit(1).getCount()) > 0;
  }

  /**
   * Handed-in attempts with the sums over their marks; by id. A score above 0 tells its sum, so that only the marks of
   * other attempts are added up.
   */
  async totalsOf(examId: string): Promise<AttemptTotals[]> {
    const attempts = await this.uow.manager.find(AttemptRow, {
      select: { id: true, memberId: true, number: true, raw: true, full: true },
      where: { examId, state: 'handed-in' },
      order: { id: 'ASC' },
    });
    const untold = attempts.filter(({ raw }) => raw === null || raw === 0).map((attempt) => attempt.id);
    const sums = new Map<string, MarkSums>();
    for (const some of chunked(untold, idsAtOnce))
      for (const each of await this.sumsOf(some)) sums.set(each.attemptId, each);
    return attempts.flatMap(({ id, memberId, number, raw, full }): AttemptTotals[] => {
      if (raw !== null && raw > 0) return [{ attemptId: id, memberId, number, sum: raw, full, open: 0 }];
      const own = sums.get(id);
      return own ? [{ ...own, memberId, number }] : [];
    });
  }

  private async sumsOf(attemptIds: readonly string[]): Promise<MarkSums[]> {
    const rows = await this.uow.manager
      .createQueryBuilder(MarkRow, 'mark')
      .select('mark.attemptId', 'attemptId')
      .addSelect('SUM(COALESCE(mark.marks, 0))', 'sum')
      .addSelect('SUM(mark.full)', 'full')
      .addSelect('SUM(CASE WHEN mark.marks IS NULL THEN 1 ELSE 0 END)', 'open')
      .where('mark.attemptId IN (:...attemptIds)', { attemptIds })
      .groupBy('mark.attemptId')
      .getRawMany<Record<'sum' | 'full' | 'open', string | number> & { attemptId: string }>();
    return rows.map(({ attemptId, sum, full, open }) => ({
      attemptId,
      sum: Number(sum),
      full: Number(full),
      open: Number(open),
    }));
  }

  async marksOf(attemptIds: readonly string[], numbers: readonly number[]): Promise<MarkRow[]> {
    return this.uow.manager.findBy(MarkRow, { attemptId: In([...attemptIds]), number: In([...numbers]) });
  }

  markedAnswers(
    attemptIds: readonly string[],
    numbers: readonly number[],
    withAnswers: boolean,
  ): Promise<MarkedAnswer[]> {
    return readMarkedAnswers(this.uow, attemptIds, numbers, withAnswers);
  }

  setMarks(changes: readonly ChangedMarks[]): Promise<void> {
    return writeMarks(this.uow, changes);
  }

  /** One statement for some attempts: each row is compared with half of them. */
  async setScores(changes: readonly ScoreChange[]): Promise<void> {
    for (const some of chunked(changes, 50)) {
      const parameters: Record<string, unknown> = { ids: some.map((each) => each.attemptId) };
      const caseOf = (column: 'raw' | 'full' | 'score'): (() => string) => {
        const arms = some.map((each, i) => {
          parameters[`id${i}`] = each.attemptId;
          parameters[`${column}${i}`] = each[column];
          return `WHEN :id${i} THEN :${column}${i}`;
        });
        return () => `CASE id ${arms.join(' ')} END`;
      };
      await this.uow.manager
        .createQueryBuilder()
        .update(AttemptRow)
        .set({ raw: caseOf('raw'), full: caseOf('full'), score: caseOf('score') })
        .where('id IN (:...ids)')
        .setParameters(parameters)
        .execute();
    }
  }

  /** What statistics keep of attempts whose marks changed without a new revision; it is written anew. */
  async dropSheets(attemptIds: readonly string[]): Promise<void> {
    for (const some of chunked(attemptIds, idsAtOnce)) {
      await this.uow.manager
        .createQueryBuilder()
        .delete()
        .from(SheetRow)
        .where({ attemptId: In(some) })
        .execute();
    }
  }

  /**
   * Puts a person's mark in place and, once nothing is open, the attempt's score. The caller holds the exam's marking, so
   * that two last marks of one attempt see each other. A question that was given to all or made void stays so.
   */
  async setManualMark(attemptId: string, number: number, marks: number): Promise<AttemptOutcome> {
    await this.uow.manager
      .createQueryBuilder()
      .update(MarkRow)
      .set({ marks, source: 'manual' })
      .where({ attemptId, number })
      .andWhere("source IN ('machine', 'manual')")
      .execute();
    const [totals] = await this.sumsOf([attemptId]);
    if (!totals) throw new Error(`Attempt ${attemptId} has no marks`);
    const outcome = outcomeOf(totals);
    await this.setScores([{ attemptId, ...outcome }]);
    await this.dropSheets([attemptId]);
    return outcome;
  }
}
