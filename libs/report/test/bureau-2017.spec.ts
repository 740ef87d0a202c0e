import { annualFigures, areaOf, defaultThresholds, examRows, yearSpan } from '@xuekao/stats';
import type { Question } from '@xuekao/stats';
import { bureauFacts, bureauUnits, examResults } from '@xuekao/stats/testing';
import { dataGaps, examTable, reportSections } from '../src/index.js';

const ask = (below: number): Question => {
  const facts = bureauFacts({ results: examResults(below) });
  return { facts, area: areaOf(facts, 'group', yearSpan(2017)), thresholds: defaultThresholds };
};
const owner = bureauUnits[0]!;
const printed = (below: number): string => {
  const sections = reportSections(annualFigures(ask(below), owner, 'member-1'), []);
  return sections.flatMap((section) => section.sentences.map((sentence) => sentence.text)).join('\n');
};

/** From recorded facts to the page. Source: domain.md §8, items 1 and 2. */
describe('acceptance: the fictional bureau of 2017', () => {
  it('prints 12次, 4次, 30余次, 3个学时, 100% and 98%以上 with 66/66 and 65/66 behind them', () => {
    const text = printed(1);
    expect(text).toContain(
      '党组中心组全年共组织集体专题学习12次；机关党总支组织全体党员集中学习4次，下属3个党支部共组织各类学习30余次。',
    );
    expect(text).toContain('本人为全体党员讲题为《学懂弄通做实》的专题党课1堂，共计3个学时，听课66人。');
    expect(text).toContain(
      '组织党员参加省考学活动1次，应考66人，实考66人，参考率100%；65名党员达到80分以上，占98%以上。',
    );
    const { exams } = annualFigures(ask(1), owner, 'member-1');
    expect([exams.due, exams.sat, exams.atLeast].map((figure) => figure.trace.ids.length)).toEqual([66, 66, 65]);
  });

  it('leaves no gap, because everything was recorded', () => {
    expect(dataGaps(reportSections(annualFigures(ask(1), owner, 'member-1'), []))).toEqual([]);
    expect(printed(1)).toContain(
      '编印手册1本100问；宣讲1次、领导辅导1次；科室交流10次、专题交流会1次；知识竞赛1场；3个支部开展宣誓（重温誓词）3场。',
    );
    expect(printed(1)).toContain('党组会议研究机关党建工作4次，四个季度均已安排。');
  });

  it('shows 96.97% in the table and 96%以上 in the sentence for 64 of 66, never 97 or 98', () => {
    const table = examTable(examRows(ask(2)), '');
    const index = table.columns.findIndex((column) => column.title === '80分以上占比');
    expect(table.rows[0]![index]!.text).toBe('96.97%');
    expect(printed(2)).toContain('64名党员达到80分以上，占96%以上。');
    expect(printed(2)).not.toMatch(/9[78](\.\d+)?%/);
  });
});
