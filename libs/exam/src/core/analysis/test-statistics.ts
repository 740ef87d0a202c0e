import { centralMoments, covariance, median } from './moments.js';
import { totalsOf } from './response-table.js';
import type { ResponseTable } from './response-table.js';

/** Of the totals T_i. Points in hundredths; undefined values are null. Source: exam.md §4. */
export interface TestStatistics {
  readonly attempts: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly standardDeviation: number | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  /** 100 × Cronbach's α; a negative one is right and stays. */
  readonly internalConsistency: number | null;
  /** Null where the consistency is above 100 or unknown. */
  readonly errorRatio: number | null;
  /** Standard error of measurement, hundredths of a point. */
  readonly standardError: number | null;
}

export function testStatistics(table: ResponseTable, totals = totalsOf(table)): TestStatistics {
  const { attempts: n } = table;
  const moments = centralMoments(totals);
  const k2 = n > 1 && moments ? (n * moments.m2) / (n - 1) : null;
  const deviation = k2 === null ? null : Math.sqrt(k2);
  const consistency = consistencyOf(table, k2);
  const ratio = consistency === null || consistency > 100 ? null : 100 * Math.sqrt(1 - consistency / 100);
  return {
    attempts: n,
    mean: moments?.mean ?? null,
    median: median(totals),
    standardDeviation: deviation,
    ...shapeOf(moments, k2),
    internalConsistency: consistency,
    errorRatio: ratio,
    standardError: ratio === null || deviation === null ? null : (ratio / 100) * deviation,
  };
}

type Moments = ReturnType<typeof centralMoments>;

function shapeOf(moments: Moments, k2: number | null): Pick<TestStatistics, 'skewness' | 'kurtosis'> {
  if (!moments || k2 === null || k2 === 0) return { skewness: null, kurtosis: null };
  const { n, m2, m3, m4 } = moments;
  const k3 = n > 2 ? (n * n * m3) / ((n - 1) * (n - 2)) : null;
  const k4 = n > 3 ? (n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2)) / ((n - 1) * (n - 2) * (n - 3)) : null;
  return { skewness: k3 === null ? null : k3 / k2 ** 1.5, kurtosis: k4 === null ? null : k4 / (k2 * k2) };
}

function consistencyOf({ attempts: n, positions, marks }: ResponseTable, k2: number | null): number | null {
  // A voided question is no item of the test.
  const items = marks.filter((_, j) => positions[j]!.full > 0);
  const p = items.length;
  if (k2 === null || k2 === 0 || p < 2) return null;
  const variances = items.reduce((sum, column) => {
    let [x, xx] = [0, 0];
    for (const mark of column) {
      x += mark;
      xx += mark * mark;
    }
    return sum + (covariance(n, x, x, xx) ?? 0);
  }, 0);
  return ((100 * p) / (p - 1)) * (1 - variances / k2);
}
