import type { ExamRow, LedgerRow, MonthRow, StudyRow } from '@xuekao/contracts';
import { reportDocument, type ReportDocument } from '../core/document.js';
import { dataGaps, reportSections, type SectionText } from '../core/skeleton.js';
import { examTable, ledgerTable, monthTable, studyTable, type Table } from '../core/tables.js';
import { aFigure, bureauFigures } from './figures.js';

const note = '单位：示例市应急管理局　数据截止：2017年12月20日';
const persons = (label: string, value: number) => aFigure(label, value, 'persons', 'member');
const share = (label: string, a: number, b: number) => ({
  key: label,
  label,
  numerator: persons(label, a),
  denominator: persons(label, b),
});

export function aStudyRow(unit: string, changes: Partial<StudyRow> = {}): StudyRow {
  return {
    unitId: unit,
    unit,
    full: persons('正式党员', 20),
    probationary: persons('预备党员', 2),
    studyGroupSessions: aFigure('中心组', 0),
    collectiveSessions: aFigure('集中学习', 4),
    branchSessions: aFigure('支部学习', 11),
    lectures: aFigure('党课', 4),
    partyDays: aFigure('主题党日', 12),
    attendance: share('到会率', 541, 572),
    hours: aFigure('学时', 22 * 4160, 'hours', 'hours'),
    hourMembers: persons('在册', 22),
    hoursReached: share('达标率', 21, 22),
    note: '',
    ...changes,
  };
}

export function anExamRow(atLeast: number, sat = 66): ExamRow {
  return {
    examId: 'exam-1',
    name: '党的十九大精神知识测试',
    level: 'province',
    date: '2017-12-08',
    due: persons('应考', 66),
    sat: persons('实考', sat),
    absent: [],
    participation: share('参考率', sat, 66),
    totalMarks: sat * 9012,
    medianMarks: 9000,
    bands: {
      a90: persons('90以上', 40),
      b80: persons('80–89', Math.max(0, atLeast - 40)),
      c60: persons('60–79', sat - atLeast),
      d0: persons('60以下', 0),
    },
    threshold: 8000,
    atLeast: share('80分以上占比', atLeast, sat),
    pass: share('合格率', sat, sat),
    excellent: share('优秀率', 40, sat),
  };
}

export function aLedgerRow(changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    sessionId: 's-1',
    date: '2017-03-01',
    type: 'member-meeting',
    title: '学习党章党规',
    unit: '第一党支部',
    host: '张三',
    recorder: '李四',
    due: 23,
    present: 21,
    leave: 1,
    hours: 150,
    attachments: 2,
    state: 'archived',
    ...changes,
  };
}

export function aMonthRow(changes: Partial<MonthRow> = {}): MonthRow {
  return {
    unitId: 'branch-1',
    unit: '第一党支部',
    kind: 'branch',
    type: 'member-meeting',
    rule: 'quarterly',
    months: Array.from({ length: 12 }, (_, index) => aFigure(`${index + 1}月`, index === 0 || index > 6 ? 1 : 0)),
    gaps: ['第二季度'],
    ...changes,
  };
}

export function bureauTables(): readonly Table[] {
  const branches = ['第一党支部', '第二党支部', '第三党支部'];
  return [
    studyTable(
      branches.map((branch) => aStudyRow(branch)),
      note,
    ),
    examTable([anExamRow(65)], note),
    ledgerTable(
      Array.from({ length: 33 }, () => aLedgerRow()),
      note,
    ),
    monthTable(
      branches.map((unit) => aMonthRow({ unit })),
      note,
    ),
  ];
}

/** A whole report of the fictional bureau; `filler` is repeated so that at least one page is full of plain text. */
export function bureauPaper(filler = 30): ReportDocument {
  const plain = '深入学习贯彻党的十九大精神切实把思想和行动统一到决策部署上来持续用力久久为功'.repeat(filler);
  const texts: SectionText[] = [
    { key: 'introduction', heading: '', text: plain, omitted: [] },
    {
      key: 'problems',
      heading: '',
      text: '（一）学用结合还不够紧密。多是读读书、开开会。\n（二）计划落实还有差距。',
      omitted: [],
    },
    { key: 'plans', heading: '', text: '1.健全制度。\n2.加强督促。', omitted: [] },
  ];
  const sections = reportSections(bureauFigures(), texts);
  return reportDocument({
    title: '2017年度抓基层党建工作述职报告',
    sections,
    signature: '示例市应急管理局党组书记　张三',
    signedOn: '2017-12-20',
    tables: bureauTables(),
    gaps: dataGaps(sections),
    note,
  });
}
