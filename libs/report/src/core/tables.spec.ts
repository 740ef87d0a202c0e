import { aFigure, aLedgerRow, aMonthRow, aStudyRow, bureauFigures } from '../testing/index.js';
import { problemHints } from './hints.js';
import { ledgerTable, monthTable, studyTable } from './tables.js';

const share = (a: number, b: number) => ({
  key: 'attendance',
  label: '到会率',
  numerator: aFigure('实到', a, 'person-times', 'attendance'),
  denominator: aFigure('应到', b, 'person-times', 'attendance'),
});
const studyRow = aStudyRow('第一党支部', {
  attendance: share(21, 26),
  hours: aFigure('学时', 22 * 3200 + 1, 'hours', 'hours'),
});
const monthRow = aMonthRow();
const ledgerRow = aLedgerRow();

describe('the tables', () => {
  it('stand every rate beside its two counts and give every row a cell per column', () => {
    const table = studyTable([studyRow], '');
    expect(table.rows[0]!.map((cell) => cell.text)).toEqual([
      '第一党支部',
      '20/2',
      '0',
      '4',
      '11',
      '4',
      '12',
      '26/21',
      '80.77%',
      '32',
      '95.45%',
      '',
    ]);
    for (const each of [table, ledgerTable([ledgerRow], ''), monthTable([monthRow], '')])
      for (const row of each.rows) expect(row).toHaveLength(each.columns.length);
  });
  it('number the ledger and print hours exactly', () => {
    const [row] = ledgerTable([ledgerRow], '').rows;
    expect(row!.map((cell) => cell.text).slice(0, 3)).toEqual(['1', '3月1日', '支部党员大会']);
    expect(row![10]).toEqual({ text: '1.5', number: 1.5 });
  });
  it('leave an empty month empty and name what the rule wanted', () => {
    const [row] = monthTable([monthRow], '').rows;
    expect(row!.slice(3, 8).map((cell) => cell.text)).toEqual(['1', '', '', '', '']);
    expect(row!.at(-2)!.text).toBe('6');
    expect(row!.at(-1)!.text).toBe('第二季度');
  });
});

describe('the hints beside 存在问题', () => {
  it('state missing meetings, low attendance and hours below the target, and name no person', () => {
    expect(problemHints(bureauFigures(), [monthRow], [studyRow]).map((hint) => hint.text)).toEqual([
      '第一党支部：支部党员大会缺1次（第二季度）',
      '第一党支部到会率80.77%（21/26）',
      '66名党员中2人未达到32学时',
    ]);
  });
});
