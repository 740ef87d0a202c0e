import type { ExamRow } from '@xuekao/contracts';
import { aFigure, bureauFigures } from '../testing/index.js';
import { reportSections } from './skeleton.js';
import { examTable } from './tables.js';

const persons = (label: string, value: number) => aFigure(label, value, 'persons', 'member');
const printed = (atLeast: number): string => {
  const exams = { ...bureauFigures().exams, atLeast: persons('80分以上人数', atLeast) };
  const sections = reportSections(bureauFigures({ exams }), []);
  return sections.flatMap((section) => section.sentences.map((sentence) => sentence.text)).join('\n');
};
const share = (label: string, a: number, b: number) => ({
  key: label,
  label,
  numerator: persons(label, a),
  denominator: persons(label, b),
});
const examRow = (atLeast: number): ExamRow => ({
  examId: 'exam-1',
  name: '党的十九大精神知识测试',
  level: 'province',
  date: '2017-12-08',
  due: persons('应考', 66),
  sat: persons('实考', 66),
  absent: [],
  participation: share('参考率', 66, 66),
  totalMarks: 66 * 9012,
  medianMarks: 9000,
  bands: {
    a90: persons('90', 40),
    b80: persons('80', atLeast - 40),
    c60: persons('60', 66 - atLeast),
    d0: persons('0', 0),
  },
  threshold: 8000,
  atLeast: share('80分以上占比', atLeast, 66),
  pass: share('合格率', 66, 66),
  excellent: share('优秀率', 40, 66),
});

/** Source: domain.md §8, items 1 and 2. */
describe('acceptance: the wording of 2017', () => {
  it('prints 12次, 4次, 30余次, 3个学时, 100% and 98%以上 for 66 who sat and 65 at 80 or above', () => {
    const text = printed(65);
    for (const words of ['12次', '4次', '30余次', '3个学时', '参考率100%', '98%以上']) expect(text).toContain(words);
  });

  it('shows 96.97% in the table and 96%以上 in the sentence for 64 of 66, never 97 or 98', () => {
    const table = examTable([examRow(64)], '');
    const cell = table.rows[0]![table.columns.findIndex((column) => column.title === '80分以上占比')]!;
    expect(cell.text).toBe('96.97%');
    expect(cell.figures!.map((figure) => figure.value)).toEqual([64, 66]);
    expect(printed(64)).toContain('64名党员达到80分以上，占96%以上');
    expect(printed(64)).not.toMatch(/9[78](\.\d+)?%/);
  });
});
