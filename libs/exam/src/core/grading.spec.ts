import type { AnswerContent, PolicySet, QuestionBody, QuestionKey } from '@xuekao/contracts';
import { hundredths } from '@xuekao/kernel';
import { grade, markOf } from './grading.js';
import type { GradedQuestion } from './grading.js';
import { usualPolicies } from './marking-rules.js';

const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }));
const exact = (accepted: readonly string[], given: string): boolean => accepted.includes(given);
const marksOf = (body: QuestionBody, key: QuestionKey, answer: AnswerContent, policies: PolicySet = {}) =>
  markOf({ body, key, full: hundredths(400), policies: { ...usualPolicies, ...policies } }, answer, exact);

describe('marks of an ordering', () => {
  const body: QuestionBody = { type: 'ordering', stem: '', options };
  const key: QuestionKey = { kind: 'order', optionIds: ['c', 'a', 'b', 'd'] };
  const order = (optionIds: string[]): AnswerContent => ({ kind: 'order', optionIds });

  it('are all or nothing unless said otherwise', () => {
    expect(marksOf(body, key, order(['c', 'a', 'b', 'd']))).toBe(400);
    expect(marksOf(body, key, order(['c', 'a', 'd', 'b']))).toBe(0);
  });

  it('are an equal share per right place where parts count', () => {
    expect(marksOf(body, key, order(['c', 'a', 'd', 'b']), { ordering: { kind: 'per-place' } })).toBe(200);
    expect(marksOf(body, key, order([]), { ordering: { kind: 'per-place' } })).toBe(0);
  });
});

describe('marks of a matching', () => {
  const body: QuestionBody = { type: 'matching', stem: '', lefts: options.slice(0, 3), rights: options };
  const key: QuestionKey = { kind: 'pairs', pairs: ['a', 'b', 'c'].map((left) => ({ left, right: 'd' })) };
  const answer: AnswerContent = {
    kind: 'pairs',
    pairs: [
      { left: 'a', right: 'd' },
      { left: 'b', right: 'a' },
    ],
  };

  it('need every pair, or count each right one', () => {
    expect(marksOf(body, key, answer, { matching: { kind: 'all-or-nothing' } })).toBe(0);
    expect(marksOf(body, key, answer)).toBe(133);
    expect(marksOf(body, key, { kind: 'pairs', pairs: key.pairs })).toBe(400);
  });
});

describe('marks of blanks in any order', () => {
  const body: QuestionBody = { type: 'blank', stem: '', blanks: 2 };
  const key: QuestionKey = { kind: 'blank', accepted: [['初心', '使命'], ['初心']], orderFree: true };

  it('use each accepted list once, and as many as can be', () => {
    expect(marksOf(body, key, { kind: 'blank', texts: ['初心', '使命'] })).toBe(400);
    expect(marksOf(body, key, { kind: 'blank', texts: ['使命', '初心'] })).toBe(400);
    expect(marksOf(body, key, { kind: 'blank', texts: ['使命', '使命'] })).toBe(200);
  });
});

describe('a short answer', () => {
  const question: GradedQuestion = {
    number: 3,
    body: { type: 'short-answer', stem: '', maxLength: 100 },
    key: { kind: 'text', reference: '要点', rubric: [] },
    full: hundredths(1000),
    policies: usualPolicies,
  };

  it('waits for a person where something was written', () => {
    const sheet = (text: string, act?: GradedQuestion['act']) =>
      grade([{ ...question, ...(act ? { act } : {}) }], new Map([[3, { kind: 'text', text }]]), exact);
    expect(sheet('要点')).toMatchObject({ raw: null, score: null, waiting: [3] });
    expect(sheet('  ')).toMatchObject({ raw: 0, score: 0, waiting: [] });
    expect(sheet('要点', 'give-all')).toMatchObject({ raw: 1000, score: 10_000, waiting: [] });
    expect(sheet('要点', 'void')).toMatchObject({ raw: 0, full: 0, score: 0, waiting: [] });
  });
});
