import { Injectable } from '@nestjs/common';
import { UnitOfWork, dialects, inPowers, insertOrReplaceOlder } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AnswerRow } from './attempt.entity.js';
import type { AttemptRow } from './attempt.entity.js';

/** What a save asks of an attempt. */
export type AttemptHead = Pick<
  AttemptRow,
  'id' | 'state' | 'startedAt' | 'deadlineAt' | 'endedAt' | 'endedBy' | 'writer'
>;

export type AnswerHead = Pick<AnswerRow, 'attemptId' | 'number' | 'clientSeq' | 'savedAt' | 'lateMs'>;

type Raw = Readonly<Record<string, string | number | null>>;

const orNull = (value: string | number | null | undefined): Instant | null =>
  value === null || value === undefined ? null : Number(value);

/** The statements of a batch of saves: raw and few, because they are the hot path of an exam. */
@Injectable()
export class AttemptSaveStore {
  constructor(private readonly uow: UnitOfWork) {}

  /** Holds the attempts until the end of the transaction, in order of id. */
  async hold(ids: readonly string[]): Promise<Map<string, AttemptHead>> {
    const heads = new Map<string, AttemptHead>();
    const { forUpdate } = dialects[this.uow.dialect];
    for (const some of inPowers(ids.toSorted(), 256)) {
      const rows = await this.query(
        `SELECT id, state, started_at, deadline_at, ended_at, ended_by, writer FROM exam_attempt WHERE id IN (${some
          .map(() => '?')
          .join(', ')}) ORDER BY id${forUpdate}`,
        some,
      );
      for (const row of rows) heads.set(String(row.id), headOf(row));
    }
    return heads;
  }

  /** What is kept of these answers, by `attemptId/number`. */
  async kept(keys: readonly (readonly [attemptId: string, number: number])[]): Promise<Map<string, AnswerHead>> {
    const kept = new Map<string, AnswerHead>();
    for (const some of inPowers(keys)) {
      const rows = await this.query(
        `SELECT attempt_id, number, client_seq, saved_at, late_ms FROM exam_answer WHERE ${some
          .map(() => '(attempt_id = ? AND number = ?)')
          .join(' OR ')}`,
        some.flat(),
      );
      for (const row of rows) {
        const attemptId = String(row.attempt_id);
        const number = Number(row.number);
        const head = { attemptId, number, clientSeq: Number(row.client_seq) };
        kept.set(`${attemptId}/${number}`, { ...head, savedAt: Number(row.saved_at), lateMs: Number(row.late_ms) });
      }
    }
    return kept;
  }

  write(rows: readonly AnswerRow[]): Promise<void> {
    return insertOrReplaceOlder(this.uow, AnswerRow, rows, 'clientSeq');
  }

  private query(sql: string, parameters: readonly unknown[]): Promise<Raw[]> {
    return this.uow.manager.query(sql, [...parameters]);
  }
}

function headOf(row: Raw): AttemptHead {
  return {
    id: String(row.id),
    state: row.state as AttemptHead['state'],
    startedAt: Number(row.started_at),
    deadlineAt: Number(row.deadline_at),
    endedAt: orNull(row.ended_at),
    endedBy: row.ended_by as AttemptHead['endedBy'],
    writer: String(row.writer),
  };
}
