import type { ImportGuess, ImportPlace } from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import type { FileQuestion } from './file-question.js';
import { excerpt } from './import-row.js';
import type { ImportRow } from './import-row.js';
import { faultsOf } from './question-check.js';

/** A row for what a reader of an exchange format made of one element. */
export function rowOfQuestion(
  place: ImportPlace,
  label: string,
  raw: string,
  read: FileQuestion | Refusal,
  guesses: readonly ImportGuess[] = [],
): ImportRow {
  const base = { place, label, raw: excerpt(raw), guesses };
  if ('kind' in read) return { ...base, draft: null, faults: [{ refusal: read }] };
  return { ...base, draft: read, faults: faultsOf(read) };
}
