import type { LedgerRow, MonthRow, StudyRow } from '@xuekao/contracts';
import { aFigure, bureauFigures } from '../testing/index.js';
import { problemHints } from './hints.js';
import { ledgerTable, monthTable, studyTable } from './tables.js';

const persons = (label: string, value: number) => aFigure(label, value, 'persons', 'member');
const studyRow: StudyRow = {
  unitId: 'branch-1',
  unit: '第一党支部',
  full: persons('正式党员', 20),
  probationary: persons('预备党员', 2),
  studyGroupSessions: aFigure('中心组', 0),
  collectiveSessions: aFigure('集中学习', 4),
  branchSessions: aFigure('支部学习', 11),
  lectures: aFigure('党课', 4),
  partyDays: aFigure('主题党日', 12),
  attendance: {
    key: 'attendance',
    label: '到会率',
    numerator: aFigure('实到', 21, 'person-times', 'attendance'),
    denominator: aFigure('应到', 26, 'person-times', 'attendance'),
  },
  hours: aFigure('学时', 22 * 3200 + 1, 'hours', 'hours'),
  hourMembers: persons('在册', 22),
  hoursReached: { key: 'r', label: '达标率', numerator: persons('达标', 21), denominator: persons('在册', 22) },
  note: '',
};
const monthRow: MonthRow = {
  unitId: 'branch-1',
  unit: '第一党支部',
  kind: 'branch',
  type: 'member-meeting',
  rule: 'quarterly',
  months: Array.from({ length: 12 }, (_, index) => aFigure(`${index + 1}月`, index === 0 || index > 6 ? 1 : 0)),
  gaps: ['第二季度'],
};
const ledgerRow: LedgerRow = {
  sessionId: 's-1',
  date: '2017-03-01',
  type: 'member-meeting',
  title: '学习党章',
  unit: '第一党支部',
  host: '张三',
  recorder: '李四',
  due: 23,
  present: 21,
  leave: 1,
  hours: 150,
  attachments: 2,
  state: 'archived',
};

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
    expect(row!.map((cell) => cell.text).slice(0, 3)).toEqual(['1', '2017-03-01', '支部党员大会']);
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
