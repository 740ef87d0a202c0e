import { civilDate, type CivilDate } from '@xuekao/kernel';

/** Days `from` (included) to `to` (excluded). */
export interface Span {
  readonly from: CivilDate;
  readonly to: CivilDate;
}

const day = (year: number, month: number): CivilDate => civilDate(`${year}-${String(month).padStart(2, '0')}-01`);

function months(year: number, first: number, count: number): Span {
  const after = first + count;
  return { from: day(year, first), to: after > 12 ? day(year + 1, after - 12) : day(year, after) };
}

export const yearSpan = (year: number): Span => months(year, 1, 12);
export const quarterSpan = (year: number, quarter: number): Span => months(year, quarter * 3 - 2, 3);
export const monthSpan = (year: number, month: number): Span => months(year, month, 1);

export const isWithin = (date: CivilDate, span: Span): boolean => span.from <= date && date < span.to;

/** 1 to 12. */
export const monthOf = (date: CivilDate): number => Number(date.slice(5, 7));
/** 1 to 4. */
export const quarterOf = (date: CivilDate): number => Math.ceil(monthOf(date) / 3);
