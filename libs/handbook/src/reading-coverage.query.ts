import { Injectable } from '@nestjs/common';
import type { Instant } from '@xuekao/kernel';
import { CurrentHandbook } from './current-handbook.js';
import { ReaderStore } from './reader.store.js';
import type { ReaderProgress } from './reader.store.js';

/** 「全体党员 N 人，已阅读 N 人」: over the members asked about and no others. */
export interface ReadingCoverage {
  /** Entries of the current edition. */
  readonly entries: number;
  readonly members: number;
  /** Have read at least one entry. */
  readonly started: number;
  /** Have read every entry. */
  readonly finished: number;
  readonly byMember: readonly ReaderProgress[];
}

/** Read port for statistics and reports. */
@Injectable()
export class ReadingCoverageQuery {
  constructor(
    private readonly handbook: CurrentHandbook,
    private readonly store: ReaderStore,
  ) {}

  /** Coverage among these members (each once); with `until`, as it stood at that instant. */
  async among(memberIds: readonly string[], until: Instant | null = null): Promise<ReadingCoverage> {
    const { entries } = await this.handbook.get();
    const asked = new Set(memberIds);
    const byMember = (await this.store.progress(until)).filter((row) => asked.has(row.memberId));
    const finished = byMember.filter((row) => row.entriesRead >= entries.length).length;
    return { entries: entries.length, members: asked.size, started: byMember.length, finished, byMember };
  }
}
