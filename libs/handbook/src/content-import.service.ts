import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { newId, normalText } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { AppClock, Outbox } from '@xuekao/platform';
import { editionChange, editionFault, versionText } from './core/index.js';
import type { EditionChange, EditionText, EntryText } from './core/index.js';
import type { EditionEntity, EntryEntity, EntryVersionEntity } from './handbook.entity.js';
import { HandbookRefused } from './handbook.errors.js';
import { HandbookStore } from './handbook.store.js';

/** Payload of `handbook.edition.published`. */
export interface EditionPublishedPayload {
  readonly edition: string;
  readonly title: string;
  readonly entries: number;
  /** Keys of entries with new words: what cites them has to be looked at again. */
  readonly changed: readonly string[];
  readonly withdrawn: readonly string[];
}

/** What an import did; nothing where the same content was published before. */
export interface ImportResult extends EditionChange {
  readonly edition: string;
  readonly isNew: boolean;
}

interface BroughtEntry {
  readonly text: EntryText;
  readonly key: string;
  readonly chapter: number;
  readonly position: number;
  readonly versionHash: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function broughtBy(content: EditionText): BroughtEntry[] {
  const entries = content.chapters.flatMap((chapter) =>
    chapter.entries.map((text) => ({ text, key: text.key, chapter: chapter.number })),
  );
  return entries.map((entry, position) => ({ ...entry, position, versionHash: sha256(versionText(entry.text)) }));
}

/** Publishes editions of the handbook. */
@Injectable()
export class ContentImportService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: HandbookStore,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
  ) {}

  /**
   * Makes the content the current edition, all of it or nothing. The same content again changes nothing. Entries keep their
   * key; changed words become a new version, and entries that are no longer there are withdrawn, never deleted.
   */
  async importContent(content: EditionText): Promise<ImportResult> {
    const fault = editionFault(content);
    if (fault) throw new HandbookRefused(fault.code, fault.facts);
    const checksum = sha256(JSON.stringify(content));
    const brought = broughtBy(content);
    return this.uow.run(async () => {
      const stored = await this.store.entries();
      const change = editionChange(stored, brought);
      const current = await this.store.currentEdition();
      if (current?.checksum === checksum) return { ...change, edition: content.edition, isNew: false };
      const edition = await this.keepEdition(content, checksum);
      const chapterIds = await this.keepChapters(content, edition.id);
      await this.keepEntries(stored, brought, chapterIds, edition);
      for (const entry of stored) {
        if (change.withdrawn.includes(entry.key)) await this.store.updateEntry({ ...entry, isWithdrawn: true });
      }
      await this.tell(content, edition.id, brought.length, change);
      return { ...change, edition: content.edition, isNew: true };
    });
  }

  private async keepEdition(content: EditionText, checksum: string): Promise<EditionEntity> {
    const codeKey = normalText(content.edition);
    const known = await this.store.editionByCode(codeKey);
    const { title, preface, edition: code } = content;
    const row = { id: known?.id ?? newId(), code, codeKey, title, preface, checksum, publishedAt: this.clock.now() };
    if (known) await this.store.updateEdition(row);
    else await this.store.insertEdition(row);
    return row;
  }

  private async keepChapters(content: EditionText, editionId: string): Promise<ReadonlyMap<number, string>> {
    for (const { number, title, summary } of content.chapters) {
      await this.store.keepChapter({ id: newId(), editionId, number, title, summary });
    }
    return new Map((await this.store.chaptersOf(editionId)).map((chapter) => [chapter.number, chapter.id]));
  }

  private async keepEntries(
    stored: readonly EntryEntity[],
    brought: readonly BroughtEntry[],
    chapterIds: ReadonlyMap<number, string>,
    edition: EditionEntity,
  ): Promise<void> {
    const known = new Map(stored.map((entry) => [entry.key, entry]));
    const added: EntryEntity[] = [];
    const versions: EntryVersionEntity[] = [];
    for (const { text, key, chapter, position, versionHash } of brought) {
      const before = known.get(key);
      const isChanged = before?.versionHash !== versionHash;
      const entry: EntryEntity = {
        id: before?.id ?? newId(),
        key,
        chapterId: chapterIds.get(chapter)!,
        position,
        versionNumber: (before?.versionNumber ?? 0) + (isChanged ? 1 : 0),
        versionHash,
        isWithdrawn: false,
      };
      if (!before) added.push(entry);
      else if (!isSamePlace(before, entry) || isChanged) await this.store.updateEntry(entry);
      if (isChanged) versions.push(versionOf(entry, text, edition.id, edition.publishedAt));
    }
    await this.store.insertEntries(added);
    await this.store.insertVersions(versions);
  }

  private tell(content: EditionText, editionId: string, entries: number, change: EditionChange): Promise<void> {
    const { edition, title } = content;
    const { changed, withdrawn } = change;
    const payload: EditionPublishedPayload = { edition, title, entries, changed, withdrawn };
    const about = { subjectType: 'handbook-edition', subjectId: editionId };
    return this.outbox.add({ ...about, type: 'handbook.edition.published', payload });
  }
}

function isSamePlace(a: EntryEntity, b: EntryEntity): boolean {
  return a.chapterId === b.chapterId && a.position === b.position && a.isWithdrawn === b.isWithdrawn;
}

function versionOf(entry: EntryEntity, text: EntryText, editionId: string, createdAt: Instant): EntryVersionEntity {
  const { question, answer, facts, sourceDocument, sourceArticle, documentVersion } = text;
  const { validFrom, validTo, keywords, related } = text;
  const source = { facts, sourceDocument, sourceArticle, documentVersion, validFrom, validTo };
  const number = entry.versionNumber;
  return { entryId: entry.id, number, editionId, question, answer, ...source, keywords, related, createdAt };
}
