import type { ArbiterRule, MarkRounding, MarkerRole, MarkingMode, ScriptState } from '@xuekao/contracts';
import { assertNever, hundredths, refuse } from '@xuekao/kernel';
import type { Points, Refusal } from '@xuekao/kernel';

/** What a marker looks for, with its hundredths. */
export interface RubricLine {
  readonly text: string;
  readonly points: number;
}

export interface MarkingPlan {
  readonly mode: MarkingMode;
  /** Two marks further apart than this go to an arbiter. */
  readonly threshold: number;
  /** Marks are multiples of this, or the full mark. */
  readonly step: number;
  readonly rounding: MarkRounding;
  readonly arbiterRule: ArbiterRule;
  readonly rubric: readonly RubricLine[];
}

export const usualPlan: MarkingPlan = {
  mode: 'single',
  threshold: 200,
  step: 50,
  rounding: 'half-up',
  arbiterRule: 'arbiter',
  rubric: [],
};

export interface GivenMark {
  readonly role: MarkerRole;
  readonly marks: number;
}

export interface Verdict {
  readonly state: ScriptState;
  readonly marks: Points | null;
}

export function planRefusal(plan: MarkingPlan, full: number): Refusal | undefined {
  const { threshold, step, rubric } = plan;
  if (!Number.isSafeInteger(threshold) || threshold < 0) return refuse('exam.marking.threshold-invalid');
  if (!Number.isSafeInteger(step) || step < 1 || step > full) return refuse('exam.marking.step-invalid', { full });
  const sum = rubric.reduce((total, line) => total + line.points, 0);
  const isWhole = rubric.every(({ points, text }) => Number.isSafeInteger(points) && points > 0 && text.trim() !== '');
  return rubric.length === 0 || (isWhole && sum === full) ? undefined : refuse('exam.marking.rubric-invalid', { full });
}

/** Whether a mark may be given: within 0 and full, on the step, and as the rubric's lines add up where there are any. */
export function givenMarkRefusal(
  plan: MarkingPlan,
  full: number,
  marks: number,
  points: readonly number[] | null,
): Refusal | undefined {
  if (!Number.isSafeInteger(marks) || marks < 0 || marks > full) return refuse('exam.marking.marks-invalid', { full });
  if (marks !== full && marks % plan.step !== 0) return refuse('exam.marking.step-missed', { step: plan.step });
  if (points === null) return undefined;
  const fits =
    points.length === plan.rubric.length &&
    points.every((each, index) => Number.isSafeInteger(each) && each >= 0 && each <= plan.rubric[index]!.points) &&
    points.reduce((sum, each) => sum + each, 0) === marks;
  return fits ? undefined : refuse('exam.marking.points-invalid');
}

/** The mean of two marks, rounded to the step as said, and never outside the two. */
export function meanMark(a: number, b: number, { step, rounding }: Pick<MarkingPlan, 'step' | 'rounding'>): Points {
  const unit = 2 * step;
  const sum = a + b;
  const low = Math.floor(sum / unit) * step;
  const rest = sum % unit;
  const isUp = rest > 0 && (rounding === 'up' || (rounding === 'half-up' && rest >= step));
  const value = isUp ? low + step : low;
  return hundredths(Math.max(Math.min(a, b), Math.min(Math.max(a, b), value)));
}

function arbitrated(plan: MarkingPlan, [a, b]: readonly [number, number], arbiter: number): Points {
  switch (plan.arbiterRule) {
    case 'arbiter':
      return hundredths(arbiter);
    case 'nearer-mean':
      // Equally near: the higher one, in the member's favour.
      return meanMark(arbiter, nearer(arbiter, Math.max(a, b), Math.min(a, b)), plan);
    default:
      return assertNever(plan.arbiterRule);
  }
}

function nearer(to: number, first: number, second: number): number {
  return Math.abs(first - to) <= Math.abs(second - to) ? first : second;
}

/** Markers that a script needs before an arbiter. */
export function markersNeeded(plan: Pick<MarkingPlan, 'mode'>): number {
  return plan.mode === 'double' ? 2 : 1;
}

/** Where a script stands after these marks, in whatever order they came. */
export function verdictOf(plan: MarkingPlan, given: readonly GivenMark[]): Verdict {
  const [a, b] = given.filter((each) => each.role === 'marker').map((each) => each.marks);
  const arbiter = given.find((each) => each.role === 'arbiter')?.marks;
  if (a === undefined) return { state: 'waiting', marks: null };
  if (plan.mode === 'single') return { state: 'final', marks: hundredths(a) };
  if (b === undefined) return { state: 'waiting', marks: null };
  if (Math.abs(a - b) <= plan.threshold) return { state: 'final', marks: meanMark(a, b, plan) };
  if (arbiter === undefined) return { state: 'arbitration', marks: null };
  return { state: 'final', marks: arbitrated(plan, [a, b], arbiter) };
}

/**
 * ICC(1,1): one-way random effects, single ratings, absolute agreement – the share of the variance that comes from the
 * scripts. MSB = k·Σ(x̄_i − x̄)²/(n − 1), MSW = ΣΣ(x_ij − x̄_i)²/(n(k − 1)), ICC = (MSB − MSW)/(MSB + (k − 1)·MSW).
 * One-way, because any two of the markers read a script. Null with fewer than two scripts or without any variance; a
 * negative value is right and stays. Source: Shrout and Fleiss 1979, Psychological Bulletin 86(2), case 1.
 */
export function intraclassCorrelation(ratings: readonly (readonly number[])[]): number | null {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (n < 2 || k < 2) return null;
  const means = ratings.map((row) => row.reduce((sum, each) => sum + each, 0) / k);
  const grand = means.reduce((sum, each) => sum + each, 0) / n;
  const between = (k * means.reduce((sum, mean) => sum + (mean - grand) ** 2, 0)) / (n - 1);
  const squares = ratings.map((row, i) => row.reduce((sum, each) => sum + (each - means[i]!) ** 2, 0));
  const within = squares.reduce((sum, each) => sum + each, 0) / (n * (k - 1));
  const total = between + (k - 1) * within;
  return total === 0 ? null : (between - within) / total;
}
