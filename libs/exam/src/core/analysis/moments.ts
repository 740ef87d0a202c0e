/** Whole numbers of two columns: sums stay below 2^53, products of sums are taken exactly. */
export interface PairSums {
  readonly n: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly yy: number;
  readonly xy: number;
}

export function pairSums(xs: ArrayLike<number>, ys: ArrayLike<number>): PairSums {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let i = 0; i < xs.length; i += 1) {
    const a = xs[i]!;
    const b = ys[i]!;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return { n: xs.length, x, y, xx, yy, xy };
}

/**
 * Σ(x − x̄)(y − ȳ) / (n − 1) of whole numbers; null below two attempts. The difference of the two large products is taken
 * in whole numbers: no variance of equal marks comes out as 1e-17 instead of 0.
 */
export function covariance(n: number, x: number, y: number, xy: number): number | null {
  if (n < 2) return null;
  return Number(BigInt(n) * BigInt(xy) - BigInt(x) * BigInt(y)) / (n * (n - 1));
}

export const covarianceOf = ({ n, x, y, xy }: PairSums): number | null => covariance(n, x, y, xy);
export const varianceOfX = ({ n, x, xx }: PairSums): number | null => covariance(n, x, x, xx);
export const varianceOfY = ({ n, y, yy }: PairSums): number | null => covariance(n, y, y, yy);

/** Mean, central moments m_r = Σ(x − x̄)^r / n. Null without values. */
export interface CentralMoments {
  readonly n: number;
  readonly mean: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

export function centralMoments(values: ArrayLike<number>): CentralMoments | null {
  const n = values.length;
  if (n === 0) return null;
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i]!;
  const mean = sum / n;
  let [m2, m3, m4] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    // n·x − Σx is a whole number, so equal values differ from their mean by nothing.
    const d = (n * values[i]! - sum) / n;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  return { n, mean, m2: m2 / n, m3: m3 / n, m4: m4 / n };
}

/** The middle one, or the mean of the middle two. Null without values. */
export function median(values: ArrayLike<number>): number | null {
  const n = values.length;
  if (n === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const half = Math.floor(n / 2);
  return n % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
