import type { QuestionBody, QuestionKey } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { nextVersion } from '../question-draft.js';
import type { QuestionDraft } from '../question-draft.js';
import { canonicalStem, compareQuestions, fingerprintOf } from './index.js';
import type { Fingerprint } from './index.js';

const print = (draft: QuestionDraft): Fingerprint => {
  const result = nextVersion(draft);
  if (isRefusal(result)) throw new Error(result.code);
  const { body, key }: { body: QuestionBody; key: QuestionKey } = result;
  return fingerprintOf(body, key);
};
const single = (stem: string, options: string[], right = 0): Fingerprint =>
  print({ type: 'single', stem, options: options.map((text, at) => ({ text, correct: at === right })) });
const places = ['北京', '上海', '广州', '武汉'];
const truth = (stem: string, isTrue = true): Fingerprint => print({ type: 'true-false', stem, truth: isTrue });

describe('the sense of a stem', () => {
  it.each([
    ['党的十九大召开的年份是', '党的十八大召开的年份是'],
    ['党员有权参加', '党员无权参加'],
    ['下列说法正确的是', '下列说法不正确的是'],
    ['预备党员的权利', '正式党员的权利'],
    ['大会于10月18日开幕', '大会于10月24日闭幕'],
  ])('differs between “%s” and “%s”', (left, right) => {
    expect(canonicalStem(left).sense).not.toBe(canonicalStem(right).sense);
  });

  it.each([
    ['下列哪一项属于党的宗旨？', '以下哪项属于党的宗旨'],
    ['中国共产党第十九次全国代表大会的主题是：', '党的十九大的主题是（  ）。'],
    ['截至2017年，党员应当', '截至二〇一七年党员应该'],
    ['不断提高党员的进一步要求', '不断提高党员的进一步要求！'],
  ])('and form are the same for “%s” and “%s”', (left, right) => {
    expect(canonicalStem(left)).toEqual(canonicalStem(right));
  });
});

describe('two questions', () => {
  it('are the same whatever the order of options, the width and the punctuation', () => {
    const left = single('党的一大在哪里召开？', places, 1);
    const right = single('党的一大，在哪里召开', ['上海', '武汉', '北京', '广州'], 0);
    expect(compareQuestions(left, right)).toEqual({ kind: 'exact', score: 100, reason: 'same-content' });
  });

  it('conflict where the stem is the same and the answer is not', () => {
    const right = single('以下关于一大会址的说法，正确的是哪一项', places, 0);
    expect(compareQuestions(single('下列关于一大会址的说法正确的是', places, 1), right)).toMatchObject({
      kind: 'conflict',
    });
    expect(compareQuestions(truth('党的宗旨是为人民服务。'), truth('党的宗旨是为人民服务', false))).toMatchObject({
      kind: 'conflict',
      reason: 'other-answer',
    });
  });

  it('are different with a stem that says nothing and other options', () => {
    const left = single('下列说法正确的是', ['党员可以退党', '党员不可以退党'], 0);
    const right = single('下列说法正确的是', ['党的一大在上海召开', '党的一大在北京召开'], 0);
    expect(compareQuestions(left, right)).toBeNull();
  });

  it('are near in another type with the same answer', () => {
    const blank = print({ type: 'blank', stem: '党的一大召开的城市是____。', answers: [['上海', '上海市']] });
    expect(compareQuestions(single('党的一大召开的城市是（ ）', places, 1), blank)).toMatchObject({ kind: 'near' });
    expect(compareQuestions(single('党的一大召开的城市是（ ）', places, 2), blank)).toMatchObject({ kind: 'conflict' });
  });

  it('are different about another meeting, whatever else is the same', () => {
    expect(compareQuestions(single('古田会议召开的地点是', places), single('遵义会议召开的地点是', places))).toBeNull();
  });
});
