import type { AnswerContent } from '@xuekao/contracts';
import { hundredths } from '@xuekao/kernel';
import { grade } from './grading.js';
import type { GradedQuestion } from './grading.js';
import { usualPolicies } from './marking-rules.js';
import { markChoice } from './mark-policy.js';
import type { MarkPolicy } from './mark-policy.js';

/** Each sign of the strings is one option id. */
function mark(policy: MarkPolicy, options: string, correct: string, chosen: string, full = 100): number {
  return markChoice(
    { options: new Set(options), correct: new Set(correct), chosen: new Set(chosen), full: hundredths(full) },
    policy,
  );
}

/** As an exam marks it, with the answer saved as chosen; null where nothing was ever saved. */
function graded(policy: MarkPolicy, options: string, correct: string, chosen: string | null, full: number) {
  const question: GradedQuestion = {
    number: 1,
    body: { type: 'multiple', stem: '题', options: [...options].map((id) => ({ id, text: id })) },
    key: { kind: 'choice', optionIds: [...correct] },
    full: hundredths(full),
    policies: { ...usualPolicies, multiple: policy },
  };
  const answer: AnswerContent | null = chosen === null ? null : { kind: 'choice', optionIds: [...chosen] };
  const sheet = grade([question], new Map(answer ? [[1, answer]] : []), () => false);
  return sheet.marks[0]!.marks;
}

type Vector = readonly [chosen: string, hundredths: number];

function holds(
  name: string,
  policy: MarkPolicy,
  options: string,
  correct: string,
  full: number,
  vectors: readonly Vector[],
): void {
  describe(name, () => {
    it.each(vectors)('gives {%s} %i hundredths', (chosen, expected) => {
      expect(mark(policy, options, correct, chosen, full)).toBe(expected);
      expect(graded(policy, options, correct, chosen, full)).toBe(expected);
      if (chosen === '') expect(graded(policy, options, correct, null, full)).toBe(expected);
    });
  });
}

holds('P1 all or nothing', { kind: 'all-or-nothing' }, 'ABCDEF', 'DEF', 100, [
  ['DEF', 100],
  ['FED', 100],
  ['EF', 0],
  ['ADEF', 0],
  ['', 0],
]);
holds('P2 part without wrong, equal shares', { kind: 'part-without-wrong' }, 'ABCD', 'ABD', 200, [
  ['ABD', 200],
  ['AB', 133],
  ['A', 66],
  ['ABC', 0],
  ['C', 0],
  ['', 0],
]);
holds('P2b half a mark per option', { kind: 'part-without-wrong', perOption: 50 }, 'ABCDE', 'ABDE', 200, [
  ['ABDE', 200],
  ['ABD', 150],
  ['A', 50],
  ['AC', 0],
]);
holds('P3 half when incomplete, rounded down', { kind: 'half-when-incomplete', round: 'down' }, 'ABCD', 'AB', 300, [
  ['AB', 300],
  ['A', 150],
  ['AC', 0],
  ['', 0],
]);
holds(
  'P3 half when incomplete, up to whole marks, nothing for small questions',
  { kind: 'half-when-incomplete', round: 'up-to-whole', noneUpTo: 100 },
  'ABCD',
  'AB',
  300,
  [['A', 200]],
);
holds(
  'P4 option fractions',
  { kind: 'option-fractions', weights: { denominator: 2, of: { A: 1, B: -2, C: 1, D: -2 } } },
  'ABCD',
  'AC',
  100,
  [
    ['AC', 100],
    ['A', 50],
    ['ABC', 0],
    ['B', 0],
  ],
);
holds(
  'P5 mean over options',
  { kind: 'mean-of-options', denominator: 1, right: 1, wrong: 0, open: 0 },
  'ABCD',
  'AB',
  100,
  [
    ['AB', 100],
    ['A', 75],
    ['CD', 0],
    ['', 0],
  ],
);
holds('P6 every decision counts', { kind: 'every-decision' }, '0123', '23', 100, [
  ['2', 75],
  ['23', 100],
  ['01', 0],
  ['', 0],
]);
holds('P7 halves', { kind: 'halves' }, '0123', '23', 100, [
  ['2', 50],
  ['23', 100],
  ['12', 0],
]);
holds('P7 halves with five options', { kind: 'halves' }, '01234', '23', 100, [
  ['24', 25],
  ['234', 50],
  ['', 0],
]);
holds(
  'P8 mapped response',
  { kind: 'mapped', of: { H: 100, O: 100, C: -100 }, other: -200, lower: 0, upper: 200, empty: 0 },
  'HOCe',
  'HO',
  200,
  [
    ['HO', 200],
    ['O', 100],
    ['CHO', 100],
    ['eCHO', 0],
    ['', 0],
  ],
);
holds('P3 half when incomplete, half a hundredth up', { kind: 'half-when-incomplete', round: 'up' }, 'ABC', 'AB', 101, [
  ['A', 51],
  ['AB', 101],
]);
holds(
  'P8 mapped response without bounds of its own',
  { kind: 'mapped', of: { A: 300, B: -900 }, other: 0, empty: 0 },
  'ABC',
  'A',
  200,
  [
    ['A', 200],
    ['B', -200],
  ],
);
holds(
  'P9 plus and minus with a pass line',
  { kind: 'plus-minus', right: 100, wrong: 100, passAt: 5000 },
  'ABCD',
  'ABC',
  200,
  [
    ['A', 200],
    ['AD', 0],
    ['ABC', 200],
  ],
);
holds('P9 plus and minus, never below 0', { kind: 'plus-minus', right: 100, wrong: 100 }, 'ABCD', 'AB', 200, [
  ['AB', 200],
  ['ABC', 100],
  ['CD', 0],
]);

describe('P10 penalties', () => {
  const penalised = (penalty: 'false2' | 'false' | 'true' | 'all' | 'none', floor = false): MarkPolicy => ({
    kind: 'penalised',
    penalty,
    floor,
  });
  it.each([
    ['false2', 'ABCDE', 'AB', 'AC', 16],
    ['false2', 'ABC', 'AB', 'ABC', 50],
    ['false', 'ABC', 'AB', 'ABC', 0],
    ['true', 'ABCD', 'AB', 'ABC', 50],
    ['all', 'ABCD', 'AB', 'AC', -50],
    ['none', 'ABCD', 'AB', 'AC', 50],
    ['false2', 'ABCD', 'AB', 'CD', -100],
  ] as const)('%s on %s with right %s and chosen %s gives %i', (penalty, options, correct, chosen, expected) => {
    expect(mark(penalised(penalty), options, correct, chosen)).toBe(expected);
  });
  it('stops at 0 with a floor', () => {
    expect(mark(penalised('all', true), 'ABCD', 'AB', 'CD')).toBe(0);
  });
});

describe('a multiple choice left open', () => {
  const policies: readonly (readonly [string, MarkPolicy, number])[] = [
    ['P1', { kind: 'all-or-nothing' }, 0],
    ['P2', { kind: 'part-without-wrong' }, 0],
    ['P3', { kind: 'half-when-incomplete', round: 'up' }, 0],
    ['P4', { kind: 'option-fractions', weights: { denominator: 1, of: { A: 1 } } }, 0],
    ['P5 with half a score for it', { kind: 'mean-of-options', denominator: 2, right: 2, wrong: 0, open: 1 }, 100],
    ['P5 with a score below 0', { kind: 'mean-of-options', denominator: 1, right: 1, wrong: 0, open: -1 }, 0],
    ['P6', { kind: 'every-decision' }, 0],
    ['P7', { kind: 'halves' }, 0],
    ['P8 with marks for it', { kind: 'mapped', of: { A: 200 }, other: 0, empty: 100 }, 100],
    ['P8 with more than its upper bound', { kind: 'mapped', of: { A: 200 }, other: 0, empty: 100, upper: 50 }, 50],
    ['P8 with a loss', { kind: 'mapped', of: { A: 200 }, other: 0, empty: -50, lower: -30 }, -30],
    ['P9', { kind: 'plus-minus', right: 100, wrong: 100, passAt: 0 }, 0],
    ['P10', { kind: 'penalised', penalty: 'false2', floor: false }, 0],
  ];
  it.each(policies)(
    'earns under %s what the policy says of it, saved empty or never touched',
    (_, policy, expected) => {
      expect(mark(policy, 'ABCDE', 'AB', '', 200)).toBe(expected);
      expect(graded(policy, 'ABCDE', 'AB', '', 200)).toBe(expected);
      expect(graded(policy, 'ABCDE', 'AB', null, 200)).toBe(expected);
    },
  );
});
