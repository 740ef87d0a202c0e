import fc from 'fast-check';
import { aTable } from './analysis.builders.js';
import type { TableItem } from './analysis.builders.js';
import { choiceStatistics } from './distractors.js';
import { upperLower } from './extreme-groups.js';
import { itemStatistics } from './item-statistics.js';
import { testStatistics } from './test-statistics.js';

/** The formulas of exam.md §4 written down a second time: plain loops over plain arrays, one formula a line. */
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
/** Of whole numbers it is a multiple of 1/(n(n − 1)): anything smaller is what floating point left of a 0. */
const cov = (xs: readonly number[], ys: readonly number[]): number => {
  const [mx, my] = [mean(xs), mean(ys)];
  const found = xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i]! - my), 0) / (xs.length - 1);
  return Math.abs(found) * xs.length * xs.length < 0.5 ? 0 : found;
};
const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
const isFlat = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

function expectClose(found: number | null, wanted: number | null): void {
  if (wanted === null || found === null) return expect(found).toBe(wanted);
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

const tables = fc.record({ n: fc.integer({ min: 2, max: 40 }), p: fc.integer({ min: 2, max: 8 }) }).chain(({ n, p }) =>
  fc.array(
    fc.constantFrom(100, 200, 350).chain((full) =>
      fc
        .array(fc.constantFrom(0, 0, full, full, Math.floor(full / 2)), { minLength: n, maxLength: n })
        .map((marks): TableItem => ({
          marks,
          full,
          picks: marks.map((mark) => (mark === full ? [0] : [1 + (mark % 3)])),
        })),
    ),
    { minLength: p, maxLength: p },
  ),
);

const totalsOfItems = (items: readonly TableItem[]): number[] =>
  items[0]!.marks.map((_, i) => items.reduce((sum, item) => sum + item.marks[i]!, 0));

describe('statistics of an exam', () => {
  it('agree with an independent computation of every item to 1e-9', () => {
    fc.assert(
      fc.property(tables, (items) => {
        const totals = totalsOfItems(items);
        const weights = items.map(({ marks }) => cov(marks, totals));
        const isOpposed = weights.map((weight) => weight < -1e-9);
        const all = weights.reduce((sum, weight) => sum + Math.sqrt(Math.max(0, weight)), 0);
        for (const [j, found] of itemStatistics(aTable(...items)).entries()) {
          const { marks, full = 100 } = items[j]!;
          const rest = totals.map((total, i) => total - marks[i]!);
          const hasSpread = !isFlat(marks) && !isFlat(rest);
          const most = cov(ascending(marks), ascending(rest));
          expectClose(found.facility, (100 * mean(marks)) / full);
          expectClose(found.standardDeviation, Math.sqrt(cov(marks, marks)));
          expectClose(
            found.discrimination,
            hasSpread ? (100 * cov(marks, rest)) / Math.sqrt(cov(marks, marks) * cov(rest, rest)) : null,
          );
          expectClose(found.efficiency, hasSpread ? (100 * cov(marks, rest)) / most : null);
          expect(found.hasNegativeCovariance).toBe(isOpposed[j]);
          if (!isOpposed[j] && weights[j]! > 1e-9)
            expectClose(found.effectiveWeight, (100 * Math.sqrt(weights[j]!)) / all);
        }
      }),
    );
  });

  it('agree with an independent computation of the test to 1e-9', () => {
    fc.assert(
      fc.property(tables, (items) => {
        const totals = totalsOfItems(items);
        const n = totals.length;
        const p = items.length;
        const found = testStatistics(aTable(...items));
        const m = (r: number): number => mean(totals.map((total) => (total - mean(totals)) ** r));
        const k2 = (n * m(2)) / (n - 1);
        expectClose(found.mean, mean(totals));
        expectClose(found.standardDeviation, Math.sqrt(k2));
        if (isFlat(totals)) return expect(found).toMatchObject({ skewness: null, internalConsistency: null });
        if (n > 2) expectClose(found.skewness, (n * n * m(3)) / ((n - 1) * (n - 2)) / k2 ** 1.5);
        if (n > 3) {
          const k4 = (n * n * ((n + 1) * m(4) - 3 * (n - 1) * m(2) ** 2)) / ((n - 1) * (n - 2) * (n - 3));
          expectClose(found.kurtosis, k4 / k2 ** 2);
        }
        const alpha = (p / (p - 1)) * (1 - items.reduce((sum, { marks }) => sum + cov(marks, marks), 0) / k2);
        expectClose(found.internalConsistency, 100 * alpha);
        expectClose(found.standardError, Math.sqrt(k2) * Math.sqrt(1 - alpha));
      }),
    );
  });

  it('do not hang on the order of the attempts', () => {
    fc.assert(
      fc.property(tables, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (items, keys) => {
        const order = items[0]!.marks.map((_, i) => [keys.next().value!, i] as const).toSorted((a, b) => a[0] - b[0]);
        const moved = items.map((item) => ({
          ...item,
          marks: order.map(([, i]) => item.marks[i]!),
          picks: order.map(([, i]) => item.picks![i]!),
        }));
        const [before, after] = [aTable(...items), aTable(...moved)];
        for (const [j, found] of itemStatistics(after).entries()) {
          expectClose(found.d27, itemStatistics(before)[j]!.d27);
          expectClose(found.discrimination, itemStatistics(before)[j]!.discrimination);
        }
        expect(choiceStatistics(after).map((each) => each.options.map((option) => option.chosen))).toEqual(
          choiceStatistics(before).map((each) => each.options.map((option) => option.chosen)),
        );
      }),
    );
  });

  it('hold exactly 27 % in each extreme group', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 60 }), (totals) => {
        const { top, bottom } = upperLower(totals);
        for (const group of [top, bottom]) {
          expect(group.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(group.size, 9);
          for (const weight of group.weights) expect(weight >= 0 && weight <= 1).toBe(true);
        }
      }),
    );
  });
});
