import { get, put, post, remove } from './http.js';

export interface EntryLink {
  readonly key: string;
  readonly question: string;
}

export interface EntryInChapter extends EntryLink {
  readonly isRead: boolean;
}

export interface Chapter {
  readonly number: number;
  readonly title: string;
  readonly summary: string;
  readonly entries: readonly EntryInChapter[];
}

export interface ReadingPosition extends EntryLink {
  readonly at: number;
}

export interface Handbook {
  readonly title: string;
  readonly edition: string;
  readonly chapters: readonly Chapter[];
  readonly position: ReadingPosition | null;
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

export interface Entry extends EntryText {
  readonly chapter: { readonly number: number; readonly title: string };
  readonly related: readonly EntryLink[];
  readonly previous: EntryLink | null;
  readonly next: EntryLink | null;
  readonly isFavourite: boolean;
  readonly note: string | null;
}

export interface SearchHit extends EntryLink {
  readonly chapterTitle: string;
  readonly excerpt: string;
}

export interface OfflineEntry extends EntryText {
  readonly related: readonly string[];
}

export interface OfflineHandbook {
  readonly title: string;
  readonly edition: string;
  readonly version: string;
  readonly chapters: readonly {
    readonly number: number;
    readonly title: string;
    readonly summary: string;
    readonly entries: readonly OfflineEntry[];
  }[];
}

export const loadHandbook = (): Promise<Handbook> => get('/handbook/chapters');
export const loadEntry = (key: string): Promise<Entry> => get(`/handbook/entries/${encodeURIComponent(key)}`);
export const searchHandbook = (q: string, signal: AbortSignal): Promise<{ items: SearchHit[] }> =>
  get('/handbook/search', { query: { q }, signal });
export const markRead = (key: string): Promise<void> => post(`/handbook/entries/${encodeURIComponent(key)}/read`);
export const savePosition = (entryKey: string): Promise<void> => put('/handbook/position', { entryKey });
export const loadFavourites = (): Promise<{ items: EntryLink[] }> => get('/handbook/favourites');
export const setFavourite = (key: string, on: boolean): Promise<void> =>
  on
    ? put(`/handbook/favourites/${encodeURIComponent(key)}`)
    : remove(`/handbook/favourites/${encodeURIComponent(key)}`);
export const saveNote = (key: string, text: string): Promise<void> =>
  put(`/handbook/entries/${encodeURIComponent(key)}/note`, { text });
export const loadOffline = (): Promise<OfflineHandbook> => get('/handbook/offline');
