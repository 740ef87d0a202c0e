import type { MarkPolicy } from '@xuekao/contracts';
import { assertNever, hundredths } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';

export type { MarkPolicy };

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
export function share(full: Points, numerator: number, denominator: number): number {
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
  switch (round) {
    case 'down':
      return Math.floor(full / 2);
    case 'up':
      return Math.ceil(full / 2);
    case 'up-to-whole':
      return Math.min(full, Math.ceil(full / 200) * 100);
    default:
      return assertNever(round);
  }
}

function meanOfOptions(choice: Choice, policy: Extract<MarkPolicy, { kind: 'mean-of-options' }>): number {
  let total = 0;
  for (const option of choice.options) {
    const decided = choice.chosen.has(option) === choice.correct.has(option);
    total += decided ? policy.right : policy.wrong;
  }
  return share(choice.full, total, policy.denominator * choice.options.size);
}

function halves({ n, right, wrong, wanted }: Counts, full: Points): number {
  const errors = wrong + (wanted - right);
  if (errors === 0) return full;
  if (errors === 1 && n > 2) return share(full, 1, 2);
  return errors === 2 && n > 4 ? share(full, 1, 4) : 0;
}

function mapped({ chosen, full }: Choice, policy: Extract<MarkPolicy, { kind: 'mapped' }>): number {
  const upper = Math.min(full, policy.upper ?? full);
  let total = 0;
  for (const option of chosen)
    total += (Object.hasOwn(policy.of, option) ? policy.of[option] : undefined) ?? policy.other;
  return between(policy.lower ?? -full, total, upper);
}

function plusMinus(
  { right, wrong }: Counts,
  full: Points,
  policy: Extract<MarkPolicy, { kind: 'plus-minus' }>,
): number {
  const value = between(0, right * policy.right - wrong * policy.wrong, full);
  if (policy.passAt === undefined) return value;
  return value * 10_000 >= full * policy.passAt ? full : 0;
}

/** Least and most that a policy may give for a question of this full mark. */
export function boundsOf(policy: MarkPolicy, full: Points): { readonly least: number; readonly most: number } {
  switch (policy.kind) {
    case 'mapped':
      return { least: policy.lower ?? -full, most: Math.min(full, policy.upper ?? full) };
    case 'penalised':
      return { least: policy.floor ? 0 : -full, most: full };
    default:
      return { least: 0, most: full };
  }
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
 * Marks of one multiple choice in hundredths, floored; always within {@link boundsOf}. Who chooses nothing has answered
 * nothing and earns 0, but for the two policies that name a score for that: P5 (`open`) and P8 (`empty`).
 */
export function markChoice(choice: Choice, policy: MarkPolicy): Points {
  return hundredths((choice.chosen.size === 0 ? openValue(choice.full, policy) : valueOf(choice, policy)) + 0);
}

function openValue(full: Points, policy: MarkPolicy): number {
  switch (policy.kind) {
    case 'mean-of-options':
      return between(0, share(full, policy.open, policy.denominator), full);
    case 'mapped':
      return between(policy.lower ?? -full, policy.empty, Math.min(full, policy.upper ?? full));
    default:
      return 0;
  }
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
      return share(full, n - wrong - (wanted - right), n);
    case 'halves':
      return halves(counts, full);
    case 'mapped':
      return mapped(choice, policy);
    case 'plus-minus':
      return plusMinus(counts, full, policy);
    case 'penalised':
      return penalised(counts, full, policy);
    default:
      return assertNever(policy);
  }
}
