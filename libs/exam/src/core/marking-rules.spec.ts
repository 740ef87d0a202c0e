import { isRefusal } from '@xuekao/kernel';
import { parseRules, policiesOf, rulesFrom } from './marking-rules.js';

const items = [
  { number: 1, section: 1, marks: 200, type: 'multiple', optionIds: ['o1', 'o2', 'o3'], blanks: 0 },
  { number: 2, section: 1, marks: 200, type: 'multiple', optionIds: ['o1', 'o2'], blanks: 0 },
  { number: 3, section: 2, marks: 500, type: 'blank', optionIds: [], blanks: 2 },
];
const codeOf = (value: unknown): string => {
  const parsed = parseRules(value, items);
  return isRefusal(parsed) ? `${parsed.code} ${String(parsed.facts.path ?? parsed.facts.number)}` : 'accepted';
};

describe('marking rules', () => {
  it('take the policy of the question, then of its section, then of the exam, then the usual one', () => {
    const rules = parseRules(
      {
        exam: { multiple: { kind: 'halves' } },
        sections: { 1: { multiple: { kind: 'every-decision' } } },
        questions: { 2: { multiple: { kind: 'part-without-wrong', perOption: 50 } } },
      },
      items,
    );
    if (isRefusal(rules)) throw new Error(rules.code);
    expect(policiesOf(rules, 2, 1).multiple).toEqual({ kind: 'part-without-wrong', perOption: 50 });
    expect(policiesOf(rules, 1, 1).multiple).toEqual({ kind: 'every-decision' });
    expect(policiesOf(rules, 9, 9).multiple).toEqual({ kind: 'halves' });
    expect(policiesOf(rules, 3, 2).blank).toEqual({ kind: 'per-blank' });
    expect(policiesOf(rulesFrom('part-without-wrong'), 1, 1).multiple).toEqual({ kind: 'part-without-wrong' });
  });

  it.each([
    [{}, 'accepted'],
    [{ questions: { 3: { blank: { kind: 'per-blank', shares: [300, 200] } } } }, 'accepted'],
    [{ questions: { 3: { blank: { kind: 'per-blank', shares: [300, 100] } } } }, 'exam.policy.shares-invalid 3'],
    [{ exam: { blank: { kind: 'per-blank', shares: [1] } } }, 'exam.policy.needs-question exam'],
    [
      { sections: { 1: { multiple: { kind: 'mapped', of: {}, other: 0, empty: 0 } } } },
      'exam.policy.needs-question sections.1',
    ],
    [
      { questions: { 1: { multiple: { kind: 'mapped', of: { o9: 1 }, other: 0, empty: 0 } } } },
      'exam.policy.option-unknown 1',
    ],
    [
      { questions: { 1: { multiple: { kind: 'mapped', of: { o1: 100 }, other: 0, empty: 0, upper: 150 } } } },
      'accepted',
    ],
    [{ questions: { 8: {} } }, 'exam.policy.malformed questions.8'],
    [{ exam: { multiple: { kind: 'halves', more: 1 } } }, 'exam.policy.malformed exam.multiple'],
    [{ exam: { multiple: { kind: 'plus-minus', right: 0.5, wrong: 0 } } }, 'exam.policy.malformed exam.multiple'],
    [{ exam: { single: { kind: 'halves' } } }, 'exam.policy.malformed exam.single'],
    [{ other: 1 }, 'exam.policy.malformed other'],
    [[], 'exam.policy.malformed rules'],
    [{ exam: { multiple: { kind: 'constructor' } } }, 'exam.policy.malformed exam.multiple'],
  ])('of %j are %s', (value, expected) => {
    expect(codeOf(value)).toBe(expected);
  });
});
