import type { MarkPolicy, MarkPolicyKind } from '@xuekao/contracts';

/** Policies that fit an exam or a section as a whole, with their usual figures; what names options fits single questions. */
export const wholePolicies = {
  'all-or-nothing': { kind: 'all-or-nothing' },
  'part-without-wrong': { kind: 'part-without-wrong' },
  'half-when-incomplete': { kind: 'half-when-incomplete', round: 'down' },
  'mean-of-options': { kind: 'mean-of-options', denominator: 1, right: 1, wrong: -1, open: 0 },
  'every-decision': { kind: 'every-decision' },
  halves: { kind: 'halves' },
  'plus-minus': { kind: 'plus-minus', right: 100, wrong: 100 },
  penalised: { kind: 'penalised', penalty: 'all', floor: true },
} as const satisfies Partial<Record<MarkPolicyKind, MarkPolicy>>;
export type WholePolicyKind = keyof typeof wholePolicies;
export const isWholePolicy = (kind: string): kind is WholePolicyKind => Object.hasOwn(wholePolicies, kind);

/** Hundredths of a question of 4 points, options A to D, right ABC: for the answers ABC, AB and ABD. */
export const workedExamples: Readonly<Record<WholePolicyKind, readonly [number, number, number]>> = {
  'all-or-nothing': [400, 0, 0],
  'part-without-wrong': [400, 266, 0],
  'half-when-incomplete': [400, 200, 0],
  'mean-of-options': [400, 200, 0],
  'every-decision': [400, 300, 200],
  halves: [400, 200, 0],
  'plus-minus': [300, 200, 100],
  penalised: [400, 266, 0],
};
