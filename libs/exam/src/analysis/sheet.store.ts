import { Injectable } from '@nestjs/common';
import type { AnswerContent } from '@xuekao/contracts';
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

export interface SheetMark {
  readonly attemptId: string;
  readonly number: number;
  readonly marks: number | null;
  readonly full: number;
}

export interface SheetAnswer {
  readonly attemptId: string;
  readonly number: number;
  readonly content: AnswerContent;
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

  /** Changes whenever an attempt is marked or a mark is changed; two looks at indexes. */
  async signature(examId: string): Promise<string> {
    const sheets = await this.uow.manager
      .createQueryBuilder(SheetRow, 'sheet')
      .select('COUNT(*)', 'n')
      .addSelect('SUM(sheet.checksum)', 'checksum')
      .where({ examId })
      .getRawOne<{ n: unknown; checksum: unknown }>();
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
    return [row?.n, row?.score, row?.endedAt, sheets?.n, sheets?.checksum].map(String).join('/');
  }

  /** Ids of attempts whose sheet says what this revision says. */
  async current(examId: string, revision: number): Promise<Set<string>> {
    const rows = await this.uow.manager.find(SheetRow, { select: { attemptId: true }, where: { examId, revision } });
    return new Set(rows.map(({ attemptId }) => attemptId));
  }

  sheets(examId: string): Promise<SheetRow[]> {
    return this.uow.manager.findBy(SheetRow, { examId });
  }

  /** Marks and answers of some attempts. Raw rows: entities of a million marks would cost seconds. */
  async sources(attemptIds: readonly string[]): Promise<{ marks: SheetMark[]; answers: SheetAnswer[] }> {
    const marks = this.uow.manager
      .createQueryBuilder(MarkRow, 'mark')
      .select('mark.attemptId', 'attemptId')
      .addSelect('mark.number', 'number')
      .addSelect('mark.marks', 'marks')
      .addSelect('mark.full', 'full')
      .where('mark.attemptId IN (:...attemptIds)', { attemptIds });
    const answers = this.uow.manager
      .createQueryBuilder(AnswerRow, 'answer')
      .select('answer.attemptId', 'attemptId')
      .addSelect('answer.number', 'number')
      .addSelect('answer.content', 'content')
      .where('answer.attemptId IN (:...attemptIds)', { attemptIds });
    const found = await answers.getRawMany<Omit<SheetAnswer, 'content'> & { readonly content: string }>();
    return {
      marks: await marks.getRawMany<SheetMark>(),
      answers: found.map((row) => ({ ...row, content: JSON.parse(row.content) as AnswerContent })),
    };
  }

  async replace(rows: readonly SheetRow[]): Promise<void> {
    if (rows.length === 0) return;
    const attemptId = In(rows.map((row) => row.attemptId));
    await this.uow.manager.createQueryBuilder().delete().from(SheetRow).where({ attemptId }).execute();
    await insertRows(this.uow, SheetRow, rows);
  }
}
