import type { ImportGuess, ImportPlace } from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import type { FileQuestion } from './file-question.js';

/** What is wrong with a row, with the cell or element where that is finer than the row's own place. */
export interface RowFault {
  readonly refusal: Refusal;
  readonly place?: ImportPlace;
}

/** One question as it was read: the intermediate form between every reader and the bank. */
export interface ImportRow {
  readonly place: ImportPlace;
  /** As the file numbers or names it. */
  readonly label: string;
  /** Null where nothing could be made of it; then there is a fault. */
  readonly draft: FileQuestion | null;
  readonly faults: readonly RowFault[];
  /** What a person must confirm before the row is imported. */
  readonly guesses: readonly ImportGuess[];
  /** What stands in the file, cut to a length fit for a list. */
  readonly raw: string;
}

/** A piece that belongs to no question. */
export interface UnreadPiece {
  readonly place: ImportPlace;
  readonly text: string;
}

export interface Reading {
  readonly rows: readonly ImportRow[];
  readonly unread: readonly UnreadPiece[];
}

const rawLimit = 600;

export function excerpt(text: string, limit = rawLimit): string {
  const signs = [...text.trim()];
  return signs.length > limit ? `${signs.slice(0, limit).join('')}…` : signs.join('');
}

/** Most questions of one import. */
export const mostRows = 5000;
