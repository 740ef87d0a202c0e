import type { ImportRow } from '../import-row.js';
import { placeText } from '../place-text.js';
import { lettersFrom, truthFrom } from './answers.js';
import { readChineseText } from './chinese-text.js';

const rowsOf = (text: string): readonly ImportRow[] => readChineseText(text).rows;

const sample = `一、单选题
1. 党的组织原则是（  ）。
A. 民主集中制
B、集体负责制
Ｃ．首长负责制
(D) 个人负责制
答案：A
解析：见党章总纲。
出处：党章

二、多选题
2、下列属于“四个伟大”的有
A.伟大斗争 B.伟大工程 C.伟大口号 D.伟大梦想
答案：ＡＢ、Ｄ

三、判断题
3．预备党员没有表决权。
【答案】√

四、填空题
4. 不忘____，牢记____。
参考答案：初心；使命|光荣使命
`;

describe('a text in the plain layout', () => {
  it('is read with full-width letters, brackets and options in one line', () => {
    const rows = rowsOf(sample);
    expect(rows.flatMap((row) => [...row.faults, ...row.guesses])).toEqual([]);
    expect(rows.map((row) => [placeText(row.place), row.label])).toEqual([
      ['第 2 行', '1'],
      ['第 12 行', '2'],
      ['第 17 行', '3'],
      ['第 21 行', '4'],
    ]);
    expect(rows.map((row) => row.draft)).toMatchObject([
      {
        type: 'single',
        stem: '党的组织原则是（  ）。',
        options: [
          { text: '民主集中制', correct: true },
          { text: '集体负责制', correct: false },
          { text: '首长负责制', correct: false },
          { text: '个人负责制', correct: false },
        ],
        explanation: '见党章总纲。',
        source: '党章',
      },
      { type: 'multiple', options: [{ correct: true }, { correct: true }, { correct: false }, { correct: true }] },
      { type: 'true-false', truth: true },
      { type: 'blank', answers: [['初心'], ['使命', '光荣使命']] },
    ]);
  });

  it('names the line and the fault of every question that it cannot read', () => {
    const missing = ['1. 没有答案的题', 'A. 甲', 'B. 乙'];
    const gap = ['2. 缺字母', 'A. 甲', 'C. 丙', '答案：A'];
    const beyond = ['3. 越界', 'A. 甲', 'B. 乙', '答案：D'];
    const rows = rowsOf([...missing, ...gap, ...beyond].join('\n'));
    expect(rows.map((row) => [placeText(row.place), row.faults.map(({ refusal }) => refusal.code)])).toEqual([
      ['第 1 行', ['bank.question.key-missing']],
      ['第 4 行', ['bank.question.option-missing']],
      ['第 8 行', ['bank.question.key-unknown-option']],
    ]);
  });

  it('does not take a decimal at the start of a line for a new question', () => {
    const [only, ...others] = rowsOf('1. 去年投入\n3.5亿元，对吗\n答案：对');
    expect(others).toEqual([]);
    expect(only!.draft!.stem).toBe('去年投入\n3.5亿元，对吗');
  });

  it('keeps an explanation of several lines together', () => {
    const [only] = rowsOf('1. 说法正确\n答案：×\n解析：第一行\n第二行');
    expect(only!.draft).toMatchObject({ explanation: '第一行\n第二行', truth: false });
  });

  it('takes answers as people write them', () => {
    expect(lettersFrom('Ａ，Ｂ、 d。')).toEqual(['A', 'B', 'D']);
    expect(lettersFrom('民主')).toBeUndefined();
    const words = ['正确。', '×', 'Ｔ', '也许'];
    expect(words.map(truthFrom)).toEqual([true, false, true, undefined]);
  });

  it('has no question where it is prose', () => {
    expect(rowsOf('这是一段说明文字。\n没有题目。')).toEqual([]);
  });
});
