import { get, patch, post, put, remove } from './http.js';

export interface EntryLink {
  readonly key: string;
  readonly question: string;
}

export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly entries: readonly (EntryLink & { readonly isRead: boolean })[];
  readonly readCount: number;
}

export interface Handbook {
  readonly title: string;
  readonly edition: string;
  readonly entryCount: number;
  readonly readCount: number;
  readonly chapters: readonly Chapter[];
}

export interface ReadingPosition {
  readonly entry: EntryLink | null;
  readonly scrollPermille: number;
}

/** What an entry says, with or without a network. */
export interface EntryText extends EntryLink {
  readonly answer: string;
  readonly sourceDocument: string;
  readonly sourceArticle: string;
  readonly documentVersion: string;
  readonly validTo: string | null;
  readonly keywords: readonly string[];
}

export interface Note {
  readonly id: string;
  readonly quote: string | null;
  readonly text: string;
  readonly version: number;
}

export interface Entry extends EntryText {
  readonly chapter: { readonly number: number; readonly title: string };
  readonly related: readonly EntryLink[];
  /** Keys of the neighbours. */
  readonly previous: string | null;
  readonly next: string | null;
  readonly isFavourite: boolean;
  readonly notes: readonly Note[];
}

/** A place in a text: `end` is exclusive, both in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface SearchHit extends EntryLink {
  readonly questionRanges: readonly TextRange[];
  readonly excerpt: string;
  readonly excerptRanges: readonly TextRange[];
}

export interface Hits {
  readonly items: readonly SearchHit[];
  readonly total: number;
}

export interface OfflineHandbook {
  readonly title: string;
  readonly edition: string;
  readonly chapters: readonly {
    readonly number: number;
    readonly title: string;
    readonly summary: string;
    readonly entries: readonly (EntryText & { readonly related: readonly string[] })[];
  }[];
}

const pathOf = (key: string): string => `/handbook/entries/${encodeURIComponent(key)}`;

export const loadHandbook = (): Promise<Handbook> => get('/handbook/chapters');
export const loadPosition = (): Promise<ReadingPosition> => get('/handbook/position');
export const loadEntry = (key: string): Promise<Entry> => get(pathOf(key));
export const searchHandbook = (q: string, signal: AbortSignal): Promise<Hits> =>
  get('/handbook/search', { query: { q, limit: 50 }, signal });
export const markRead = (key: string, seconds: number, reachedEnd: boolean): Promise<void> =>
  post(`${pathOf(key)}/read`, { seconds, reachedEnd });
export const savePosition = (key: string, scrollPermille: number): Promise<ReadingPosition> =>
  put('/handbook/position', { key, scrollPermille });
export const loadFavourites = (): Promise<{ items: EntryLink[] }> => get('/handbook/favourites');
export const setFavourite = (key: string, on: boolean): Promise<void> =>
  on ? put(`${pathOf(key)}/favourite`) : remove(`${pathOf(key)}/favourite`);
export const addNote = (key: string, text: string): Promise<Note> => post(`${pathOf(key)}/notes`, { text });
export const reviseNote = ({ id, version }: Note, text: string): Promise<Note> =>
  patch(`/handbook/notes/${id}`, { text, version });
export const removeNote = ({ id }: Note): Promise<void> => remove(`/handbook/notes/${id}`);
export const loadWholeText = (): Promise<OfflineHandbook> => get('/handbook/text');
