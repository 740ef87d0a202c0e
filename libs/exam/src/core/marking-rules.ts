import type {
  BlankPolicy,
  MarkPolicy,
  MarkingRules,
  MatchingPolicy,
  MultiplePolicy,
  OrderingPolicy,
  PolicySet,
} from '@xuekao/contracts';
import { markPolicies } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';

export type CompletePolicies = Required<PolicySet>;

export const usualPolicies: CompletePolicies = {
  multiple: { kind: 'all-or-nothing' },
  blank: { kind: 'per-blank' },
  ordering: { kind: 'all-or-nothing' },
  matching: { kind: 'per-pair' },
};

/** What an exam without rules of its own says with its one choice. */
export function rulesFrom(multiple: MultiplePolicy): MarkingRules {
  return { exam: { multiple: { kind: multiple } }, sections: {}, questions: {} };
}

/** The question's policy, else its section's, else the exam's, else the usual one; of every type on its own. */
export function policiesOf(rules: MarkingRules, number: number, section: number): CompletePolicies {
  return {
    ...usualPolicies,
    ...rules.exam,
    ...rules.sections[String(section)],
    ...rules.questions[String(number)],
  };
}

/** A question of a paper as far as policies concern it. */
export interface RuledItem {
  readonly number: number;
  readonly section: number;
  readonly marks: number;
  readonly type: string;
  /** What policies may name; empty where nothing is chosen. */
  readonly optionIds: readonly string[];
  readonly blanks: number;
}

type Fields = Readonly<Record<string, unknown>>;
const most = 10_000_000;

function malformed(path: string): Refusal {
  return refuse('exam.policy.malformed', { path });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && Math.abs(value as number) <= most;
}

function hasOnly(value: Fields, ...names: readonly string[]): boolean {
  return Object.keys(value).every((name) => name === 'kind' || names.includes(name));
}

function isOptional(value: unknown, least: number): boolean {
  return value === undefined || isWhole(value, least);
}

function isWeightMap(value: unknown): value is Readonly<Record<string, number>> {
  return isFields(value) && Object.values(value).every((each) => isWhole(each, -most));
}

const multipleShapes: Readonly<Record<MarkPolicy['kind'], (value: Fields) => boolean>> = {
  'all-or-nothing': (value) => hasOnly(value),
  'part-without-wrong': (value) => hasOnly(value, 'perOption') && isOptional(value.perOption, 1),
  'half-when-incomplete': (value) =>
    hasOnly(value, 'round', 'noneUpTo') &&
    ['down', 'up', 'up-to-whole'].includes(String(value.round)) &&
    isOptional(value.noneUpTo, 0),
  'option-fractions': ({ weights, ...rest }) =>
    hasOnly(rest) && isFields(weights) && isWhole(weights.denominator, 1) && isWeightMap(weights.of),
  'mean-of-options': (value) =>
    hasOnly(value, 'denominator', 'right', 'wrong', 'open') &&
    isWhole(value.denominator, 1) &&
    [value.right, value.wrong, value.open].every((each) => isWhole(each, -most)),
  'every-decision': (value) => hasOnly(value),
  halves: (value) => hasOnly(value),
  mapped: (value) =>
    hasOnly(value, 'of', 'other', 'lower', 'upper', 'empty') &&
    isWeightMap(value.of) &&
    isWhole(value.other, -most) &&
    isWhole(value.empty, -most) &&
    isOptional(value.lower, -most) &&
    isOptional(value.upper, 0) &&
    Number(value.lower ?? 0) <= Number(value.upper ?? most),
  'plus-minus': (value) =>
    hasOnly(value, 'right', 'wrong', 'passAt') &&
    isWhole(value.right, 1) &&
    isWhole(value.wrong, 0) &&
    isOptional(value.passAt, 1) &&
    Number(value.passAt ?? 0) <= 10_000,
  penalised: (value) =>
    hasOnly(value, 'penalty', 'floor') &&
    ['false2', 'false', 'true', 'all', 'none'].includes(String(value.penalty)) &&
    typeof value.floor === 'boolean',
};

function isMultiplePolicy(value: unknown): value is MarkPolicy {
  if (!isFields(value) || typeof value.kind !== 'string' || !Object.hasOwn(multipleShapes, value.kind)) return false;
  return multipleShapes[value.kind as MarkPolicy['kind']](value);
}

function isBlankPolicy(value: unknown): value is BlankPolicy {
  if (!isFields(value)) return false;
  if (value.kind === 'all-or-nothing') return hasOnly(value);
  const { shares } = value;
  const areShares = shares === undefined || (Array.isArray(shares) && shares.every((each) => isWhole(each, 0)));
  return value.kind === 'per-blank' && hasOnly(value, 'shares') && areShares;
}

function isOrderingPolicy(value: unknown): value is OrderingPolicy {
  const kinds = ['all-or-nothing', 'per-place', 'per-neighbours', 'longest-order'];
  return isFields(value) && hasOnly(value) && kinds.includes(String(value.kind));
}

function isMatchingPolicy(value: unknown): value is MatchingPolicy {
  if (!isFields(value)) return false;
  if (value.kind === 'all-or-nothing') return hasOnly(value);
  const { wrongTakesBack } = value;
  const isFlag = wrongTakesBack === undefined || typeof wrongTakesBack === 'boolean';
  return value.kind === 'per-pair' && hasOnly(value, 'wrongTakesBack') && isFlag;
}

const setShapes: Readonly<Record<keyof PolicySet, (value: unknown) => boolean>> = {
  multiple: isMultiplePolicy,
  blank: isBlankPolicy,
  ordering: isOrderingPolicy,
  matching: isMatchingPolicy,
};

function setRefusal(value: unknown, path: string): Refusal | undefined {
  if (!isFields(value)) return malformed(path);
  for (const [name, policy] of Object.entries(value)) {
    if (!Object.hasOwn(setShapes, name)) return malformed(`${path}.${name}`);
    if (!setShapes[name as keyof PolicySet](policy)) return malformed(`${path}.${name}`);
  }
  return undefined;
}

/** Policies that name options, or shares of blanks, hold for one question alone. */
function wideRefusal(set: PolicySet, path: string): Refusal | undefined {
  const named = set.multiple && 'perQuestion' in markPolicies[set.multiple.kind];
  const shared = set.blank?.kind === 'per-blank' && set.blank.shares !== undefined;
  return named || shared ? refuse('exam.policy.needs-question', { path }) : undefined;
}

function namedOptions(policy: MarkPolicy | undefined): readonly string[] {
  if (policy?.kind === 'option-fractions') return Object.keys(policy.weights.of);
  return policy?.kind === 'mapped' ? Object.keys(policy.of) : [];
}

function questionRefusal(set: PolicySet, item: RuledItem): Refusal | undefined {
  const { number } = item;
  const strange = namedOptions(set.multiple).find((id) => !item.optionIds.includes(id));
  if (strange !== undefined) return refuse('exam.policy.option-unknown', { number, option: strange });
  const shares = set.blank?.kind === 'per-blank' ? set.blank.shares : undefined;
  if (!shares) return undefined;
  const fits = shares.length === item.blanks && shares.reduce((sum, each) => sum + each, 0) === item.marks;
  return fits ? undefined : refuse('exam.policy.shares-invalid', { number, blanks: item.blanks });
}

function keyedSets(value: unknown, path: string, known: ReadonlySet<string>): Refusal | Record<string, PolicySet> {
  if (!isFields(value)) return malformed(path);
  for (const [key, set] of Object.entries(value)) {
    if (!known.has(key)) return malformed(`${path}.${key}`);
    const refusal = setRefusal(set, `${path}.${key}`);
    if (refusal) return refusal;
  }
  return value as Record<string, PolicySet>;
}

/**
 * Rules as a client sends them, checked against the paper. Refuses 'exam.policy.malformed' with the path, a policy that
 * names options where it does not stand on one question, options the question does not have, and shares of blanks that do
 * not add up to its mark.
 */
export function parseRules(value: unknown, items: readonly RuledItem[]): MarkingRules | Refusal {
  if (!isFields(value)) return malformed('rules');
  const { exam = {}, sections = {}, questions = {}, ...rest } = value;
  if (Object.keys(rest).length > 0) return malformed(Object.keys(rest)[0]!);
  const wrong = setRefusal(exam, 'exam') ?? wideRefusal(exam as PolicySet, 'exam');
  if (wrong) return wrong;
  const bySection = keyedSets(sections, 'sections', new Set(items.map((item) => String(item.section))));
  if (isRefusal(bySection)) return bySection;
  for (const [key, set] of Object.entries(bySection)) {
    const wide = wideRefusal(set, `sections.${key}`);
    if (wide) return wide;
  }
  const byNumber = keyedSets(questions, 'questions', new Set(items.map((item) => String(item.number))));
  if (isRefusal(byNumber)) return byNumber;
  for (const item of items) {
    const refusal = questionRefusal(byNumber[String(item.number)] ?? {}, item);
    if (refusal) return refusal;
  }
  return { exam: exam as PolicySet, sections: bySection, questions: byNumber };
}
