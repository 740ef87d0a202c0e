import { assertNever, hundredths } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';

/** Weights as whole parts of `denominator`, so that thirds stay exact. */
interface Weights {
  readonly denominator: number;
  readonly of: Readonly<Record<string, number>>;
}

/**
 * How the chosen options S of a multiple choice earn marks, with C the right and W the wrong options and M the full mark.
 * Source: exam.md §5, P1 to P10.
 */
export type MarkPolicy =
  | { readonly kind: 'all-or-nothing' }
  /** P2, P2b: any wrong choice gives 0; otherwise `perOption` hundredths each, or equal shares of M when absent. */
  | { readonly kind: 'part-without-wrong'; readonly perOption?: number }
  /** P3: right but incomplete gives half; an odd hundredth, or an odd whole mark, is rounded as said. */
  | { readonly kind: 'half-when-incomplete'; readonly round: 'down' | 'up-to-whole'; readonly noneUpTo?: number }
  /** P4: the sum of option fractions, kept in 0 to 1. */
  | { readonly kind: 'option-fractions'; readonly weights: Weights }
  /** P5: the mean over options of a score for a right, wrong or open decision, in parts of `denominator`. */
  | {
      readonly kind: 'mean-of-options';
      readonly denominator: number;
      readonly right: number;
      readonly wrong: number;
      readonly open: number;
    }
  /** P6: every decision counts; an empty choice gives 0. */
  | { readonly kind: 'every-decision' }
  /** P7: no error 1, one error ½ (more than 2 options), two errors ¼ (more than 4), else 0. */
  | { readonly kind: 'halves' }
  /** P8: marks mapped per distinct choice, a default for the rest, then bounds; an empty choice gives `empty`. */
  | {
      readonly kind: 'mapped';
      readonly of: Readonly<Record<string, number>>;
      readonly other: number;
      readonly lower?: number;
      readonly upper?: number;
      readonly empty: number;
    }
  /** P9: weights for and against, never below 0. */
  | { readonly kind: 'plus-minus'; readonly right: number; readonly wrong: number }
  /** P10: each right choice 1/|C|, each wrong one a penalty; `floor` keeps the mark at 0 or above. */
  | {
      readonly kind: 'penalised';
      readonly penalty: 'false2' | 'false' | 'true' | 'all' | 'none';
      readonly floor: boolean;
    };

export interface Choice {
  readonly options: ReadonlySet<string>;
  readonly correct: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  readonly full: Points;
}

interface Counts {
  readonly n: number;
  readonly right: number;
  readonly wrong: number;
  readonly wanted: number;
  readonly others: number;
}

function countsOf({ options, correct, chosen }: Choice): Counts {
  const right = [...chosen].filter((option) => correct.has(option)).length;
  return {
    n: options.size,
    right,
    wrong: chosen.size - right,
    wanted: correct.size,
    others: options.size - correct.size,
  };
}

/** `full × numerator ÷ denominator` floored to a whole hundredth, exact in between. */
function share(full: Points, numerator: number, denominator: number): number {
  const product = BigInt(full) * BigInt(numerator);
  const quotient = product / BigInt(denominator);
  const exact = quotient * BigInt(denominator) === product;
  return Number(product < 0n && !exact ? quotient - 1n : quotient);
}

function between(low: number, value: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

function half(full: Points, { round, noneUpTo = 0 }: Extract<MarkPolicy, { kind: 'half-when-incomplete' }>): number {
  if (full <= noneUpTo) return 0;
  return round === 'down' ? Math.floor(full / 2) : Math.min(full, Math.ceil(full / 200) * 100);
}

function meanOfOptions(choice: Choice, policy: Extract<MarkPolicy, { kind: 'mean-of-options' }>): number {
  let total = 0;
  for (const option of choice.options) {
    const decided = choice.chosen.has(option) === choice.correct.has(option);
    total += choice.chosen.size === 0 ? policy.open : decided ? policy.right : policy.wrong;
  }
  return share(choice.full, total, policy.denominator * choice.options.size);
}

function halves({ n, right, wrong, wanted }: Counts, full: Points): number {
  const errors = wrong + (wanted - right);
  if (errors === 0) return full;
  if (errors === 1 && n > 2) return share(full, 1, 2);
  return errors === 2 && n > 4 ? share(full, 1, 4) : 0;
}

function mapped({ chosen }: Choice, policy: Extract<MarkPolicy, { kind: 'mapped' }>): number {
  if (chosen.size === 0) return policy.empty;
  let total = 0;
  for (const option of chosen) total += policy.of[option] ?? policy.other;
  return between(policy.lower ?? -Infinity, total, policy.upper ?? Infinity);
}

function penalised(
  { right, wrong, wanted, others }: Counts,
  full: Points,
  { penalty, floor }: Extract<MarkPolicy, { kind: 'penalised' }>,
): number {
  const perWrong = { false2: Math.max(others, 2), false: Math.max(others, 1), true: wanted, all: 1, none: 0 }[penalty];
  const numerator = perWrong === 0 ? right : right * perWrong - wrong * wanted;
  const value = share(full, numerator, wanted * Math.max(perWrong, 1));
  return floor ? Math.max(0, value) : Math.max(-full, value);
}

/**
 * Marks of one multiple choice in hundredths, floored. From 0 to the full mark, except `penalised` without a floor, which
 * goes down to minus the full mark, and `mapped`, which keeps its own bounds.
 */
export function markChoice(choice: Choice, policy: MarkPolicy): Points {
  return hundredths(valueOf(choice, policy) + 0);
}

function valueOf(choice: Choice, policy: MarkPolicy): number {
  const { full, chosen } = choice;
  const counts = countsOf(choice);
  const { right, wrong, wanted, n } = counts;
  const complete = wrong === 0 && right === wanted;
  switch (policy.kind) {
    case 'all-or-nothing':
      return complete ? full : 0;
    case 'part-without-wrong':
      if (complete) return full;
      if (wrong > 0) return 0;
      return policy.perOption === undefined ? share(full, right, wanted) : Math.min(full, right * policy.perOption);
    case 'half-when-incomplete':
      if (complete) return full;
      return wrong > 0 || right === 0 ? 0 : half(full, policy);
    case 'option-fractions': {
      const { denominator, of } = policy.weights;
      const total = [...chosen].reduce((sum, option) => sum + (of[option] ?? 0), 0);
      return share(full, between(0, total, denominator), denominator);
    }
    case 'mean-of-options':
      return between(0, meanOfOptions(choice, policy), full);
    case 'every-decision':
      return chosen.size === 0 ? 0 : share(full, n - wrong - (wanted - right), n);
    case 'halves':
      return halves(counts, full);
    case 'mapped':
      return mapped(choice, policy);
    case 'plus-minus':
      return between(0, right * policy.right - wrong * policy.wrong, full);
    case 'penalised':
      return penalised(counts, full, policy);
    default:
      return assertNever(policy);
  }
}
