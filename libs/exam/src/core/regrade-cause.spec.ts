import type { QuestionBody, QuestionKey } from '@xuekao/contracts';
import { hundredths, isRefusal } from '@xuekao/kernel';
import type { GradedQuestion } from './grading.js';
import { usualPolicies } from './marking-rules.js';
import { keyFits, sameShape, stateAfter, touchedNumbers } from './regrade-cause.js';

const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
const single: QuestionBody = { type: 'single', stem: '', options };
const multiple: QuestionBody = { type: 'multiple', stem: '', options };
const blank: QuestionBody = { type: 'blank', stem: '', blanks: 2 };
const ordering: QuestionBody = { type: 'ordering', stem: '', options };
const matching: QuestionBody = { type: 'matching', stem: '', lefts: options.slice(0, 2), rights: options };
const choice = (...optionIds: string[]): QuestionKey => ({ kind: 'choice', optionIds });
const ask = (number: number, body: QuestionBody, key: QuestionKey, more: object = {}): GradedQuestion => ({
  number,
  body,
  key,
  full: hundredths(500),
  policies: usualPolicies,
  ...more,
});

describe('a corrected key', () => {
  it.each<[QuestionBody, QuestionKey, boolean]>([
    [single, choice('b'), true],
    [single, choice('b', 'c'), false],
    [single, choice('x'), false],
    [multiple, choice('b', 'c'), true],
    [multiple, choice('b', 'b'), false],
    [multiple, choice(), false],
    [blank, { kind: 'blank', accepted: [['一'], ['二']] }, true],
    [blank, { kind: 'blank', accepted: [['一']] }, false],
    [blank, { kind: 'blank', accepted: [['一'], ['']] }, false],
    [ordering, { kind: 'order', optionIds: ['c', 'b', 'a'] }, true],
    [ordering, { kind: 'order', optionIds: ['c', 'b'] }, false],
    [
      matching,
      {
        kind: 'pairs',
        pairs: [
          { left: 'a', right: 'c' },
          { left: 'b', right: 'c' },
        ],
      },
      true,
    ],
    [matching, { kind: 'pairs', pairs: [{ left: 'a', right: 'c' }] }, false],
    [blank, choice('a'), false],
  ])('under %j of %j fits: %s', (body, key, fits) => {
    expect(keyFits(body, key)).toBe(fits);
  });
  it('comes from a version with the same options only', () => {
    const reworded = { ...single, stem: '改', options: options.toReversed().map(({ id }) => ({ id, text: `${id}!` })) };
    expect(sameShape(single, reworded)).toBe(true);
    expect(sameShape(single, { ...single, options: options.slice(1) })).toBe(false);
    expect(sameShape(single, multiple)).toBe(false);
    expect(sameShape(blank, { ...blank, blanks: 1 })).toBe(false);
  });
});

describe('a regrade', () => {
  const questions = [ask(1, single, choice('a')), ask(2, multiple, choice('a', 'b'))];
  const start = { rules: null, acts: {} };
  it('keeps what was decided before and refuses to decide it twice', () => {
    const voided = stateAfter(start, { kind: 'void', numbers: [1] }, questions);
    expect(voided).toEqual({ rules: null, acts: { 1: { kind: 'void' } } });
    const again = stateAfter(start, { kind: 'give-all', numbers: [1] }, [ask(1, single, choice('a'), { act: 'void' })]);
    expect(isRefusal(again) && again.code).toBe('exam.regrade.act-taken');
    const unknown = stateAfter(start, { kind: 'void', numbers: [7] }, questions);
    expect(isRefusal(unknown) && unknown.code).toBe('exam.regrade.number-invalid');
    const strange = stateAfter(start, { kind: 'key', number: 1, key: choice('x'), versionId: null }, questions);
    expect(isRefusal(strange) && strange.code).toBe('exam.regrade.key-invalid');
  });
  it('lets questions count again that were void or given to all, and no others', () => {
    const acts = { 1: { kind: 'void' }, 2: { kind: 'give-all' } } as const;
    expect(stateAfter({ rules: null, acts }, { kind: 'restore', numbers: [1] }, questions)).toEqual({
      rules: null,
      acts: { 2: { kind: 'give-all' } },
    });
    const corrected = { 1: { kind: 'key', key: choice('b'), versionId: null } } as const;
    for (const numbers of [[1], [7]]) {
      const refused = stateAfter({ rules: null, acts: corrected }, { kind: 'restore', numbers }, questions);
      expect(isRefusal(refused) && refused.code).toBe('exam.question.not-decided');
    }
  });
  it('touches only questions whose key, act or own policy changed', () => {
    const halves = { ...usualPolicies, multiple: { kind: 'halves' as const } };
    expect(touchedNumbers(questions, questions)).toEqual([]);
    expect(
      touchedNumbers(
        questions,
        questions.map((each) => ({ ...each, policies: halves })),
      ),
    ).toEqual([2]);
    expect(touchedNumbers(questions, [ask(1, single, choice('b')), questions[1]!])).toEqual([1]);
  });
});
