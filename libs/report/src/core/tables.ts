import {
  examLevels,
  sessionStates,
  sessionTypes,
  type ExamRow,
  type Figure,
  type LedgerRow,
  type MonthRow,
  type RateFigure,
  type StudyRow,
} from '@xuekao/contracts';
import { formatRate, rate } from '@xuekao/kernel';
import { dayOfYear, hoursText, meanMarks } from './wording.js';

/** One cell: what is printed, the plain number for spreadsheets, and the records behind it. */
export interface Cell {
  readonly text: string;
  readonly number?: number;
  readonly figures?: readonly Figure[];
}

export interface Column {
  readonly title: string;
  /** Relative width. */
  readonly width: number;
  readonly align: 'left' | 'center' | 'right';
}

export interface Table {
  readonly key: string;
  readonly title: string;
  /** Reporting unit, filter and cut-off line above the table. */
  readonly note: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

const column = (title: string, width: number, align: Column['align'] = 'center'): Column => ({ title, width, align });
const text = (value: string): Cell => ({ text: value });
const count = (figure: Figure): Cell => ({ text: String(figure.value), number: figure.value, figures: [figure] });
const plain = (value: number): Cell => ({ text: String(value), number: value });
const hours = (hundredths: number): Cell => ({ text: hoursText(hundredths), number: hundredths / 100 });
const ratio = (value: RateFigure): Cell => ({
  text: formatRate(rate(value.numerator.value, value.denominator.value)),
  figures: [value.numerator, value.denominator],
});
const pair = (left: Figure, right: Figure): Cell => ({
  text: `${left.value}/${right.value}`,
  figures: [left, right],
});

/** 学习教育情况统计表. Rates are rounded to two decimals and always stand beside their counts. Source: domain.md §5.2. */
export function studyTable(rows: readonly StudyRow[], note: string): Table {
  return {
    key: 'study',
    title: '学习教育情况统计表',
    note,
    columns: [
      column('单位', 11, 'left'),
      column('党员数（正式/预备）', 8),
      column('中心组次数', 6),
      column('集中学习', 6),
      column('支部学习', 6),
      column('党课', 5),
      column('主题党日', 6),
      column('人次（应到/实到）', 10),
      column('到会率', 8),
      column('人均学时', 6),
      column('32学时达标率', 10),
      column('备注', 8, 'left'),
    ],
    rows: rows.map((row) => [
      text(row.unit),
      pair(row.full, row.probationary),
      count(row.studyGroupSessions),
      count(row.collectiveSessions),
      count(row.branchSessions),
      count(row.lectures),
      count(row.partyDays),
      pair(row.attendance.denominator, row.attendance.numerator),
      ratio(row.attendance),
      { text: meanMarks(row.hours.value, row.hourMembers.value), figures: [row.hours, row.hourMembers] },
      ratio(row.hoursReached),
      text(row.note),
    ]),
  };
}

/** 考试成绩统计表. */
export function examTable(rows: readonly ExamRow[], note: string): Table {
  const threshold = hoursText(rows[0]?.threshold ?? 8000);
  return {
    key: 'exams',
    title: '考试成绩统计表',
    note,
    columns: [
      column('考试', 13, 'left'),
      column('级别', 5),
      column('日期', 9),
      column('应考', 4.5),
      column('实考', 4.5),
      column('缺考（原因）', 8, 'left'),
      column('参考率', 7.5),
      column('平均', 6.5),
      column('90以上', 5),
      column('80–89', 5),
      column('60–79', 5),
      column('60以下', 5),
      column(`${threshold}分以上占比`, 8),
      column('合格率', 7.5),
      column('优秀率', 7.5),
    ],
    rows: rows.map((row) => [
      text(row.name),
      text(examLevels[row.level]),
      text(dayOfYear(row.date)),
      count(row.due),
      count(row.sat),
      text(row.absent.map(({ reason, count: n }) => `${reason}${n}`).join('、') || '无'),
      ratio(row.participation),
      { text: meanMarks(row.totalMarks, row.sat.value), figures: [row.sat] },
      count(row.bands.a90),
      count(row.bands.b80),
      count(row.bands.c60),
      count(row.bands.d0),
      ratio(row.atLeast),
      ratio(row.pass),
      ratio(row.excellent),
    ]),
  };
}

/** 三会一课台账, in order of date. */
export function ledgerTable(rows: readonly LedgerRow[], note: string): Table {
  return {
    key: 'ledger',
    title: '三会一课台账',
    note,
    columns: [
      column('序号', 5),
      column('日期', 9),
      column('类型', 12.5),
      column('单位', 10, 'left'),
      column('议题', 18, 'left'),
      column('主持', 7),
      column('记录', 7),
      column('应到', 4.5),
      column('实到', 4.5),
      column('请假', 4.5),
      column('学时', 4.5),
      column('附件数', 6.5),
      column('状态', 7),
    ],
    rows: rows.map((row, index) => [
      plain(index + 1),
      text(dayOfYear(row.date)),
      text(sessionTypes[row.type].name),
      text(row.unit),
      text(row.title),
      text(row.host),
      text(row.recorder),
      plain(row.due),
      plain(row.present),
      plain(row.leave),
      hours(row.hours),
      row.attachments === null ? text('—') : plain(row.attachments),
      text(sessionStates[row.state]),
    ]),
  };
}

const ruleWords = { monthly: '每月', quarterly: '每季度', yearly: '每年', none: '—' } as const;

/** Twelve months by unit and type; a month without a session is an empty cell, what a rule wanted stands in the last column. */
export function monthTable(rows: readonly MonthRow[], note: string): Table {
  const months = Array.from({ length: 12 }, (_, index) => column(`${index + 1}月`, 4));
  return {
    key: 'months',
    title: '三会一课月度对照表',
    note,
    columns: [
      column('单位', 11, 'left'),
      column('类型', 11),
      column('要求', 6),
      ...months,
      column('合计', 5),
      column('缺项', 12, 'left'),
    ],
    rows: rows.map((row) => [
      text(row.unit),
      text(sessionTypes[row.type].name),
      text(ruleWords[row.rule]),
      ...row.months.map((figure) => (figure.value === 0 ? text('') : count(figure))),
      plain(row.months.reduce((sum, figure) => sum + figure.value, 0)),
      text(row.gaps.join('、') || '无'),
    ]),
  };
}
