import {
  type BlankPolicy,
  type MarkingRules,
  type MarkPolicy,
  type MarkPolicyKind,
  markPolicies,
  type MatchingPolicy,
  type OrderingPolicy,
  type PolicySet,
} from '@xuekao/contracts';

/** A policy of each kind with its usual figures, in hundredths; `optionIds` and `full` are those of the question. */
export function usualPolicy(kind: MarkPolicyKind, optionIds: readonly string[] = [], full = 400): MarkPolicy {
  const even = Object.fromEntries(optionIds.map((id) => [id, 0]));
  switch (kind) {
    case 'option-fractions':
      return { kind, weights: { denominator: Math.max(2, optionIds.length), of: even } };
    case 'mapped':
      return { kind, of: even, other: 0, lower: 0, empty: 0 };
    case 'half-when-incomplete':
      return { kind, round: 'down' };
    case 'mean-of-options':
      return { kind, denominator: 1, right: 1, wrong: -1, open: 0 };
    case 'plus-minus':
      return { kind, right: Math.min(100, full), wrong: Math.min(100, full) };
    case 'penalised':
      return { kind, penalty: 'all', floor: true };
    case 'all-or-nothing':
    case 'part-without-wrong':
    case 'every-decision':
    case 'halves':
      return { kind };
    default:
      return kind satisfies never;
  }
}

export const policyKinds = Object.keys(markPolicies) as MarkPolicyKind[];
/** Kinds that may stand for an exam or a section: the others name options. */
export const wholeKinds = policyKinds.filter((kind) => !('perQuestion' in markPolicies[kind]));
export const policyName = (kind: MarkPolicyKind): string => `${markPolicies[kind].code} ${markPolicies[kind].name}`;

/** All ten as they are shown on the sample: four points, A to D, A, B and C right. */
export const samplePolicies: readonly MarkPolicy[] = policyKinds.map((kind): MarkPolicy => {
  if (kind === 'option-fractions') return { kind, weights: { denominator: 3, of: { A: 1, B: 1, C: 1, D: -1 } } };
  if (kind === 'mapped') return { kind, of: { A: 150, B: 150, C: 150, D: -100 }, other: 0, lower: 0, empty: 0 };
  return usualPolicy(kind);
});

export const ruledTypes = ['multiple', 'blank', 'ordering', 'matching'] as const satisfies readonly (keyof PolicySet)[];
export type RuledType = (typeof ruledTypes)[number];
export const isRuledType = (type: string): type is RuledType => ruledTypes.some((one) => one === type);

/** A set with the policy of one type changed, or without it. */
export function withPolicy(
  set: PolicySet,
  type: RuledType,
  policy: MarkPolicy | BlankPolicy | OrderingPolicy | MatchingPolicy | null,
): PolicySet {
  const { [type]: _before, ...rest } = set;
  return policy === null ? rest : ({ ...rest, [type]: policy } as PolicySet);
}

/** Rules with the set of one place changed; an empty set leaves no trace. */
export function withSet(
  rules: MarkingRules,
  place: { readonly kind: 'exam' } | { readonly kind: 'sections' | 'questions'; readonly key: number },
  set: PolicySet,
): MarkingRules {
  if (place.kind === 'exam') return { ...rules, exam: set };
  const { [String(place.key)]: _before, ...rest } = rules[place.kind];
  const sets = Object.keys(set).length > 0 ? { ...rest, [String(place.key)]: set } : rest;
  return { ...rules, [place.kind]: sets };
}

/** Equal shares of a question's marks over its blanks, the rest on the last one, so that they add up. */
export function evenShares(full: number, blanks: number): number[] {
  const each = Math.floor(full / blanks);
  return Array.from({ length: blanks }, (_, at) => (at === blanks - 1 ? full - each * (blanks - 1) : each));
}
