import { aFigure, anExamRow, bureauFigures } from '../testing/index.js';
import { reportSections } from './skeleton.js';
import { examTable } from './tables.js';

const persons = (label: string, value: number) => aFigure(label, value, 'persons', 'member');
const printed = (atLeast: number): string => {
  const exams = { ...bureauFigures().exams, atLeast: persons('80分以上人数', atLeast) };
  const sections = reportSections(bureauFigures({ exams }), []);
  return sections.flatMap((section) => section.sentences.map((sentence) => sentence.text)).join('\n');
};
/** Source: domain.md §8, items 1 and 2. */
describe('acceptance: the wording of 2017', () => {
  it('prints 12次, 4次, 30余次, 3个学时, 100% and 98%以上 for 66 who sat and 65 at 80 or above', () => {
    const text = printed(65);
    for (const words of ['12次', '4次', '30余次', '3个学时', '参考率100%', '98%以上']) expect(text).toContain(words);
  });

  it('shows 96.97% in the table and 96%以上 in the sentence for 64 of 66, never 97 or 98', () => {
    const table = examTable([anExamRow(64)], '');
    const cell = table.rows[0]![table.columns.findIndex((column) => column.title === '80分以上占比')]!;
    expect(cell.text).toBe('96.97%');
    expect(cell.figures!.map((figure) => figure.value)).toEqual([64, 66]);
    expect(printed(64)).toContain('64名党员达到80分以上，占96%以上');
    expect(printed(64)).not.toMatch(/9[78](\.\d+)?%/);
  });
});
