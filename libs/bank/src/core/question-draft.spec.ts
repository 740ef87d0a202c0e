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

describe('an ordering', () => {
  const items = ['十八大', '十九大', '十七大'].map((text) => ({ text }));
  const first = version({ type: 'ordering', stem: '按时间排序', items });

  it('stores its options in an order and with ids that do not depend on the right order', () => {
    const other = version({ type: 'ordering', stem: '按时间排序', items: items.toReversed() });
    expect(other.body).toEqual(first.body);
    expect(other.key).not.toEqual(first.key);
  });

  it('has every option once in its key', () => {
    const texts = new Map(first.body.type === 'ordering' ? first.body.options.map(({ id, text }) => [id, text]) : []);
    expect(first.key.kind === 'order' && first.key.optionIds.map((id) => texts.get(id))).toEqual([
      '十八大',
      '十九大',
      '十七大',
    ]);
  });

  it('refuses a single item', () => {
    const refusal = nextVersion({ type: 'ordering', stem: '题', items: items.slice(0, 1) });
    expect(refusal).toMatchObject({ code: 'bank.question.options-too-few' });
  });
});

describe('a matching', () => {
  const pair = (left: string, right: string) => ({ left: { text: left }, right: { text: right } });

  it('keeps a right that several lefts share once, and the extra ones without a left', () => {
    const { body, key } = version({
      type: 'matching',
      stem: '连线',
      pairs: [pair('一大', '上海'), pair('二大', '上海'), pair('三大', '广州')],
      extraRights: [{ text: '武汉' }],
    });
    expect(body.type === 'matching' && body.rights.map((right) => right.text).toSorted()).toEqual(
      ['上海', '广州', '武汉'].toSorted(),
    );
    const pairs = key.kind === 'pairs' ? key.pairs : [];
    expect(pairs[0]!.right).toBe(pairs[1]!.right);
    expect(pairs[2]!.right).not.toBe(pairs[0]!.right);
  });

  it.each([
    ['bank.question.option-empty', [pair('一大', ''), pair('二大', '上海')]],
    ['bank.question.option-repeated', [pair('一大', '上海'), pair('一大', '广州')]],
    ['bank.question.options-too-few', [pair('一大', '上海')]],
  ])('refuses with %s', (code, pairs) => {
    expect(nextVersion({ type: 'matching', stem: '连线', pairs })).toMatchObject({ code });
  });
});

describe('a short answer', () => {
  it('keeps the reference answer and what earns marks in the key alone', () => {
    const { body, key } = version({
      type: 'short-answer',
      stem: '简述',
      reference: ' 要点 ',
      rubric: ['一', ' ', '二'],
    });
    expect(body).toEqual({ type: 'short-answer', stem: '简述', maxLength: 1000 });
    expect(key).toEqual({ kind: 'text', reference: '要点', rubric: ['一', '二'] });
  });

  it('refuses a missing reference and an impossible length', () => {
    const short = { type: 'short-answer', stem: '简述', reference: '要点' } as const;
    expect(nextVersion({ ...short, reference: ' ' })).toMatchObject({ code: 'bank.question.key-missing' });
    expect(nextVersion({ ...short, maxLength: 0 })).toMatchObject({ code: 'bank.question.length-invalid' });
  });
});

describe('the form of a stem', () => {
  it('sees through width, spacing and punctuation', () => {
    expect(stemForm('党的 组织原则，是（  ）。')).toBe(stemForm('党的组织原则是( )'));
    expect(stemForm('不忘____，牢记使命')).toBe(stemForm('不忘______牢记使命！'));
  });
});
