import type { Brand } from './brand.js';

/** Marks in integer hundredths of a point: 80 marks are 8000. */
export type Points = Brand<number, 'Points'>;

export const zeroPoints = 0 as Points;

/** Hundredths given as an integer. Throws on fractions: a float never becomes a mark. */
export function hundredths(value: number): Points {
  if (!Number.isSafeInteger(value)) throw new Error(`Marks are integer hundredths, not ${value}`);
  return value as Points;
}

/** Whole marks, `marks(80)` is 8000 hundredths. */
export function marks(whole: number): Points {
  return hundredths(Math.round(whole * 100));
}

/** Parses `80`, `79.5` or `98.48` without a float in between; undefined for anything else or more than two decimals. */
export function parsePoints(text: string): Points | undefined {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return undefined;
  const value = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0') || 0);
  return (match[1] ? -value : value) as Points;
}

/** `8000` as `80`, `7950` as `79.5`. */
export function formatPoints(points: Points): string {
  const sign = points < 0 ? '-' : '';
  const value = Math.abs(points);
  const rest = value % 100;
  const fraction = rest === 0 ? '' : `.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
  return `${sign}${Math.floor(value / 100)}${fraction}`;
}

export function sumPoints(values: Iterable<Points>): Points {
  let total = 0;
  for (const value of values) total += value;
  return total as Points;
}
