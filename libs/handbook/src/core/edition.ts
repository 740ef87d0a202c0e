import type { Refusal } from '@xuekao/kernel';
import { parseCivilDate, refuse } from '@xuekao/kernel';

/** One entry as an edition brings it; `HandbookEntryContent` fits. */
export interface EntryText {
  readonly key: string;
  readonly question: string;
  readonly answer: string;
  readonly facts: readonly string[];
  readonly sourceDocument: string;
  readonly sourceArticle: string;
  readonly documentVersion: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly keywords: readonly string[];
  readonly related: readonly string[];
}

export interface ChapterText {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly entries: readonly EntryText[];
}

export interface EditionText {
  readonly title: string;
  readonly edition: string;
  readonly preface: string;
  readonly chapters: readonly ChapterText[];
}

const keyPattern = /^[a-z0-9-]{1,32}$/;

function entryFault(entry: EntryText, known: ReadonlySet<string>): string | null {
  if (!keyPattern.test(entry.key)) return 'key';
  if (entry.question.trim() === '' || [...entry.question].length > 200) return 'question';
  if (entry.answer.trim() === '') return 'answer';
  if (entry.sourceDocument.trim() === '' || entry.sourceArticle.trim() === '') return 'source';
  if (!parseCivilDate(entry.validFrom)) return 'validFrom';
  if (entry.validTo !== null && (!parseCivilDate(entry.validTo) || entry.validTo <= entry.validFrom)) return 'validTo';
  return entry.related.every((key) => known.has(key) && key !== entry.key) ? null : 'related';
}

/** Null for a sound edition; else the first fault with its place: 'handbook.content.invalid' with key and field. */
export function editionFault(edition: EditionText): Refusal | null {
  const entries = edition.chapters.flatMap((chapter) => chapter.entries);
  const known = new Set(entries.map((entry) => entry.key));
  const numbers = new Set(edition.chapters.map((chapter) => chapter.number));
  if (entries.length === 0) return refuse('handbook.content.invalid', { field: 'chapters', key: null });
  if (numbers.size !== edition.chapters.length)
    return refuse('handbook.content.invalid', { field: 'number', key: null });
  if (known.size !== entries.length) {
    const twice = entries.find((entry, index) => entries.findIndex((other) => other.key === entry.key) !== index)!;
    return refuse('handbook.content.invalid', { field: 'key', key: twice.key });
  }
  for (const entry of entries) {
    const field = entryFault(entry, known);
    if (field) return refuse('handbook.content.invalid', { field, key: entry.key });
  }
  return null;
}

/** What of an entry makes a new version when it changes: everything people read or search, not its place. */
export function versionText(entry: EntryText): string {
  const { question, answer, facts, sourceDocument, sourceArticle, documentVersion } = entry;
  const { validFrom, validTo, keywords, related } = entry;
  return JSON.stringify([
    question,
    answer,
    facts,
    sourceDocument,
    sourceArticle,
    documentVersion,
    validFrom,
    validTo,
    keywords,
    related,
  ]);
}

export interface StoredEntry {
  readonly key: string;
  readonly versionHash: string;
  readonly isWithdrawn: boolean;
}

/** What an edition changes, by entry key; `kept` entries may still move to another place. */
export interface EditionChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly kept: readonly string[];
  readonly withdrawn: readonly string[];
}

/** Compares what is stored with what an edition brings. A withdrawn entry that comes back unchanged is `kept`. */
export function editionChange(
  stored: readonly StoredEntry[],
  brought: readonly { readonly key: string; readonly versionHash: string }[],
): EditionChange {
  const before = new Map(stored.map((entry) => [entry.key, entry]));
  const after = new Set(brought.map((entry) => entry.key));
  const isSame = (entry: { key: string; versionHash: string }): boolean =>
    before.get(entry.key)?.versionHash === entry.versionHash;
  const keys = (entries: readonly { readonly key: string }[]): string[] => entries.map((entry) => entry.key);
  return {
    added: keys(brought.filter((entry) => !before.has(entry.key))),
    changed: keys(brought.filter((entry) => before.has(entry.key) && !isSame(entry))),
    kept: keys(brought.filter(isSame)),
    withdrawn: keys(stored.filter((entry) => !entry.isWithdrawn && !after.has(entry.key))),
  };
}
