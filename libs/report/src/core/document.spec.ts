import fc from 'fast-check';
import { bureauFigures, bureauPaper } from '../testing/index.js';
import { basisTable, figuresOf, gapTable, paragraphsOf, titleLines } from './document.js';
import { reportSections } from './skeleton.js';

describe('the paper', () => {
  it('has the three parts in order, numbered headings, attachments and a signature', () => {
    const { body, attachments } = bureauPaper(1);
    const headings = body.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
    expect(headings.filter((text) => /^[一二三]、/.test(text))).toEqual([
      '一、主要工作',
      '二、存在问题',
      '三、努力方向',
    ]);
    expect(headings.filter((text) => text.startsWith('（一）'))).toHaveLength(1);
    expect(headings.filter((text) => /^（[一二三四五]）以/.test(text))).toHaveLength(5);
    expect(attachments.map(({ label, title }) => `${label} ${title}`)).toEqual([
      '附件1 学习教育情况统计表',
      '附件2 考试成绩统计表',
      '附件3 三会一课台账',
      '附件4 三会一课月度对照表',
      '附件5 数据依据一览表',
    ]);
    expect(body.at(-1)).toEqual({ kind: 'signature', name: '示例市应急管理局党组书记　张三', date: '2017年12月20日' });
  });

  it('keeps the exact value of every worded figure in the basis table', () => {
    const rows = basisTable(reportSections(bureauFigures(), []), '').rows.map((row) => row.map((cell) => cell.text));
    expect(rows.find((row) => row[1] === '支部学习次数')).toEqual([
      expect.any(String),
      '支部学习次数',
      '33次',
      '支部学习次数',
      '33',
    ]);
    expect(rows.find((row) => row[1] === '80分以上人数')?.[2]).toBe('65人');
  });

  it('lists gaps and omissions on a page of their own, or has none', () => {
    const omitted = [{ sentence: 'exams' as const, reason: '本年度无考学任务' }];
    const sections = reportSections(bureauFigures(), [{ key: 'work-exams', heading: '', text: '', omitted }]);
    const gap = { section: 'work-study' as const, sentence: 'study' as const, slot: 'a', label: '总支集中学习次数' };
    expect(gapTable(sections, [gap], '')!.rows.map((row) => row.slice(1).map((cell) => cell.text))).toEqual([
      ['主要工作（一）', '集中学习次数', '总支集中学习次数', '数据缺口'],
      ['主要工作（三）', '考学活动', '整句未列入', '本年度无考学任务'],
    ]);
    expect(gapTable(reportSections(bureauFigures(), []), [], '')).toBeNull();
  });

  it('reads people’s （一） lines as headings that may run on', () => {
    expect(paragraphsOf('（一）形式单一\n\n（二）落实不够。部分支部细化不足。\n一是抓得不紧。')).toEqual([
      { kind: 'heading', level: 2, text: '（一）形式单一' },
      { kind: 'paragraph', lead: '（二）落实不够。', text: '部分支部细化不足。' },
      { kind: 'paragraph', lead: '', text: '一是抓得不紧。' },
    ]);
  });

  it('breaks a long title into lines of falling length without losing a character', () => {
    expect(titleLines('2017年度抓基层党建工作述职报告')).toHaveLength(1);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (title) => {
        const lines = titleLines(title);
        expect(lines.join('')).toBe(title);
        const lengths = lines.map((line) => [...line].length);
        expect(lengths.every((length) => length <= 20)).toBe(true);
        expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
      }),
    );
  });

  it('finds every figure of a year for freezing', () => {
    const figures = figuresOf(bureauFigures());
    expect(figures).toHaveLength(25);
    expect(figures.every((figure) => figure.trace.query !== '')).toBe(true);
  });
});
