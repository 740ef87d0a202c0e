import { Injectable } from '@nestjs/common';
import { UnitOfWork, forUpdate, insertIgnore } from '@xuekao/database';
import { In } from 'typeorm';
import { AnswerRow, AttemptRow, MarkRow } from '../attempt.entity.js';
import { outcomeOf } from '../core/index.js';
import type { AttemptOutcome, AttemptTotals, MarkChange } from '../core/index.js';
import { ExamMarkingRow } from './marking.entity.js';

export interface AnswerText {
  readonly attemptId: string;
  readonly number: number;
  /** JSON as stored: equal answers are equal texts. */
  readonly content: string;
}

export interface ScoreChange {
  readonly attemptId: string;
  readonly raw: number | null;
  readonly full: number;
  readonly score: number | null;
}

const idsAtOnce = 500;

export function chunked<T>(items: readonly T[], size = idsAtOnce): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

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

  /** Handed-in attempts that have their marks, with the sums over them; by id. */
  async totalsOf(examId: string, attemptIds?: readonly string[]): Promise<AttemptTotals[]> {
    const query = this.uow.manager
      .createQueryBuilder(MarkRow, 'mark')
      .innerJoin(AttemptRow, 'attempt', 'attempt.id = mark.attemptId')
      .select('mark.attemptId', 'attemptId')
      .addSelect('MIN(attempt.memberId)', 'memberId')
      .addSelect('SUM(COALESCE(mark.marks, 0))', 'sum')
      .addSelect('SUM(mark.full)', 'full')
      .addSelect('SUM(CASE WHEN mark.marks IS NULL THEN 1 ELSE 0 END)', 'open')
      .where('attempt.examId = :examId', { examId })
      .andWhere("attempt.state = 'handed-in'")
      .groupBy('mark.attemptId')
      .orderBy('mark.attemptId', 'ASC');
    if (attemptIds) query.andWhere('attempt.id IN (:...attemptIds)', { attemptIds });
    type Raw = Record<'sum' | 'full' | 'open', string | number> & Record<'attemptId' | 'memberId', string>;
    return (await query.getRawMany<Raw>()).map(({ attemptId, memberId, sum, full, open }) => ({
      attemptId,
      memberId,
      sum: Number(sum),
      full: Number(full),
      open: Number(open),
    }));
  }

  async answersOf(attemptIds: readonly string[], numbers: readonly number[]): Promise<AnswerText[]> {
    const rows = await this.uow.manager
      .createQueryBuilder(AnswerRow, 'answer')
      .select('answer.attemptId', 'attemptId')
      .addSelect('answer.number', 'number')
      .addSelect('answer.content', 'content')
      .where('answer.attemptId IN (:...attemptIds)', { attemptIds })
      .andWhere('answer.number IN (:...numbers)', { numbers })
      .getRawMany<AnswerText>();
    return rows;
  }

  /** Raw rows: entities of a million marks would cost seconds. */
  async marksOf(attemptIds: readonly string[], numbers: readonly number[]): Promise<MarkRow[]> {
    return this.uow.manager
      .createQueryBuilder(MarkRow, 'mark')
      .select('mark.attemptId', 'attemptId')
      .addSelect('mark.number', 'number')
      .addSelect('mark.marks', 'marks')
      .addSelect('mark.full', 'full')
      .addSelect('mark.source', 'source')
      .where('mark.attemptId IN (:...attemptIds)', { attemptIds })
      .andWhere('mark.number IN (:...numbers)', { numbers })
      .getRawMany<MarkRow>();
  }

  /** Puts new marks in place: one statement for all attempts whose mark becomes the same. */
  async setMarks(
    changes: readonly { readonly attemptId: string; readonly marks: readonly MarkChange[] }[],
  ): Promise<void> {
    const groups = new Map<string, { change: MarkChange; ids: string[] }>();
    for (const { attemptId, marks } of changes) {
      for (const change of marks) {
        const [number, , , , now, full, source] = change;
        const key = `${number} ${now} ${full} ${source}`;
        const group = groups.get(key);
        if (group) group.ids.push(attemptId);
        else groups.set(key, { change, ids: [attemptId] });
      }
    }
    for (const { change, ids } of groups.values()) {
      const [number, , , , marks, full, source] = change;
      for (const some of chunked(ids)) {
        await this.uow.manager
          .createQueryBuilder()
          .update(MarkRow)
          .set({ marks, full, source })
          .where('number = :number AND attempt_id IN (:...ids)', { number, ids: some })
          .execute();
      }
    }
  }

  /** One statement for 200 attempts. */
  async setScores(changes: readonly ScoreChange[]): Promise<void> {
    for (const some of chunked(changes, 200)) {
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

  /**
   * Puts a person's mark in place and, once nothing is open, the attempt's score. The caller holds the exam's marking, so
   * that two last marks of one attempt see each other. A question that was given to all or made void stays so.
   */
  async setManualMark(examId: string, attemptId: string, number: number, marks: number): Promise<AttemptOutcome> {
    await this.uow.manager
      .createQueryBuilder()
      .update(MarkRow)
      .set({ marks, source: 'manual' })
      .where({ attemptId, number })
      .andWhere("source IN ('machine', 'manual')")
      .execute();
    const [totals] = await this.totalsOf(examId, [attemptId]);
    if (!totals) throw new Error(`Attempt ${attemptId} has no marks`);
    const outcome = outcomeOf(totals);
    await this.setScores([{ attemptId, ...outcome }]);
    return outcome;
  }
}
