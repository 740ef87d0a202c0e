import type { ExamRow, Figure, MonthRow, RateFigure, StudyRow } from '@xuekao/contracts';
import { formatRate, rate } from '@xuekao/kernel';
import type { Overview } from './core/index.js';
import type { AskedQuestion } from './stats.service.js';
import type { ExamStatsRowDto, FigureDto, MonthRowDto, OverviewDto, RateDto, StudyRowDto } from './stats.dto.js';

/** The ids stay on the server: `GET /stats/records` lists them. */
export function shownFigure({ key, label, unit, value, trace }: Figure): FigureDto {
  return { key, label, unit, value, query: trace.query, recordKind: trace.kind, records: trace.ids.length };
}

export function shownRate({ key, label, numerator, denominator }: RateFigure): RateDto {
  return {
    key,
    label,
    numerator: shownFigure(numerator),
    denominator: shownFigure(denominator),
    text: formatRate(rate(numerator.value, denominator.value)),
  };
}

export function shownOverview({ figures, rates, question }: Overview & { question: AskedQuestion }): OverviewDto {
  const { facts, area, unit } = question;
  return {
    year: facts.year,
    unit: { id: unit.id, name: unit.name, kind: unit.kind },
    from: area.span.from,
    to: area.span.to,
    asOf: facts.asOf,
    figures: figures.map(shownFigure),
    rates: rates.map(shownRate),
  };
}

export function shownStudyRow(row: StudyRow): StudyRowDto {
  return {
    unitId: row.unitId,
    unit: row.unit,
    full: shownFigure(row.full),
    probationary: shownFigure(row.probationary),
    studyGroupSessions: shownFigure(row.studyGroupSessions),
    collectiveSessions: shownFigure(row.collectiveSessions),
    branchSessions: shownFigure(row.branchSessions),
    lectures: shownFigure(row.lectures),
    partyDays: shownFigure(row.partyDays),
    attendance: shownRate(row.attendance),
    hours: shownFigure(row.hours),
    hourMembers: shownFigure(row.hourMembers),
    hoursReached: shownRate(row.hoursReached),
    note: row.note,
  };
}

export function shownMonthRow({ unitId, unit, kind, type, rule, months, gaps }: MonthRow): MonthRowDto {
  return {
    unitId,
    unit,
    kind,
    type,
    rule,
    months: months.map((month) => month.value),
    sessionIds: months.flatMap((month) => month.trace.ids),
    gaps,
  };
}

export function shownExamRow(row: ExamRow & { readonly suppressed: boolean }): ExamStatsRowDto {
  const { bands, sat, suppressed } = row;
  const marks = suppressed
    ? { meanMarks: null, medianMarks: null, bands: null, atLeast: null, pass: null, excellent: null }
    : {
        meanMarks: sat.value === 0 ? null : Math.round(row.totalMarks / sat.value),
        medianMarks: row.medianMarks,
        bands: { a90: bands.a90.value, b80: bands.b80.value, c60: bands.c60.value, d0: bands.d0.value },
        atLeast: shownRate(row.atLeast),
        pass: shownRate(row.pass),
        excellent: shownRate(row.excellent),
      };
  return {
    examId: row.examId,
    name: row.name,
    level: row.level,
    date: row.date,
    due: shownFigure(row.due),
    sat: shownFigure(sat),
    absent: row.absent,
    participation: shownRate(row.participation),
    threshold: row.threshold,
    suppressed,
    ...marks,
  };
}
