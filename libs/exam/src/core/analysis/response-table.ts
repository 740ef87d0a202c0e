import type { QuestionType } from '@xuekao/contracts';

/** One position of the paper as statistics see it. */
export interface TablePosition {
  readonly number: number;
  readonly type: QuestionType;
  /** Full mark m_j in hundredths; 0 for a voided question. */
  readonly full: number;
  /** Drawn for each person: the rest of a total without it is then no common measure. */
  readonly isRandom: boolean;
  /** Options in the question's own order; empty where nothing is chosen from options. */
  readonly optionIds: readonly string[];
  readonly keyIds: readonly string[];
}

/** Marks of n attempts at p positions, one column per position, so that ten thousand attempts are read without objects. */
export interface ResponseTable {
  readonly attempts: number;
  readonly positions: readonly TablePosition[];
  /** By position; hundredths by attempt. */
  readonly marks: readonly Int32Array[];
  /** By position; bit k is set where the attempt chose option k. Zero: nothing chosen. */
  readonly picks: readonly Int32Array[];
}

/** T_i: the sum of an attempt's marks. */
export function totalsOf({ attempts, marks }: Pick<ResponseTable, 'attempts' | 'marks'>): Float64Array {
  const totals = new Float64Array(attempts);
  for (const column of marks) for (let i = 0; i < attempts; i += 1) totals[i]! += column[i]!;
  return totals;
}
