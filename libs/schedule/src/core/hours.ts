import type { HoursUnit, SessionType } from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { civilDate } from '@xuekao/kernel';
import type { SessionItem } from './session.js';

/**
 * One dated row of the study-hours table: from `validFrom` on, `amount` of `unit` are worth `hours` hundredths. A row for a
 * type goes before a row for all types (null), a later row before an earlier one. `step` rounds minutes down (50 = half an
 * hour). Source: domain.md §0.6, practice differs from place to place.
 */
export interface StudyHoursRule {
  readonly id: string;
  readonly type: SessionType | null;
  readonly unit: HoursUnit;
  readonly amount: number;
  readonly hours: number;
  readonly step: number;
  readonly validFrom: CivilDate;
  readonly source: string;
}

const fromTheBeginning = civilDate('1900-01-01');
const shipped = (
  id: string,
  type: SessionType | null,
  unit: HoursUnit,
  amount: number,
  hours: number,
): StudyHoursRule => ({ id, type, unit, amount, hours, step: 50, validFrom: fromTheBeginning, source: '默认' });

/** What holds until an organisation enters rows of its own. */
export const defaultHoursRules: readonly StudyHoursRule[] = [
  shipped('default-minutes', null, 'minutes', 60, 100),
  shipped('default-half-day', null, 'half-day', 1, 400),
  shipped('default-day', null, 'day', 1, 800),
  shipped('default-study-group', 'study-group-session', 'session', 1, 300),
];

/** The row that converts `unit` for `type` on a day: own type first, then the latest; undefined when there is none. */
export function hoursRuleOn(
  table: readonly StudyHoursRule[],
  type: SessionType,
  unit: HoursUnit,
  on: CivilDate,
): StudyHoursRule | undefined {
  return table
    .filter((rule) => rule.unit === unit && (rule.type === type || rule.type === null) && rule.validFrom <= on)
    .toSorted((a, b) => Number(b.type !== null) - Number(a.type !== null) || (a.validFrom < b.validFrom ? 1 : -1))[0];
}

function worth(rule: StudyHoursRule | undefined, amount: number): number {
  if (!rule) return 0;
  const exact = Math.floor((amount * rule.hours) / rule.amount);
  return exact - (exact % rule.step);
}

/**
 * Study hours of an item in hundredths: by days and half days when it is measured so, else by the session where the table has
 * a row of its own type, else by minutes. Never negative; more time never gives fewer hours.
 */
export function hoursOf(
  table: readonly StudyHoursRule[],
  item: Pick<SessionItem, 'type' | 'minutes' | 'halfDays'>,
  on: CivilDate,
): number {
  const ruleFor = (unit: HoursUnit): StudyHoursRule | undefined => hoursRuleOn(table, item.type, unit, on);
  if (item.halfDays !== null) {
    return worth(ruleFor('day'), Math.floor(item.halfDays / 2)) + worth(ruleFor('half-day'), item.halfDays % 2);
  }
  const bySession = ruleFor('session');
  const byMinutes = ruleFor('minutes');
  const perSession = bySession && (bySession.type !== null || !byMinutes) && byMinutes?.type !== item.type;
  return perSession ? worth(bySession, 1) : worth(byMinutes, item.minutes);
}
