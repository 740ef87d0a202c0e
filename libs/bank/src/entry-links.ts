import { Injectable, Optional } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { AppClock } from '@xuekao/platform';
import type { RecheckReason } from '@xuekao/contracts';
import { EntryVersions } from './bank.ports.js';
import { QuestionChanges } from './question-changes.js';
import { QuestionStore } from './question.store.js';

/** What the bank reads of `handbook.edition.published`. */
export interface EditionNews {
  readonly edition: string;
  readonly title: string;
  readonly changed: readonly string[];
  readonly withdrawn: readonly string[];
}

/** The tie between questions and the handbook entries that they cite. */
@Injectable()
export class EntryLinks {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: QuestionStore,
    private readonly changes: QuestionChanges,
    private readonly clock: AppClock,
    @Optional() private readonly entries?: EntryVersions,
  ) {}

  /** Version of the entry today; null without an entry, and where nobody knows. */
  async versionOf(entryKey: string | null): Promise<number | null> {
    if (entryKey === null || !this.entries) return null;
    return (await this.entries.currentOf([entryKey])).get(entryKey) ?? null;
  }

  async versionsOf(entryKeys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.entries && entryKeys.length > 0 ? this.entries.currentOf([...new Set(entryKeys)]) : new Map();
  }

  /**
   * Marks the questions of changed and withdrawn entries as waiting for another look (待复核). One that was written or
   * checked against the changed words already is left alone; the same news twice changes nothing.
   */
  async editionPublished({ edition, title, changed, withdrawn }: EditionNews): Promise<void> {
    await this.uow.run(async () => {
      const current = await this.versionsOf(changed);
      await this.mark(changed, 'entry-changed', title || edition, current);
      await this.mark(withdrawn, 'entry-withdrawn', title || edition, new Map());
    });
  }

  private async mark(
    entryKeys: readonly string[],
    reason: RecheckReason,
    note: string,
    current: ReadonlyMap<string, number>,
  ): Promise<void> {
    const change = {
      recheckSince: this.clock.now(),
      recheckReason: reason,
      recheckNote: [...note].slice(0, 200).join(''),
    };
    for (const row of await this.store.byEntryKeys(entryKeys)) {
      const version = current.get(row.entryKey!);
      if (version !== undefined && row.entryVersion !== null && row.entryVersion >= version) continue;
      if (row.recheckReason === reason && row.recheckNote === change.recheckNote) continue;
      const told = { payload: { reason, edition: note } };
      await this.changes.change(row, row.version, 'bank.question.recheck-needed', change, told);
    }
  }
}
