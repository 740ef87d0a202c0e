import { Injectable } from '@nestjs/common';
import type { QuestionBody, TwinDecision } from '@xuekao/contracts';
import { UnitOfWork, insertIgnore } from '@xuekao/database';
import { AppClock, currentActor } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import type { Likeness } from './core/index.js';
import { QuestionChanges } from './question-changes.js';
import { TwinRow } from './question.entity.js';
import type { QuestionRow } from './question.entity.js';
import { QuestionLife } from './question-life.service.js';
import { QuestionSimilarity } from './question-similarity.service.js';
import { QuestionStore } from './question.store.js';

export interface Twin extends Likeness {
  readonly first: QuestionRow;
  readonly second: QuestionRow;
  readonly bodies: readonly [QuestionBody, QuestionBody];
}

export interface TwinPage {
  readonly items: readonly Twin[];
  readonly total: number;
}

export interface TwinVerdict {
  readonly firstId: string;
  readonly secondId: string;
  readonly decision: TwinDecision;
  /** Of a merge: the one that stays. */
  readonly keptId?: string;
  readonly reason?: string;
}

const kinds = { conflict: 0, exact: 1, near: 2 } as const;

/** 可能重复: questions of the bank that ask the same, and what people decided about them. */
@Injectable()
export class TwinService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly similarity: QuestionSimilarity,
    private readonly questions: QuestionStore,
    private readonly changes: QuestionChanges,
    private readonly life: QuestionLife,
    private readonly clock: AppClock,
  ) {}

  /** Undecided pairs of questions in use: conflicts first, then the more alike. */
  async open(offset: number, limit: number): Promise<TwinPage> {
    await this.changes.permit('bank.edit');
    const pairs = await this.similarity.pairs();
    const decided = new Set((await this.uow.manager.find(TwinRow)).map((row) => `${row.firstId} ${row.secondId}`));
    const left = pairs.filter((pair) => !decided.has(`${pair.first} ${pair.second}`));
    const rows = new Map(
      (await this.questions.byIds(left.flatMap((pair) => [pair.first, pair.second]))).map((row) => [row.id, row]),
    );
    const isInUse = (id: string): boolean => rows.get(id)?.retiredAt === null;
    const waiting = left
      .filter((pair) => isInUse(pair.first) && isInUse(pair.second))
      .toSorted((a, b) => kinds[a.kind] - kinds[b.kind] || b.score - a.score || (a.first < b.first ? -1 : 1));
    const shown = waiting.slice(offset, offset + limit);
    const heads = shown.flatMap((pair) => [rows.get(pair.first)!.headVersionId, rows.get(pair.second)!.headVersionId]);
    const bodies = new Map((await this.questions.versionsByIds(heads)).map((version) => [version.id, version.body]));
    const items = shown.map(({ first, second, ...likeness }): Twin => {
      const [one, other] = [rows.get(first)!, rows.get(second)!];
      const pair = [bodies.get(one.headVersionId)!, bodies.get(other.headVersionId)!] as const;
      return { ...likeness, first: one, second: other, bodies: pair };
    });
    return { items, total: waiting.length };
  }

  /** Both stay and are not listed again, or one is retired for the other. Deciding again changes nothing. */
  async decide({ firstId, secondId, decision, keptId, reason = '' }: TwinVerdict): Promise<void> {
    await this.changes.permit('bank.edit');
    const [first, second] = [firstId, secondId].toSorted() as [string, string];
    if (first === second) throw new BankRefused('bank.twin.same');
    await this.uow.run(async () => {
      const rows = [await this.changes.existing(first), await this.changes.existing(second)] as const;
      const row = {
        firstId: first,
        secondId: second,
        decision,
        reason: reason.trim() || null,
        decidedBy: currentActor().accountId,
        decidedAt: this.clock.now(),
      };
      if ((await insertIgnore(this.uow, TwinRow, row)) === 0) return;
      if (decision === 'merged') {
        const kept = rows.find((question) => question.id === keptId);
        const dropped = rows.find((question) => question.id !== keptId);
        if (!kept || !dropped) throw new BankRefused('bank.twin.kept-unknown');
        await this.life.retire(dropped.id, reason.trim() || `与试题 ${kept.code} 重复`);
      }
      const payload = { decision, other: rows[1].code, ...(keptId === undefined ? {} : { keptId }) };
      await this.changes.tell('bank.question.twin-decided', rows[0], { payload });
    });
  }
}
