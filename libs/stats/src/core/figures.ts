import {
  statFigures,
  statRates,
  type Figure,
  type FigureUnit,
  type RateFigure,
  type RecordKind,
  type StatFigure,
  type StatRate,
  type StatRecord,
} from '@xuekao/contracts';
import type { Question } from './question.js';
import { recordsOf } from './records.js';
import { monthOf, monthSpan, quarterOf, quarterSpan, yearSpan, type Span } from './span.js';

/** 人次 and 次 count rows, 人 count people, 学时 are summed. */
export function valueOf(unit: FigureUnit, rows: readonly StatRecord[]): number {
  if (unit === 'hours') return rows.reduce((sum, row) => sum + row.amount, 0);
  if (unit === 'persons') return new Set(rows.map((row) => row.memberId)).size;
  return rows.length;
}

function distinct(rows: readonly StatRecord[], keyOf: (row: StatRecord) => string | null): string[] {
  const keys = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== null) keys.add(key);
  }
  return [...keys];
}

/**
 * The ids that a report keeps for a figure: people for 人 and for the 人次 of a single exam, else the sessions or exams.
 */
function traced(unit: FigureUnit, kind: RecordKind, rows: readonly StatRecord[]): { kind: RecordKind; ids: string[] } {
  if (unit === 'persons') return { kind: 'member', ids: distinct(rows, (row) => row.memberId) };
  const events = distinct(rows, (row) => row.id);
  if (kind === 'exam-result')
    return events.length <= 1
      ? { kind: 'member', ids: distinct(rows, (row) => row.memberId) }
      : { kind: 'exam', ids: events };
  return { kind: kind === 'attendance' ? 'session' : kind, ids: events };
}

export interface FigureName {
  readonly key: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly kind: RecordKind;
}

export function figureFrom(name: FigureName, rows: readonly StatRecord[], query: string): Figure {
  const { key, label, unit, kind } = name;
  return { key, label, unit, value: valueOf(unit, rows), trace: { query, ...traced(unit, kind, rows) } };
}

/** `2017年`, `2017年第2季度`, `2017年3月`, or the days themselves. */
export function spanText({ from, to }: Span): string {
  const year = Number(from.slice(0, 4));
  const month = monthOf(from);
  const is = (span: Span): boolean => span.from === from && span.to === to;
  if (is(yearSpan(year))) return `${year}年`;
  const quarter = quarterOf(from);
  if (is(quarterSpan(year, quarter))) return `${year}年第${quarter}季度`;
  return is(monthSpan(year, month)) ? `${year}年${month}月` : `${from}起至${to}前`;
}

export function figureOf(key: StatFigure, question: Question): Figure {
  const query = `${statFigures[key].label}，${spanText(question.area.span)}`;
  return figureFrom({ key, ...statFigures[key] }, recordsOf[key](question), query);
}

export function rateOf(key: StatRate, question: Question): RateFigure {
  const { label, numerator, denominator } = statRates[key];
  return { key, label, numerator: figureOf(numerator, question), denominator: figureOf(denominator, question) };
}

export interface Overview {
  readonly figures: readonly Figure[];
  readonly rates: readonly RateFigure[];
}

/** Every figure once, and the rates over the same figures. */
export function overviewOf(question: Question): Overview {
  const figures = new Map((Object.keys(statFigures) as StatFigure[]).map((key) => [key, figureOf(key, question)]));
  const rates = (Object.keys(statRates) as StatRate[]).map((key) => {
    const { label, numerator, denominator } = statRates[key];
    return { key, label, numerator: figures.get(numerator)!, denominator: figures.get(denominator)! };
  });
  return { figures: [...figures.values()], rates };
}
