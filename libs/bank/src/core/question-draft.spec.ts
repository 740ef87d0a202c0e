import { isRefusal } from '@xuekao/kernel';
import { nextVersion } from './question-draft.js';
import type { BodyAndKey, QuestionDraft } from './question-draft.js';
import { stemForm } from './stem-form.js';

const draft: QuestionDraft = {
  type: 'multiple',
  stem: '下列正确的有',
  options: [
    { text: '甲', correct: true },
    { text: '乙', correct: false },
    { text: '丙', correct: true },
  ],
};
const version = (given: QuestionDraft, before?: BodyAndKey): BodyAndKey => {
  const result = nextVersion(given, before?.body);
  if (isRefusal(result)) throw new Error(result.code);
  return result;
};

describe('the next version of a question', () => {
  it('keeps the id of an option that moved and never gives a dropped id to a new one', () => {
    const first = version(draft);
    expect(first.key).toEqual({ kind: 'choice', optionIds: ['o1', 'o3'] });
    const second = version(
      {
        ...draft,
        options: [
          { id: 'o3', text: '丙', correct: true },
          { text: '丁', correct: true },
          { id: 'o1', text: '甲', correct: false },
        ],
      },
      first,
    );
    expect(second.body).toMatchObject({ options: [{ id: 'o3' }, { id: 'o4' }, { id: 'o1' }] });
    expect(second.key).toEqual({ kind: 'choice', optionIds: ['o3', 'o4'] });
  });

  it('gives an id of its own to an option that claims a used or unknown one', () => {
    const first = version(draft);
    const again = version(
      {
        ...draft,
        options: [
          { id: 'o1', text: '甲', correct: true },
          { id: 'o1', text: '乙', correct: false },
          { id: 'zz', text: '丙', correct: false },
        ],
      },
      first,
    );
    expect(again.body.type === 'multiple' && new Set(again.body.options.map((o) => o.id)).size).toBe(3);
  });

  it('refuses another type', () => {
    expect(nextVersion({ type: 'true-false', stem: '题', truth: true }, version(draft).body)).toMatchObject({
      code: 'bank.question.type-fixed',
    });
  });
});

describe('the form of a stem', () => {
  it('sees through width, spacing and punctuation', () => {
    expect(stemForm('党的 组织原则，是（  ）。')).toBe(stemForm('党的组织原则是( )'));
    expect(stemForm('不忘____，牢记使命')).toBe(stemForm('不忘______牢记使命！'));
  });
});
