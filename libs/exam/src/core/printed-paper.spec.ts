import { marks } from '@xuekao/kernel';
import type { QuestionType } from '@xuekao/contracts';
import type { PaperItem } from './paper.js';
import { chineseNumber, placesText, printedPaper } from './printed-paper.js';
import type { KeyedBody } from './printed-paper.js';

const parts = ['甲', '乙', '丙'].map((text, i) => ({ id: `o${i}`, text }));
const keyed: Readonly<Record<string, KeyedBody>> = {
  order: {
    body: { type: 'ordering', stem: '排序', options: parts },
    key: { kind: 'order', optionIds: ['o2', 'o0', 'o1'] },
  },
  match: {
    body: { type: 'matching', stem: '连线', lefts: [{ id: 'l0', text: '一' }], rights: parts },
    key: { kind: 'pairs', pairs: [{ left: 'l0', right: 'o1' }] },
  },
};
const itemOf = (number: number, versionId: string, type: QuestionType): PaperItem => ({
  number,
  section: 1,
  sectionName: '一、综合题',
  questionId: versionId,
  versionId,
  code: versionId,
  type,
  marks: marks(5),
});

describe('a printed paper', () => {
  it('keys orderings and matchings in the letters of its own order', () => {
    const items = [itemOf(1, 'order', 'ordering'), itemOf(2, 'match', 'matching')];
    const layout = [
      { number: 2, optionIds: ['o2', 'o1', 'o0'] },
      { number: 1, optionIds: ['o1', 'o0', 'o2'] },
    ];
    const paper = printedPaper(items, layout, (id) => keyed[id]!);
    expect(paper.sections[0]!.heading).toBe('一、综合题（共 2 题，每题 5 分，共 10 分）');
    expect(paper.sections[0]!.questions.map(({ place, answer }) => [place, answer])).toEqual([
      [1, '1—B'],
      [2, 'C → B → A'],
    ]);
    expect(paper.sections[0]!.questions[1]!.options.map(({ text }) => text)).toEqual(['乙', '甲', '丙']);
  });

  it('says once what several questions ask about, with their places on this paper', () => {
    const material = { id: 'm', versionId: 'mv', title: '一次党员大会', text: '应到二十人，实到十二人。' };
    const of = (id: string): KeyedBody => ({
      ...keyed.order!,
      body: { ...keyed.order!.body, ...(id === 'alone' ? {} : { material }) },
    });
    const items = ['alone', 'a', 'b'].map((id, at) => itemOf(at + 1, id, 'ordering'));
    const layout = [2, 3, 1].map((number) => ({ number, optionIds: ['o0', 'o1', 'o2'] }));
    const [section] = printedPaper(items, layout, of).sections;
    expect(section!.questions.map((question) => question.material)).toEqual([
      { title: '一次党员大会', text: material.text, pictures: [], first: 1, last: 2 },
      null,
      null,
    ]);
    const whole = printedPaper(items.slice(1), layout.slice(0, 2), of).sections[0]!;
    expect(whole.heading).toBe('一、综合题（1 篇材料，共 2 题，每题 5 分，共 10 分）');
    expect([placesText({ first: 21, last: 24 }), placesText({ first: 3, last: 3 })]).toEqual([
      '第 21–24 题',
      '第 3 题',
    ]);
  });

  it('numbers sections as they are written', () => {
    expect([1, 10, 11, 20, 21].map(chineseNumber)).toEqual(['一', '十', '十一', '二十', '二十一']);
  });
});
