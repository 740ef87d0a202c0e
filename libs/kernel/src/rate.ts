/** A rate is its two counts; it is never stored or shown alone. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

export function rate(numerator: number, denominator: number): Rate {
  return { numerator, denominator };
}

/** Hundredths of a percent, floored: 65/66 is 9848. Null when nothing was due, never 0 or NaN. */
export function basisPointsFloor({ numerator, denominator }: Rate): number | null {
  if (denominator === 0) return null;
  return Number((BigInt(numerator) * 10_000n) / BigInt(denominator));
}

/**
 * `98.48%`, rounded half up to two decimals for tables; `100%` only where both counts are equal (65 999/66 000 shows
 * 99.99%), `—` when nothing was due. Sentences with 以上 take {@link basisPointsFloor} instead.
 */
export function formatRate(value: Rate): string {
  const { numerator, denominator } = value;
  if (denominator === 0) return '—';
  if (numerator === denominator) return '100%';
  const rounded = Number((BigInt(numerator) * 20_000n + BigInt(denominator)) / (BigInt(denominator) * 2n));
  const points = numerator < denominator ? Math.min(rounded, 9999) : rounded;
  return `${Math.floor(points / 100)}.${String(points % 100).padStart(2, '0')}%`;
}
