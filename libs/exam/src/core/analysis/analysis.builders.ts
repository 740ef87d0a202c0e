import type { QuestionType } from '@xuekao/contracts';
import type { ResponseTable, TablePosition } from './response-table.js';

export interface TableItem extends Partial<Omit<TablePosition, 'number'>> {
  /** Hundredths by attempt. */
  readonly marks: readonly number[];
  /** Options by attempt, by their place from 0. */
  readonly picks?: readonly (readonly number[])[];
}

const choices: readonly QuestionType[] = ['single', 'multiple', 'true-false'];

/** A table from its columns: singles of four options with the first as key unless said otherwise. */
export function aTable(...items: readonly TableItem[]): ResponseTable {
  const attempts = items[0]?.marks.length ?? 0;
  return {
    attempts,
    positions: items.map(({ type = 'single', full = 100, isRandom = false, optionIds, keyIds }, index) => ({
      number: index + 1,
      type,
      full,
      isRandom,
      optionIds: optionIds ?? (choices.includes(type) ? ['a', 'b', 'c', 'd'] : []),
      keyIds: keyIds ?? ['a'],
    })),
    marks: items.map((item) => Int32Array.from(item.marks)),
    picks: items.map(({ picks }) =>
      Int32Array.from({ length: attempts }, (_, i) => (picks?.[i] ?? []).reduce((bits, k) => bits | (1 << k), 0)),
    ),
  };
}
