import { Injectable } from '@nestjs/common';
import { CurrentHandbook, HandbookRefused, ReadingCoverageQuery } from '@xuekao/handbook';
import type { Handbook } from '@xuekao/handbook';
import { instantAt, zonedParts } from '@xuekao/kernel';
import { AppConfig } from '@xuekao/platform';
import { monthSpan } from './core/index.js';
import type { HandbookFact, ReadingFact } from './core/index.js';
import { ReadingFacts } from './facts.ports.js';

/**
 * The handbook that was published in the year, and who read how many new entries in which month. Months are the grain:
 * the query tells how far everybody was at an instant, and no span is shorter.
 */
@Injectable()
export class HandbookReadingFacts extends ReadingFacts {
  constructor(
    private readonly handbook: CurrentHandbook,
    private readonly coverage: ReadingCoverageQuery,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async ofYear(year: number, memberIds: readonly string[]) {
    const handbook = await this.current();
    if (!handbook) return { handbooks: [], readings: [] };
    const { edition, entries } = handbook;
    const isOfYear = zonedParts(edition.publishedAt, this.config.zone).year === year;
    const handbooks: HandbookFact[] = isOfYear
      ? [{ id: edition.id, title: edition.title, entries: entries.length }]
      : [];
    return { handbooks, readings: await this.readings(year, memberIds, edition.id) };
  }

  private async readings(year: number, memberIds: readonly string[], handbookId: string): Promise<ReadingFact[]> {
    const facts: ReadingFact[] = [];
    let before = await this.readUntil(memberIds, monthSpan(year, 1).from);
    for (let month = 1; month <= 12; month++) {
      const { from, to } = monthSpan(year, month);
      const after = await this.readUntil(memberIds, to);
      for (const [memberId, read] of after) {
        const entries = read - (before.get(memberId) ?? 0);
        if (entries > 0) facts.push({ memberId, handbookId, date: from, entries });
      }
      before = after;
    }
    return facts;
  }

  /** Entries read by each member before a day begins. */
  private async readUntil(
    memberIds: readonly string[],
    day: ReadingFact['date'],
  ): Promise<ReadonlyMap<string, number>> {
    const until = instantAt(day, '00:00', this.config.zone) - 1;
    const { byMember } = await this.coverage.among(memberIds, until);
    return new Map(byMember.map((row) => [row.memberId, row.entriesRead]));
  }

  private async current(): Promise<Handbook | null> {
    try {
      return await this.handbook.get();
    } catch (error) {
      if (error instanceof HandbookRefused && error.code === 'handbook.empty') return null;
      throw error;
    }
  }
}
