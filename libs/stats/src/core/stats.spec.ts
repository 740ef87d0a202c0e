import { formatRate, rate } from '@xuekao/kernel';
import { civilDate } from '@xuekao/kernel';
import type { RateFigure } from '@xuekao/contracts';
import { anItem, aSession, attending, bureauFacts, bureauMembers, examResults } from '../testing/index.js';
import { annualFigures } from './annual.js';
import { areaOf } from './area.js';
import { examRows, medianMarks } from './exam-rows.js';
import type { YearFacts } from './facts.js';
import { figureOf, overviewOf, rateOf, spanText } from './figures.js';
import { ledgerRows, monthRows, quartersWithout } from './ledger.js';
import { defaultThresholds, type Question } from './question.js';
import { monthSpan, quarterSpan, yearSpan, type Span } from './span.js';
import { studyRows } from './study-rows.js';

const ask = (facts: YearFacts, unit = 'group', span: Span = yearSpan(facts.year)): Question => ({
  facts,
  area: areaOf(facts, unit, span),
  thresholds: defaultThresholds,
});
const shown = ({ numerator, denominator }: RateFigure): string =>
  `${numerator.value}/${denominator.value} ${formatRate(rate(numerator.value, denominator.value))}`;

describe('attendance', () => {
  /** Source: domain.md §2.4, the worked example: 24 on the roll, one exempt, one in transit. */
  const people = bureauMembers.slice(0, 24).map((member) => ({ ...member, unitId: 'branch-1' }));
  const meeting = aSession('meeting', 'branch-1', '2017-06-12', [anItem('member-meeting')]);
  const rows = (madeUp: boolean) => [
    ...attending(meeting, people.slice(0, 21)),
    ...attending(meeting, people.slice(21, 22), 'leave', { madeUp }),
    ...attending(meeting, people.slice(22, 23), 'absent'),
    ...attending(meeting, people.slice(23, 24), 'absent', { exemption: 'bedridden-or-long-ill' }),
  ];
  const of = (madeUp: boolean): Question =>
    ask(bureauFacts({ sessions: [meeting], attendance: rows(madeUp) }), 'branch-1');

  it('counts approved exemptions out and people in transit in: 21/23', () => {
    expect(shown(rateOf('attendance', of(false)))).toBe('21/23 91.30%');
    expect(shown(rateOf('leave', of(false)))).toBe('1/23 4.35%');
    expect(figureOf('attendance-absent', of(false)).value).toBe(1);
  });
  it('lets a make-up raise coverage and never attendance', () => {
    expect(shown(rateOf('coverage', of(true)))).toBe('22/23 95.65%');
    expect(shown(rateOf('attendance', of(true)))).toBe('21/23 91.30%');
  });
});

describe('periods and units', () => {
  const facts = bureauFacts();
  it('cut sessions by year, quarter and month', () => {
    const count = (span: Span): number => figureOf('party-days', ask(facts, 'branch-1', span)).value;
    expect([count(yearSpan(2017)), count(quarterSpan(2017, 1)), count(monthSpan(2017, 1))]).toEqual([11, 3, 1]);
    expect([yearSpan(2017), quarterSpan(2017, 2), monthSpan(2017, 3)].map(spanText)).toEqual([
      '2017年',
      '2017年第2季度',
      '2017年3月',
    ]);
    expect(yearSpan(2017)).toEqual({ from: '2017-01-01', to: '2018-01-01' });
    expect(quarterSpan(2017, 4)).toEqual({ from: '2017-10-01', to: '2018-01-01' });
  });
  it('add 人次 over the rows and count each person once in the sum', () => {
    const all = studyRows(ask(facts));
    const sum = all.at(-1)!;
    const parts = all.slice(0, -1);
    expect(all.map((row) => row.unit)).toEqual([
      '局党组',
      '机关党总支',
      '第一党支部',
      '第二党支部',
      '第三党支部',
      '合计',
    ]);
    expect(parts.reduce((total, row) => total + row.attendance.denominator.value, 0)).toBe(
      sum.attendance.denominator.value,
    );
    expect([sum.full.value, sum.probationary.value]).toEqual([60, 6]);
    expect(sum.studyGroupSessions.value).toBe(12);
  });
});

describe('exams', () => {
  it('put marks into bands and give mean, median and shares of those who sat', () => {
    const results = examResults(2).map((row, index) => (index === 65 ? { ...row, marks: null, absence: '病假' } : row));
    const [row] = examRows(ask(bureauFacts({ results })));
    expect([row!.due.value, row!.sat.value]).toEqual([66, 65]);
    expect(row!.absent).toEqual([{ reason: '病假', count: 1 }]);
    expect(Object.values(row!.bands).map((band) => band.value)).toEqual([63, 0, 2, 0]);
    expect(shown(row!.atLeast)).toBe('63/65 96.92%');
    expect(row!.totalMarks).toBe(63 * 9000 + 2 * 7900);
    expect(medianMarks([9000, 7900])).toBe(8450);
    expect(medianMarks([])).toBeNull();
  });
  it('give the first sitting and the final rate apart', () => {
    const results = examResults(0).map((row, index) => ({ ...row, satFirst: index >= 6 }));
    const question = ask(bureauFacts({ results }));
    expect(shown(rateOf('first-participation', question))).toBe('60/66 90.91%');
    expect(shown(rateOf('participation', question))).toBe('66/66 100%');
  });
  it('count several exams in 人次 and name their levels in order', () => {
    const facts = bureauFacts();
    const second = { ...facts.exams[0]!, id: 'second', level: 'central' as const };
    const results = [...facts.results, ...facts.results.map((row) => ({ ...row, examId: 'second' }))];
    const { exams } = annualFigures(ask({ ...facts, exams: [...facts.exams, second], results }), facts.units[0]!, null);
    expect(exams.levels).toEqual(['central', 'province']);
    expect([exams.due.value, exams.due.unit]).toEqual([132, 'person-times']);
  });
});

describe('hours', () => {
  it('follow the person and reach the line for who was there all year', () => {
    const facts = bureauFacts();
    expect(shown(rateOf('hours-reached', ask(facts)))).toBe('66/66 100%');
    const joiner = { ...bureauMembers[0]!, memberId: 'new', from: civilDate('2017-07-01') };
    const joined = ask({ ...facts, memberships: [...facts.memberships, joiner] });
    expect(rateOf('hours-reached', joined).denominator.value).toBe(66);
    expect(studyRows(joined).at(-1)!.note).toBe('期内转入1人');
  });
  it('keep a mover inside the area in the base of the area, and out of both branches', () => {
    const facts = bureauFacts();
    const moved = facts.memberships.flatMap((row) =>
      row.memberId === 'member-1'
        ? [
            { ...row, to: civilDate('2017-07-01') },
            { ...row, unitId: 'branch-2', from: civilDate('2017-07-01') },
          ]
        : [row],
    );
    const base = (unit: string): number =>
      figureOf('members-all-year', ask({ ...facts, memberships: moved }, unit)).value;
    expect([base('group'), base('branch-1'), base('branch-2')]).toEqual([66, 21, 22]);
  });
});

describe('the ledger and the months', () => {
  it('list one row per type held, and no gap of the 2018 rules in 2017', () => {
    const facts = bureauFacts();
    expect(ledgerRows(ask(facts, 'branch-1'))).toHaveLength(11);
    expect(monthRows(ask(facts)).every((row) => row.gaps.length === 0)).toBe(true);
  });
  it('name branch, month and quarter that a rule in force wanted, but no month that is still running', () => {
    const facts = bureauFacts({
      year: 2026,
      asOf: civilDate('2026-08-15'),
      sessions: [aSession('m', 'branch-1', '2026-02-03', [anItem('member-meeting'), anItem('party-day')])],
    });
    const rows = monthRows(ask(facts)).filter((row) => row.unitId === 'branch-1');
    expect(rows.find((row) => row.type === 'member-meeting')!.gaps).toEqual(['第二季度']);
    expect(rows.find((row) => row.type === 'party-day')!.gaps).toEqual(['1月', '3月', '4月', '5月', '6月', '7月']);
    expect(quartersWithout(ask(facts), [{ date: '2026-04-01' }])).toEqual([1]);
  });
});

describe('the overview', () => {
  it('opens every figure to its records and every rate to two figures', () => {
    const { figures, rates } = overviewOf(ask(bureauFacts()));
    expect(figures.find((figure) => figure.key === 'readers')?.value).toBe(60);
    const reading = rates.find((each) => each.key === 'reading')!;
    expect(shown(reading)).toBe('60/66 90.91%');
    for (const figure of figures) expect(figure.trace.ids.length > 0 || figure.value === 0).toBe(true);
  });
});
