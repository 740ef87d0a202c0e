import type { AnswerContent, QuestionBody, QuestionKey } from '@xuekao/contracts';
import { hundredths } from '@xuekao/kernel';
import { grade, markOf } from './grading.js';
import type { GradedQuestion, PartPolicy } from './grading.js';

const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }));
const exact = (accepted: readonly string[], given: string): boolean => accepted.includes(given);
const marksOf = (body: QuestionBody, key: QuestionKey, answer: AnswerContent, parts?: PartPolicy): number =>
  markOf(
    { number: 1, body, key, full: hundredths(400), ...(parts ? { parts } : {}) },
    answer,
    { kind: 'all-or-nothing' },
    exact,
  );

describe('marks of an ordering', () => {
  const body: QuestionBody = { type: 'ordering', stem: '', options };
  const key: QuestionKey = { kind: 'order', optionIds: ['c', 'a', 'b', 'd'] };
  const order = (optionIds: string[]): AnswerContent => ({ kind: 'order', optionIds });

  it('are all or nothing unless said otherwise', () => {
    expect(marksOf(body, key, order(['c', 'a', 'b', 'd']))).toBe(400);
    expect(marksOf(body, key, order(['c', 'a', 'd', 'b']))).toBe(0);
  });

  it('are an equal share per right place where parts count', () => {
    expect(marksOf(body, key, order(['c', 'a', 'd', 'b']), 'per-part')).toBe(200);
    expect(marksOf(body, key, order([]), 'per-part')).toBe(0);
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
    expect(marksOf(body, key, answer)).toBe(0);
    expect(marksOf(body, key, answer, 'per-part')).toBe(133);
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
  };

  it('waits for a person where something was written', () => {
    const sheet = (text: string) =>
      grade([question], new Map([[3, { kind: 'text', text }]]), { kind: 'all-or-nothing' }, exact);
    expect(sheet('要点')).toMatchObject({ raw: 0, waiting: [3] });
    expect(sheet('  ').waiting).toEqual([]);
  });
});
