import { Injectable } from '@nestjs/common';
import type { Page } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { addDays, instantAt, newId, parseCivilDate } from '@xuekao/kernel';
import type { CivilDate, Instant } from '@xuekao/kernel';
import { AppConfig, decodeCursor, Outbox, toPage } from '@xuekao/platform';
import type { AuditRecordRow } from './audit.entity.js';
import { AuditRefused } from './audit.errors.js';
import { AuditStore, sha256 } from './audit.store.js';
import type { AuditFilter } from './audit.store.js';
import { emptyChain, verifyChain, verifyEnd } from './core/index.js';
import type { ChainHead, ChainVerdict } from './core/index.js';

/** A filter as people give it: whole days in the organisation's zone, both included. */
export interface AuditQuery extends Omit<AuditFilter, 'since' | 'before'> {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const batch = 500;

@Injectable()
export class AuditService {
  constructor(
    private readonly store: AuditStore,
    private readonly outbox: Outbox,
    private readonly uow: UnitOfWork,
    private readonly config: AppConfig,
  ) {}

  /** Newest first. */
  async list(query: AuditQuery & { cursor?: string; limit: number }): Promise<Page<AuditRecordRow>> {
    const filter = this.filterOf(query);
    const [before] = decodeCursor(query.cursor) ?? [];
    const cursor = typeof before === 'number' ? before : undefined;
    const rows = await this.store.page(filter, cursor, query.limit + 1);
    return toPage(rows, query.limit, await this.store.count(filter), (last) => [last.number]);
  }

  /** Checks every record up to the head of this moment. For the cli and for the audit administrator. */
  async verifyAudit(): Promise<ChainVerdict> {
    const stored = await this.store.head();
    let reached: ChainHead = emptyChain;
    while (reached.number < stored.number) {
      const rows = await this.store.run({}, reached.number, stored.number, batch);
      if (rows.length === 0) break;
      const verdict = verifyChain(rows, sha256, reached);
      if (verdict.kind === 'broken') return verdict;
      reached = verdict.head;
    }
    const [beyond] = await this.store.run({}, stored.number, stored.number + 1, 1);
    const isForged = beyond !== undefined && (await this.store.head()).number === stored.number;
    if (isForged) return { kind: 'broken', number: stored.number + 1, fault: 'unlinked' };
    return verifyEnd(reached, stored);
  }

  /** The matching records as JSON lines, oldest first. The export is itself an event, written before the first line. */
  async exportLines(query: AuditQuery): Promise<AsyncIterable<string>> {
    const filter = this.filterOf(query);
    const head = await this.store.head();
    const rows = await this.store.count(filter);
    const { actor, type, subject, from, to } = query;
    await this.uow.run(() =>
      this.outbox.add({
        type: 'audit.exported',
        subjectType: 'audit-export',
        subjectId: newId(),
        payload: { rows, upTo: head.number, actor, type, subject, from, to },
      }),
    );
    return this.lines(filter, head.number);
  }

  private async *lines(filter: AuditFilter, upTo: number): AsyncIterable<string> {
    let after = 0;
    for (;;) {
      const rows = await this.store.run(filter, after, upTo, batch);
      for (const row of rows) yield `${JSON.stringify(row)}\n`;
      if (rows.length < batch) return;
      after = rows.at(-1)!.number;
    }
  }

  private filterOf({ from, to, ...rest }: AuditQuery): AuditFilter {
    const first = from === undefined ? undefined : day(from);
    const last = to === undefined ? undefined : day(to);
    if (first && last && first > last) throw new AuditRefused('audit.range.reversed', { from: first, to: last });
    return {
      ...rest,
      since: first && this.startOf(first),
      before: last && this.startOf(addDays(last, 1)),
    };
  }

  private startOf(date: CivilDate): Instant {
    return instantAt(date, '00:00', this.config.zone);
  }
}

function day(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (!date) throw new AuditRefused('audit.date.unreal', { date: text });
  return date;
}
