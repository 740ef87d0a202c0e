import { Injectable } from '@nestjs/common';
import { plainText, searchIndexOf } from './core/index.js';
import type { SearchIndex } from './core/index.js';
import type { ChapterEntity, EditionEntity, EntryEntity, EntryVersionEntity } from './handbook.entity.js';
import { HandbookRefused } from './handbook.errors.js';
import { HandbookStore } from './handbook.store.js';

/** An entry with its current words and its neighbours' keys. */
export interface HandbookEntry extends Omit<EntryVersionEntity, 'entryId' | 'number' | 'editionId' | 'createdAt'> {
  readonly id: string;
  readonly key: string;
  readonly versionNumber: number;
  readonly chapterId: string;
  readonly previous: string | null;
  readonly next: string | null;
}

/** The current edition as read into memory; replaced as a whole when another is published. */
export interface Handbook {
  readonly edition: EditionEntity;
  readonly chapters: readonly (ChapterEntity & { readonly entries: readonly HandbookEntry[] })[];
  readonly entries: readonly HandbookEntry[];
  readonly byKey: ReadonlyMap<string, HandbookEntry>;
  readonly byId: ReadonlyMap<string, HandbookEntry>;
  readonly index: SearchIndex;
  /** The whole text as JSON, for reading offline. */
  readonly json: string;
}

function handbookEntries(rows: readonly EntryEntity[], versions: readonly EntryVersionEntity[]): HandbookEntry[] {
  const texts = new Map(versions.map((version) => [version.entryId, version]));
  const shown = rows.filter((row) => !row.isWithdrawn && texts.has(row.id));
  return shown.map((row, at) => {
    const { entryId, number, editionId: _edition, createdAt: _at, ...words } = texts.get(row.id)!;
    return {
      ...words,
      id: entryId,
      key: row.key,
      versionNumber: number,
      chapterId: row.chapterId,
      previous: shown[at - 1]?.key ?? null,
      next: shown[at + 1]?.key ?? null,
    };
  });
}

function jsonOf(edition: EditionEntity, chapters: Handbook['chapters']): string {
  return JSON.stringify({
    title: edition.title,
    edition: edition.code,
    preface: edition.preface,
    publishedAt: edition.publishedAt,
    chapters: chapters.map(({ number, title, summary, entries }) => ({
      number,
      title,
      summary,
      entries: entries.map(({ id: _id, chapterId: _chapter, previous: _previous, next: _next, ...entry }) => entry),
    })),
  });
}

/** Reads the current edition once for each process and publication. */
@Injectable()
export class CurrentHandbook {
  private loaded: { readonly tag: string; readonly handbook: Promise<Handbook> } | undefined;

  constructor(private readonly store: HandbookStore) {}

  /** Refuses 'handbook.empty' before the first edition. */
  async get(): Promise<Handbook> {
    const edition = await this.store.currentEdition();
    if (!edition) throw new HandbookRefused('handbook.empty');
    const tag = `${edition.id}:${edition.checksum}:${edition.publishedAt}`;
    if (this.loaded?.tag !== tag) {
      const handbook = this.load(edition);
      this.loaded = { tag, handbook };
      handbook.catch(() => (this.loaded = undefined));
    }
    return this.loaded.handbook;
  }

  /** Refuses 'resource.not-found' for a key that the current edition does not have. */
  async entry(key: string): Promise<HandbookEntry> {
    const entry = (await this.get()).byKey.get(key);
    if (!entry) throw new HandbookRefused('resource.not-found');
    return entry;
  }

  private async load(edition: EditionEntity): Promise<Handbook> {
    const entries = handbookEntries(await this.store.entries(), await this.store.currentVersions());
    const chapters = (await this.store.chaptersOf(edition.id))
      .map((chapter) => ({ ...chapter, entries: entries.filter((entry) => entry.chapterId === chapter.id) }))
      .filter((chapter) => chapter.entries.length > 0);
    const searchable = entries.map(({ key, question, answer, keywords, sourceDocument, sourceArticle }) => ({
      key,
      question,
      answer: plainText(answer),
      keywords,
      source: `${sourceDocument}${sourceArticle}`,
    }));
    return {
      edition,
      chapters,
      entries,
      byKey: new Map(entries.map((entry) => [entry.key, entry])),
      byId: new Map(entries.map((entry) => [entry.id, entry])),
      index: searchIndexOf(searchable),
      json: jsonOf(edition, chapters),
    };
  }
}
