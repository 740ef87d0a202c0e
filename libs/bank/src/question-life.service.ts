import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { AppClock, Refused, currentActor } from '@xuekao/platform';
import { BankRefused, retired } from './bank.errors.js';
import { EntryLinks } from './entry-links.js';
import { QuestionChanges } from './question-changes.js';
import type { QuestionRow } from './question.entity.js';
import { QuestionService } from './question.service.js';

export const bulkActs = ['review', 'publish', 'retire', 'restore', 'recheck'] as const;
export type BulkAct = (typeof bulkActs)[number];
export const mostBulkRows = 200;

export interface BulkRow {
  readonly id: string;
  readonly question: QuestionRow | null;
  readonly refusal: Refusal | null;
}

/** Retiring, rechecking, and the same act on many questions. */
@Injectable()
export class QuestionLife {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly changes: QuestionChanges,
    private readonly questions: QuestionService,
    private readonly links: EntryLinks,
    private readonly clock: AppClock,
  ) {}

  /** 停用: drawn no more from now on; papers and answers that pin a version keep it. */
  async retire(id: string, reason: string): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    const said = reason.trim();
    if (said === '') throw new BankRefused('bank.retire.reason-missing');
    return this.uow.run(async () => {
      const row = await this.changes.existing(id);
      if (row.retiredAt !== null) throw retired(row);
      const change = { retiredAt: this.clock.now(), retiredReason: said };
      return this.changes.change(row, row.version, 'bank.question.retired', change, { reason: said });
    });
  }

  /** Back in use, in the state that it had. */
  async restore(id: string): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    return this.uow.run(async () => {
      const row = await this.changes.existing(id);
      if (row.retiredAt === null) throw new BankRefused('bank.question.not-retired', { code: row.code });
      const change = { retiredAt: null, retiredReason: null };
      return this.changes.change(row, row.version, 'bank.question.restored', change);
    });
  }

  /** 复核: somebody other than the author says that the question still holds under its entry of today. */
  async recheck(id: string, note = ''): Promise<QuestionRow> {
    await this.changes.permit('bank.edit');
    return this.uow.run(async () => {
      const row = await this.changes.existing(id);
      const { code } = row;
      if (row.recheckSince === null) throw new BankRefused('bank.recheck.not-needed', { code });
      if (row.authorId === currentActor().accountId) throw new BankRefused('bank.recheck.own-work', { code });
      const entryVersion = await this.links.versionOf(row.entryKey);
      const change = { recheckSince: null, recheckReason: null, recheckNote: null, entryVersion };
      const told = {
        payload: { was: row.recheckReason, entryVersion },
        ...(note.trim() ? { reason: note.trim() } : {}),
      };
      return this.changes.change(row, row.version, 'bank.question.rechecked', change, told);
    });
  }

  /** Each question in a commit of its own: what cannot be done says why, the rest is done. */
  async bulk(act: BulkAct, ids: readonly string[], reason = ''): Promise<BulkRow[]> {
    await this.changes.permit('bank.edit');
    if (act === 'retire' && reason.trim() === '') throw new BankRefused('bank.retire.reason-missing');
    const rows: BulkRow[] = [];
    for (const id of new Set(ids)) {
      try {
        rows.push({ id, question: await this.one(act, id, reason), refusal: null });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        rows.push({ id, question: null, refusal: refuse(error.code, error.facts) });
      }
    }
    return rows;
  }

  private one(act: BulkAct, id: string, reason: string): Promise<QuestionRow> {
    switch (act) {
      case 'review':
        return this.questions.review(id);
      case 'publish':
        return this.questions.publish(id);
      case 'retire':
        return this.retire(id, reason);
      case 'restore':
        return this.restore(id);
      case 'recheck':
        return this.recheck(id, reason);
      default:
        return act satisfies never;
    }
  }
}
