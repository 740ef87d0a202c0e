import { loadWholeText, type Entry, type EntryLink, type Handbook, type OfflineHandbook } from '../../api/handbook.js';

interface LocalPosition extends EntryLink {
  readonly at: number;
}

export interface HandbookCopy {
  readonly keptAt: number;
  readonly content: OfflineHandbook;
  readonly position: LocalPosition | null;
}

const store = async () => (await import('../offline-store.js')).deviceStore;

/** The handbook kept on this device, or null where none is kept or the browser refuses a database (private windows). */
export async function handbookCopy(): Promise<HandbookCopy | null> {
  try {
    const device = await store();
    const [kept, mark] = await Promise.all([device.handbook.get('current'), device.marks.get('position')]);
    if (!kept) return null;
    return { keptAt: kept.keptAt, content: kept.content, position: (mark?.value as LocalPosition | undefined) ?? null };
  } catch {
    return null;
  }
}

/** Downloads the whole text and keeps it; returns when it was kept. */
export async function keepHandbook(): Promise<number> {
  const content = await loadWholeText();
  const keptAt = Date.now();
  await (await store()).handbook.put({ id: 'current', keptAt, content });
  return keptAt;
}

export async function rememberPosition(link: EntryLink): Promise<void> {
  try {
    await (
      await store()
    ).marks.put({ name: 'position', value: { key: link.key, question: link.question, at: Date.now() } });
  } catch {
    // Without a database on the device the server alone knows where the person stopped.
  }
}

/** The table of contents out of the copy; what was read is not known without the server. */
export function contentsOf(copy: HandbookCopy): Handbook {
  const { title, edition, chapters } = copy.content;
  return {
    title,
    edition,
    entryCount: chapters.reduce((sum, { entries }) => sum + entries.length, 0),
    readCount: 0,
    chapters: chapters.map(({ number, title: chapterTitle, summary, entries }) => ({
      number,
      title: chapterTitle,
      summary,
      entries: entries.map(({ key, question }) => ({ key, question, isRead: false })),
      readCount: 0,
    })),
  };
}

/** One entry out of the copy with its neighbours; undefined where the copy has no such key. */
export function entryOf(copy: HandbookCopy, key: string): Entry | undefined {
  const all = copy.content.chapters.flatMap((chapter) => chapter.entries.map((entry) => ({ entry, chapter })));
  const at = all.findIndex(({ entry }) => entry.key === key);
  const found = all[at];
  if (!found) return undefined;
  return {
    ...found.entry,
    chapter: { number: found.chapter.number, title: found.chapter.title },
    related: found.entry.related.flatMap((related) => all.find(({ entry }) => entry.key === related)?.entry ?? []),
    previous: all[at - 1]?.entry.key ?? null,
    next: all[at + 1]?.entry.key ?? null,
    isFavourite: false,
    notes: [],
  };
}
