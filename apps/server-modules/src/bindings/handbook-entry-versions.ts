import { Injectable } from '@nestjs/common';
import { EntryVersions } from '@xuekao/bank';
import { CurrentHandbook, HandbookRefused } from '@xuekao/handbook';

/** Versions of handbook entries in the current edition; none before the first. */
@Injectable()
export class HandbookEntryVersions extends EntryVersions {
  constructor(private readonly handbook: CurrentHandbook) {
    super();
  }

  async currentOf(entryKeys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const versions = new Map<string, number>();
    for (const key of entryKeys) {
      const entry = (await this.byKey())?.get(key);
      if (entry) versions.set(key, entry.versionNumber);
    }
    return versions;
  }

  private async byKey() {
    try {
      return (await this.handbook.get()).byKey;
    } catch (error) {
      if (error instanceof HandbookRefused && error.code === 'handbook.empty') return undefined;
      throw error;
    }
  }
}
