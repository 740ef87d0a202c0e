import type { Question } from './question.js';
import { isWithin } from './span.js';

/** 集中学习培训学时 of each person in the span, in hundredths, wherever they were earned: hours follow the person. */
export function hoursOf({ facts, area }: Question): ReadonlyMap<string, number> {
  const hours = new Map<string, number>();
  for (const row of facts.hours)
    if (row.collective && isWithin(row.date, area.span))
      hours.set(row.memberId, (hours.get(row.memberId) ?? 0) + row.hours);
  return hours;
}
