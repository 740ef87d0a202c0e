import type { QuestionType } from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import { upperLower } from './extreme-groups.js';
import type { ExtremeGroups } from './extreme-groups.js';
import { covarianceOf, pairSums, varianceOfX, varianceOfY } from './moments.js';
import type { PairSums } from './moments.js';
import { totalsOf } from './response-table.js';
import type { ResponseTable, TablePosition } from './response-table.js';

/** Undefined values are null, never 0 or NaN. Percentages are on the scale of 100. Source: exam.md §4 (Moodle's definitions). */
export interface ItemStatistics {
  readonly number: number;
  readonly attempts: number;
  /** Mean mark over full mark, per cent; null where the full mark is 0. */
  readonly facility: number | null;
  /** In hundredths of a point; null below two attempts. */
  readonly standardDeviation: number | null;
  /** What blind guessing earns, per cent of the full mark; null where it cannot be said (multiple choice). */
  readonly randomGuess: number | null;
  readonly intendedWeight: number | null;
  /** Share of the item in the spread of the totals; null at a negative covariance. */
  readonly effectiveWeight: number | null;
  readonly hasNegativeCovariance: boolean;
  /** Item-rest correlation × 100; null without spread on either side. */
  readonly discrimination: number | null;
  /** Covariance over the largest that these marks could have × 100; null where that is 0. */
  readonly efficiency: number | null;
  /** p(top 27 %) − p(bottom 27 %), −100 to 100; null below two attempts or at a full mark of 0. */
  readonly d27: number | null;
}

interface ItemSums {
  readonly position: TablePosition;
  readonly marks: Int32Array;
  readonly rest: Float64Array;
  readonly withRest: PairSums;
  /** ct_j: covariance with the total. */
  readonly withTotal: number | null;
}

export function itemStatistics(table: ResponseTable, totals = totalsOf(table)): ItemStatistics[] {
  const sums = table.positions.map((position, j) => itemSums(position, table.marks[j]!, totals));
  const allFull = table.positions.reduce((sum, position) => sum + position.full, 0);
  const allWeights = sums.reduce((sum, { withTotal }) => sum + Math.sqrt(Math.max(0, withTotal ?? 0)), 0);
  const groups = upperLower(totals);
  return sums.map((item) => statisticsOf(item, allFull, allWeights, groups));
}

function itemSums(position: TablePosition, marks: Int32Array, totals: Float64Array): ItemSums {
  const rest = position.isRandom ? totals : totals.map((total, i) => total - marks[i]!);
  return {
    position,
    marks,
    rest,
    withRest: pairSums(marks, rest),
    withTotal: covarianceOf(pairSums(marks, totals)),
  };
}

function statisticsOf(item: ItemSums, allFull: number, allWeights: number, groups: ExtremeGroups): ItemStatistics {
  const { position, marks, withRest, withTotal } = item;
  const { full } = position;
  const { n } = withRest;
  const variance = varianceOfX(withRest);
  const isNegative = withTotal !== null && withTotal < 0;
  const canWeigh = withTotal !== null && !isNegative && allWeights > 0;
  return {
    number: position.number,
    attempts: n,
    facility: full > 0 && n > 0 ? (100 * withRest.x) / (n * full) : null,
    standardDeviation: variance === null ? null : Math.sqrt(variance),
    randomGuess: randomGuess(position.type, position.optionIds.length),
    intendedWeight: allFull > 0 ? (100 * full) / allFull : null,
    effectiveWeight: canWeigh ? (100 * Math.sqrt(withTotal)) / allWeights : null,
    hasNegativeCovariance: isNegative,
    discrimination: discriminationOf(withRest),
    efficiency: efficiencyOf(item),
    d27: d27Of(marks, full, groups),
  };
}

function discriminationOf(sums: PairSums): number | null {
  const [x, y, xy] = [varianceOfX(sums), varianceOfY(sums), covarianceOf(sums)];
  if (x === null || y === null || xy === null || x * y === 0) return null;
  return (100 * xy) / Math.sqrt(x * y);
}

function efficiencyOf({ marks, rest, withRest }: ItemSums): number | null {
  const found = covarianceOf(withRest);
  const most = covarianceOf(pairSums(marks.toSorted(), rest.toSorted()));
  return found === null || most === null || most === 0 ? null : (100 * found) / most;
}

function d27Of(marks: Int32Array, full: number, { top, bottom }: ExtremeGroups): number | null {
  if (full <= 0 || marks.length < 2) return null;
  return (100 * (top.meanOf(marks) - bottom.meanOf(marks))) / full;
}

/** Per cent of the full mark; a choice with one right option among k earns 1/k. */
export function randomGuess(type: QuestionType, options: number): number | null {
  switch (type) {
    case 'single':
      return options > 0 ? 100 / options : null;
    case 'true-false':
      return 50;
    case 'multiple':
      return null;
    case 'blank':
    case 'short-answer':
    case 'ordering':
    case 'matching':
      return 0;
    default:
      return assertNever(type);
  }
}
