import { addDays, type CivilDate, civilDate } from '@xuekao/kernel';

/** The weeks that show a month (`2017-11`), Monday first; days of the months beside it fill the first and the last week. */
export function weeksOf(month: string): CivilDate[][] {
  const first = civilDate(`${month}-01`);
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const weeks: CivilDate[][] = [];
  let day = addDays(first, -weekday);
  do {
    const start = day;
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(start, at)));
    day = addDays(start, 7);
  } while (day.startsWith(month));
  return weeks;
}

/** `2017-12` and `1` make `2018-01`. */
export function monthAfter(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const index = year * 12 + number - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
