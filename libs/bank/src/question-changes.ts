import { Injectable } from '@nestjs/common';
import type { Permission, QuestionMaterial } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { Access, AppClock, Outbox } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import type { QuestionRow, QuestionVersionRow } from './question.entity.js';
import { versionRow } from './question-rows.js';
import { QuestionStore } from './question.store.js';

export interface Told {
  readonly payload?: Readonly<Record<string, unknown>>;
  readonly reason?: string;
}

/** The one way a question changes: by its version counter, with an event in the same commit. */
@Injectable()
export class QuestionChanges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly access: Access,
    private readonly clock: AppClock,
    private readonly outbox: Outbox,
  ) {}

  async permit(permission: Permission): Promise<void> {
    if (!(await this.access.holds(permission))) throw new BankRefused('auth.forbidden', { permission });
  }

  /** Locked inside a transaction. Refuses 'resource.not-found'. */
  async existing(id: string): Promise<QuestionRow> {
    const row = this.uow.isOpen ? await this.store.byIdForUpdate(id) : await this.store.byId(id);
    if (!row) throw new BankRefused('resource.not-found', { id });
    return row;
  }

  async headOf(question: QuestionRow): Promise<QuestionVersionRow> {
    const version = await this.store.versionById(question.headVersionId);
    if (!version) throw new Error(`Question ${question.id} has lost its version ${question.headVersionId}`);
    return version;
  }

  /** Refuses 'resource.conflict' where somebody else changed the question since `version`. */
  async change(
    row: QuestionRow,
    version: number,
    event: string,
    change: Partial<QuestionRow>,
    told: Told = {},
  ): Promise<QuestionRow> {
    const whole = { ...change, updatedAt: this.clock.now() };
    if (!(await this.store.change(row.id, version, whole))) throw new BankRefused('resource.conflict');
    const changed = { ...row, ...whole, version: version + 1 };
    await this.tell(event, changed, told);
    return changed;
  }

  /** The same question about a newer version of its material: a new draft, to be reviewed again. */
  async repin(row: QuestionRow, material: QuestionMaterial, authorId: string): Promise<QuestionRow> {
    const head = await this.headOf(row);
    const key = await this.store.keyOf(head.id);
    if (!key) throw new Error(`Version ${head.id} has lost its key`);
    const { answerKey, explanation, source } = key;
    const body = { ...head.body, material };
    const next = versionRow(
      row.id,
      head.number + 1,
      { body, key: answerKey, explanation, source },
      authorId,
      this.clock.now(),
    );
    await this.store.addVersions([next]);
    const change = { headVersionId: next.row.id, state: 'draft' as const, authorId, reviewerId: null };
    return this.change(row, row.version, 'bank.question.edited', change, { payload: { material: material.versionId } });
  }

  tell(type: string, row: QuestionRow, { payload = {}, reason }: Told = {}): Promise<void> {
    const about = { code: row.code, versionId: row.headVersionId, entryKey: row.entryKey, factId: row.factId };
    return this.outbox.add({
      type,
      subjectType: 'question',
      subjectId: row.id,
      payload: { ...about, ...payload },
      ...(reason === undefined ? {} : { reason }),
    });
  }
}
