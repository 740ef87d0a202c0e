import { lettersFrom, questionsFromText, truthFrom } from './pasted-text.js';
import type { PastedFault, PastedQuestion } from './pasted-text.js';

function questions(text: string): PastedQuestion[] {
  return questionsFromText(text).flatMap((row) => ('question' in row ? [row.question] : []));
}
function faults(text: string): PastedFault[] {
  return questionsFromText(text).flatMap((row) => ('fault' in row ? [row.fault] : []));
}

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

describe('pasted text', () => {
  it('reads the plain layout with full-width letters, brackets and options in one line', () => {
    expect(faults(sample)).toEqual([]);
    const [first, second, third, fourth] = questions(sample);
    expect(first).toMatchObject({ line: 2, number: '1', explanation: '见党章总纲。', source: '党章' });
    expect(first!.body).toEqual({
      type: 'single',
      stem: '党的组织原则是(  )。',
      options: [
        { id: 'o1', text: '民主集中制' },
        { id: 'o2', text: '集体负责制' },
        { id: 'o3', text: '首长负责制' },
        { id: 'o4', text: '个人负责制' },
      ],
    });
    expect(second!.body.type).toBe('multiple');
    expect(second!.key).toEqual({ kind: 'choice', optionIds: ['o1', 'o2', 'o4'] });
    expect(third!.key).toEqual({ kind: 'choice', optionIds: ['true'] });
    expect(fourth!.key).toEqual({ kind: 'blank', accepted: [['初心'], ['使命', '光荣使命']] });
  });

  it('names the line and the fault of every question it cannot read', () => {
    const found = faults(
      [
        '1. 没有答案的题',
        'A. 甲',
        'B. 乙',
        '2. 缺字母',
        'A. 甲',
        'C. 丙',
        '答案：A',
        '3. 越界',
        'A. 甲',
        'B. 乙',
        '答案：D',
      ].join('\n'),
    );
    expect(found.map((fault) => [fault.line, fault.number, fault.refusal.code])).toEqual([
      [1, '1', 'bank.question.key-missing'],
      [4, '2', 'bank.question.option-missing'],
      [8, '3', 'bank.question.key-unknown-option'],
    ]);
  });

  it('does not take a decimal at the start of a line for a new question', () => {
    const [only] = questions('1. 去年投入\n3.5亿元，对吗\n答案：对');
    expect(only!.body.stem).toBe('去年投入\n3.5亿元，对吗');
  });

  it('keeps an explanation of several lines together', () => {
    const [only] = questions('1. 说法正确\n答案：×\n解析：第一行\n第二行');
    expect(only!.explanation).toBe('第一行\n第二行');
    expect(only!.key).toEqual({ kind: 'choice', optionIds: ['false'] });
  });

  it('reads answers as people write them', () => {
    expect(lettersFrom('Ａ，Ｂ、 d。')).toEqual(['A', 'B', 'D']);
    expect(lettersFrom('民主')).toBeUndefined();
    expect([truthFrom('正确。'), truthFrom('×'), truthFrom('Ｔ'), truthFrom('也许')]).toEqual([
      true,
      false,
      true,
      undefined,
    ]);
  });

  it('finds nothing in prose', () => {
    expect(questionsFromText('这是一段说明文字。\n没有题目。')).toEqual([]);
  });
});
