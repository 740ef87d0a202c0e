import type { CivilDate } from '@xuekao/kernel';

/** Days `from` (included) to `to` (excluded); `to` null is open. ISO dates compare as text. */
export interface DatedPeriod {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

export function holdsOn(period: DatedPeriod, date: CivilDate): boolean {
  return period.from <= date && (period.to === null || date < period.to);
}

export function overlap(a: DatedPeriod, b: DatedPeriod): boolean {
  return (b.to === null || a.from < b.to) && (a.to === null || b.from < a.to);
}
