import { sessionTypes, type LedgerRow, type MonthRow, type SessionType, type UnitKind } from '@xuekao/contracts';
import { unitIndex } from './area.js';
import type { UnitFact } from './facts.js';
import { groupedBy } from './grouped.js';
import { lastDay } from './membership.js';
import type { Question } from './question.js';
import { sessionsOf } from './records.js';
import { monthOf, quarterOf } from './span.js';

/** 三会一课 in the narrow sense, and the party day that goes with it. */
export const ledgerTypes: readonly SessionType[] = [
  'member-meeting',
  'branch-committee',
  'group-meeting',
  'party-lecture',
  'party-day',
];

/** Every session of those types that the area's units archived, oldest first; one row per type that it held. */
export function ledgerRows(question: Question): readonly LedgerRow[] {
  const names = unitIndex(question.facts);
  const wanted = new Set(ledgerTypes);
  const attendance = groupedBy(question.facts.attendance, (row) => row.sessionId);
  return sessionsOf(question, wanted)
    .flatMap((session) => {
      const due = (attendance.get(session.id) ?? []).filter((row) => row.exemption === null);
      const types = [...new Set(session.items.map((item) => item.type))].filter((type) => wanted.has(type));
      return types.map((type) => {
        const items = session.items.filter((item) => item.type === type);
        return {
          sessionId: session.id,
          date: session.date,
          type,
          title: items.map((item) => item.title).join('；') || session.title,
          unit: names.get(session.ownerUnitId)?.name ?? '',
          host: session.host,
          recorder: session.recorder,
          due: due.length,
          present: due.filter((row) => row.outcome === 'present').length,
          leave: due.filter((row) => row.outcome === 'leave').length,
          hours: items.reduce((sum, item) => sum + item.hours, 0),
          attachments: session.attachments,
          state: 'archived' as const,
        };
      });
    })
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** How often a unit of a kind is expected to hold a type. Source: domain.md §3.1 (支部工作条例(试行) 2018 art. 11–13, 16). */
const expected: readonly { readonly kind: UnitKind; readonly type: SessionType; readonly rule: MonthRow['rule'] }[] = [
  { kind: 'branch', type: 'member-meeting', rule: 'quarterly' },
  { kind: 'branch', type: 'branch-committee', rule: 'monthly' },
  { kind: 'party-small-group', type: 'group-meeting', rule: 'monthly' },
  { kind: 'branch', type: 'party-lecture', rule: 'none' },
  { kind: 'branch', type: 'party-day', rule: 'monthly' },
  { kind: 'branch', type: 'organisation-life', rule: 'yearly' },
];

/** The frequencies of 2018 do not judge earlier years. Source: domain.md §0 finding 4. */
export const rulesSince = 2019;

const ordinals = ['一', '二', '三', '四'] as const;

function gapsOf(rule: MonthRow['rule'], counts: readonly number[], months: number): readonly string[] {
  const done = counts.slice(0, months);
  if (rule === 'monthly') return done.flatMap((count, month) => (count === 0 ? [`${month + 1}月`] : []));
  if (rule === 'yearly') return months === 12 && done.every((count) => count === 0) ? ['全年'] : [];
  if (rule === 'none') return [];
  return [1, 2, 3, 4].flatMap((quarter) => {
    const inQuarter = counts.slice(quarter * 3 - 3, quarter * 3);
    return quarter * 3 <= months && inQuarter.every((count) => count === 0) ? [`第${ordinals[quarter - 1]}季度`] : [];
  });
}

/** Months that are over on the last day the facts know; a running month is no gap yet. */
function monthsOver(question: Question): number {
  const last = lastDay(question.facts, question.area);
  const next = new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000);
  return next.getUTCFullYear() > question.facts.year ? 12 : next.getUTCMonth();
}

function monthRow(question: Question, unit: UnitFact, type: SessionType, rule: MonthRow['rule']): MonthRow {
  const own = { ...question, area: { ...question.area, unitIds: new Set([unit.id]) } };
  const byMonth = groupedBy(sessionsOf(own, new Set([type])), (session) => monthOf(session.date));
  const months = Array.from({ length: 12 }, (_, index) => {
    const ids = (byMonth.get(index + 1) ?? []).map((session) => session.id);
    const label = `${unit.name}${index + 1}月${sessionTypes[type].name}`;
    return {
      key: `${unit.id}:${type}:${index + 1}`,
      label,
      unit: 'times' as const,
      value: ids.length,
      trace: { query: label, kind: 'session' as const, ids },
    };
  });
  const judged = question.facts.year >= rulesSince ? rule : 'none';
  const counts = months.map((month) => month.value);
  return {
    unitId: unit.id,
    unit: unit.name,
    kind: unit.kind,
    type,
    rule: judged,
    months,
    gaps: gapsOf(judged, counts, monthsOver(question)),
  };
}

/** The twelve months of every unit and type with the gaps that the rules of the year name. */
export function monthRows(question: Question): readonly MonthRow[] {
  return expected.flatMap(({ kind, type, rule }) =>
    question.facts.units
      .filter((unit) => unit.kind === kind && question.area.unitIds.has(unit.id))
      .map((unit) => monthRow(question, unit, type, rule)),
  );
}

/** Every unit and type that held a session in the span, with what the year's rules wanted and nobody held, by unit. */
export function sessionMonths(question: Question): readonly MonthRow[] {
  const units = unitIndex(question.facts);
  const rows = new Map(monthRows(question).map((row) => [`${row.unitId}:${row.type}`, row]));
  for (const session of sessionsOf(question))
    for (const { type } of session.items) {
      const unit = units.get(session.ownerUnitId);
      const key = `${session.ownerUnitId}:${type}`;
      if (unit && !rows.has(key)) rows.set(key, monthRow(question, unit, type, 'none'));
    }
  const order = new Map(question.facts.units.map((unit, index) => [unit.id, index]));
  return [...rows.values()].toSorted((a, b) => order.get(a.unitId)! - order.get(b.unitId)!);
}

/** Quarters 1 to 4 without any of the dates, as far as they are over. */
export function quartersWithout(question: Question, dates: readonly { readonly date: string }[]): readonly number[] {
  const held = new Set(dates.map(({ date }) => quarterOf(date as never)));
  const over = Math.floor(monthsOver(question) / 3);
  return [1, 2, 3, 4].filter((quarter) => quarter <= over && !held.has(quarter));
}
