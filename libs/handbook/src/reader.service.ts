import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { newId, periodOf } from '@xuekao/kernel';
import { AppClock, AppConfig, currentActor } from '@xuekao/platform';
import { afterVisit, search } from './core/index.js';
import type { SearchResult, Visit } from './core/index.js';
import { CurrentHandbook } from './current-handbook.js';
import type { Handbook, HandbookEntry } from './current-handbook.js';
import { allowed, HandbookRefused } from './handbook.errors.js';
import { ReaderStore } from './reader.store.js';
import type { NoteEntity, PositionEntity, ReadingEntity } from './reader.entity.js';

export interface OwnChapter {
  readonly chapter: Handbook['chapters'][number];
  readonly readKeys: ReadonlySet<string>;
}

export interface OwnEntry {
  readonly entry: HandbookEntry;
  readonly chapter: Handbook['chapters'][number];
  readonly related: readonly HandbookEntry[];
  readonly reading: ReadingEntity | null;
  readonly isFavourite: boolean;
  readonly notes: readonly NoteEntity[];
}

/** A row of the member's own with the entry it belongs to. */
export interface Of<T> {
  readonly entry: HandbookEntry;
  readonly row: T;
}

const notesPerEntry = 50;

function ownMemberId(): string {
  const { memberId } = currentActor();
  if (!memberId) throw new HandbookRefused('resource.not-found');
  return memberId;
}

/** A member reads: everything here is his own. */
@Injectable()
export class ReaderService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly handbook: CurrentHandbook,
    private readonly store: ReaderStore,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {}

  async chapters(): Promise<{ readonly handbook: Handbook; readonly chapters: readonly OwnChapter[] }> {
    const handbook = await this.handbook.get();
    const readIds = new Set((await this.store.readingsOf(ownMemberId())).map((reading) => reading.entryId));
    const chapters = handbook.chapters.map((chapter) => ({
      chapter,
      readKeys: new Set(chapter.entries.filter((entry) => readIds.has(entry.id)).map((entry) => entry.key)),
    }));
    return { handbook, chapters };
  }

  async entry(key: string): Promise<OwnEntry> {
    const memberId = ownMemberId();
    const handbook = await this.handbook.get();
    const entry = await this.handbook.entry(key);
    const favourites = await this.store.favouritesOf(memberId);
    return {
      entry,
      chapter: handbook.chapters.find((chapter) => chapter.id === entry.chapterId)!,
      related: entry.related.flatMap((other) => handbook.byKey.get(other) ?? []),
      reading: await this.store.readingOf(memberId, entry.id),
      isFavourite: favourites.some((favourite) => favourite.entryId === entry.id),
      notes: await this.store.notesOf(memberId, entry.id),
    };
  }

  /** Entries with every word of the query, best first. Chinese words of one or two characters are found like longer ones. */
  async search(query: string, limit: number): Promise<SearchResult> {
    return search((await this.handbook.get()).index, query, limit);
  }

  /** Refuses 'handbook.reading.too-short' for less than eight seconds that did not reach the end. */
  async markRead(key: string, visit: Visit): Promise<ReadingEntity> {
    const memberId = ownMemberId();
    const { id: entryId, versionNumber } = await this.handbook.entry(key);
    const now = this.clock.now();
    return this.uow.run(async () => {
      const before = await this.store.readingForUpdate(memberId, entryId);
      const reading = allowed(afterVisit(before, visit, now));
      const period = before ?? periodOf(now, this.config.zone);
      const { localDate, isoWeek, year } = period;
      const row = { memberId, entryId, versionNumber, ...reading, localDate, isoWeek, year };
      if (before) await this.store.updateReading(row);
      else if (!(await this.store.insertReading(row))) return (await this.store.readingOf(memberId, entryId)) ?? row;
      return row;
    });
  }

  /** Where the member stopped; null before the first time and when the entry was withdrawn. */
  async position(): Promise<Of<PositionEntity> | null> {
    const row = await this.store.positionOf(ownMemberId());
    const entry = row && (await this.handbook.get()).byId.get(row.entryId);
    return row && entry ? { entry, row } : null;
  }

  async keepPosition(key: string, scrollPermille: number): Promise<Of<PositionEntity>> {
    const entry = await this.handbook.entry(key);
    const row = { memberId: ownMemberId(), entryId: entry.id, scrollPermille, at: this.clock.now() };
    await this.uow.run(() => this.store.keepPosition(row));
    return { entry, row };
  }

  async favourites(): Promise<HandbookEntry[]> {
    const { byId } = await this.handbook.get();
    return (await this.store.favouritesOf(ownMemberId())).flatMap((favourite) => byId.get(favourite.entryId) ?? []);
  }

  async setFavourite(key: string, isFavourite: boolean): Promise<void> {
    const { id: entryId } = await this.handbook.entry(key);
    const memberId = ownMemberId();
    await this.uow.run(() =>
      isFavourite
        ? this.store.addFavourite({ memberId, entryId, createdAt: this.clock.now() })
        : this.store.removeFavourite(memberId, entryId),
    );
  }

  async notes(): Promise<Of<NoteEntity>[]> {
    const { byId } = await this.handbook.get();
    return (await this.store.notesOf(ownMemberId())).flatMap((row) => {
      const entry = byId.get(row.entryId);
      return entry ? [{ entry, row }] : [];
    });
  }

  async addNote(key: string, text: string, quote: string | null): Promise<Of<NoteEntity>> {
    const entry = await this.handbook.entry(key);
    const memberId = ownMemberId();
    const now = this.clock.now();
    const { id: entryId, versionNumber } = entry;
    const times = { createdAt: now, updatedAt: now };
    const row = { id: newId(), memberId, entryId, versionNumber, quote, text, ...times, version: 1 };
    await this.uow.run(async () => {
      if ((await this.store.notesOf(memberId, entryId)).length >= notesPerEntry) {
        throw new HandbookRefused('handbook.note.too-many', { limit: notesPerEntry });
      }
      await this.store.insertNote(row);
    });
    return { entry, row };
  }

  /** Refuses 'resource.conflict' when the note was changed on another device since `version`. */
  async reviseNote(id: string, text: string, version: number): Promise<Of<NoteEntity>> {
    const { byId } = await this.handbook.get();
    const memberId = ownMemberId();
    return this.uow.run(async () => {
      const note = await this.store.note(memberId, id);
      const entry = note && byId.get(note.entryId);
      if (!entry) throw new HandbookRefused('resource.not-found');
      const revised = { ...note, text, updatedAt: this.clock.now() };
      if (!(await this.store.updateNote(revised, version))) {
        throw new HandbookRefused('resource.conflict', { version: note.version });
      }
      return { entry, row: { ...revised, version: version + 1 } };
    });
  }

  async removeNote(id: string): Promise<void> {
    const memberId = ownMemberId();
    await this.uow.run(() => this.store.removeNote(memberId, id));
  }
}
