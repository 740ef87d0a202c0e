import type { ExamRow, Figure, RateFigure } from '@xuekao/contracts';
import type { ExamFact, ResultFact } from './facts.js';
import { groupedBy } from './grouped.js';
import type { Question } from './question.js';
import { resultRows } from './records.js';

/** Middle of the marks in hundredths; of an even number the lower half-sum, floored. Null when nobody sat. */
export function medianMarks(marks: readonly number[]): number | null {
  if (marks.length === 0) return null;
  const sorted = marks.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.floor((sorted[middle - 1]! + sorted[middle]!) / 2);
}

function persons(exam: ExamFact, key: string, label: string, rows: readonly ResultFact[]): Figure {
  const ids = [...new Set(rows.map((row) => row.memberId))];
  return {
    key: `${key}:${exam.id}`,
    label,
    unit: 'persons',
    value: ids.length,
    trace: { query: `${exam.name}：${label}`, kind: 'member', ids },
  };
}

/** Why people of 应考 did not sit, by number; names stay in the drill-down. */
function absences(due: readonly ResultFact[]): ExamRow['absent'] {
  const absent = due.filter((row) => row.marks === null);
  const byReason = groupedBy(absent, (row) => row.absence || '未说明');
  return [...byReason].map(([reason, rows]) => ({ reason, count: rows.length }));
}

function examRow(question: Question, exam: ExamFact, due: readonly ResultFact[]): ExamRow {
  const sat = due.filter((row) => row.marks !== null);
  const marks = sat.map((row) => row.marks!);
  const between = (key: string, label: string, from: number, to = Infinity): Figure => {
    const within = sat.filter((row) => row.marks! >= from && row.marks! < to);
    return persons(exam, key, label, within);
  };
  const satFigure = persons(exam, 'sat', '实考人数', sat);
  const dueFigure = persons(exam, 'due', '应考人数', due);
  const ofSat = (key: string, label: string, line: number): RateFigure => {
    const numerator = between(key, label, line);
    return { key: `${key}:${exam.id}`, label, numerator, denominator: satFigure };
  };
  const { atLeast } = question.thresholds;
  return {
    examId: exam.id,
    name: exam.name,
    level: exam.level,
    date: exam.date,
    due: dueFigure,
    sat: satFigure,
    absent: absences(due),
    participation: { key: `participation:${exam.id}`, label: '参考率', numerator: satFigure, denominator: dueFigure },
    totalMarks: marks.reduce((sum, each) => sum + each, 0),
    medianMarks: medianMarks(marks),
    bands: {
      a90: between('90', '90分以上', 9000),
      b80: between('80', '80–89分', 8000, 9000),
      c60: between('60', '60–79分', 6000, 8000),
      d0: between('0', '60分以下', 0, 6000),
    },
    threshold: atLeast,
    atLeast: ofSat('at-least', '达到分数线占比', atLeast),
    pass: ofSat('pass', '合格率', exam.passMarks),
    excellent: ofSat('excellent', '优秀率', exam.excellentMarks),
  };
}

/** One row per exam that somebody of the area was due to sit, oldest first. Source: domain.md §5.2. */
export function examRows(question: Question): readonly ExamRow[] {
  const byExam = groupedBy(
    resultRows(question, () => true),
    ({ exam }) => exam,
  );
  return [...byExam]
    .map(([exam, rows]) =>
      examRow(
        question,
        exam,
        rows.map(({ row }) => row),
      ),
    )
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
