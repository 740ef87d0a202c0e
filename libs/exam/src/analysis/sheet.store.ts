import { Injectable } from '@nestjs/common';
import { UnitOfWork, insertRows } from '@xuekao/database';
import { In } from 'typeorm';
import { AnswerRow, AttemptRow, MarkRow } from '../attempt.entity.js';
import { SheetRow } from './sheet.entity.js';

/** A marked attempt as statistics choose among them. */
export interface MarkedAttempt {
  readonly id: string;
  readonly memberId: string;
  readonly number: number;
  readonly score: number;
}

@Injectable()
export class SheetStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Attempts with a final score, by member's number of sitting. */
  async marked(examId: string): Promise<MarkedAttempt[]> {
    const rows = await this.uow.manager
      .createQueryBuilder(AttemptRow, 'attempt')
      .select(['attempt.id', 'attempt.memberId', 'attempt.number', 'attempt.score'])
      .where('attempt.examId = :examId AND attempt.state = :state AND attempt.score IS NOT NULL', {
        examId,
        state: 'handed-in',
      })
      .orderBy('attempt.id')
      .getMany();
    return rows.map(({ id, memberId, number, score }) => ({ id, memberId, number, score: score! }));
  }

  /** Changes whenever an attempt is marked or a mark is changed; one look at an index. */
  async signature(examId: string): Promise<string> {
    const row = await this.uow.manager
      .createQueryBuilder(AttemptRow, 'attempt')
      .select('COUNT(*)', 'n')
      .addSelect('SUM(attempt.score)', 'score')
      .addSelect('MAX(attempt.endedAt)', 'endedAt')
      .where('attempt.examId = :examId AND attempt.state = :state AND attempt.score IS NOT NULL', {
        examId,
        state: 'handed-in',
      })
      .getRawOne<{ n: unknown; score: unknown; endedAt: unknown }>();
    return [row?.n, row?.score, row?.endedAt].map(String).join('/');
  }

  /** Ids of attempts whose sheet says what this revision says. */
  async current(examId: string, revision: number): Promise<Set<string>> {
    const rows = await this.uow.manager.find(SheetRow, { select: { attemptId: true }, where: { examId, revision } });
    return new Set(rows.map(({ attemptId }) => attemptId));
  }

  sheets(examId: string): Promise<SheetRow[]> {
    return this.uow.manager.findBy(SheetRow, { examId });
  }

  /** Marks and answers of some attempts, by attempt and number. */
  async sources(attemptIds: readonly string[]): Promise<{ marks: MarkRow[]; answers: AnswerRow[] }> {
    const where = { attemptId: In([...attemptIds]) };
    const order = { attemptId: 'ASC', number: 'ASC' } as const;
    return {
      marks: await this.uow.manager.find(MarkRow, { where, order }),
      answers: await this.uow.manager.find(AnswerRow, { where, order }),
    };
  }

  async replace(rows: readonly SheetRow[]): Promise<void> {
    if (rows.length === 0) return;
    const attemptId = In(rows.map((row) => row.attemptId));
    await this.uow.manager.createQueryBuilder().delete().from(SheetRow).where({ attemptId }).execute();
    await insertRows(this.uow, SheetRow, rows);
  }
}
