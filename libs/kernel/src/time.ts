import type { Brand } from './brand.js';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A calendar day `YYYY-MM-DD` in the organisation's zone. */
export type CivilDate = Brand<string, 'CivilDate'>;

/** The only source of "now"; tests pass a clock they move by hand. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

const civilDatePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Refuses with undefined what is not a real calendar day, such as 2017-02-30. */
export function parseCivilDate(text: string): CivilDate | undefined {
  const match = civilDatePattern.exec(text);
  if (!match) return undefined;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text ? (text as CivilDate) : undefined;
}

export function civilDate(text: string): CivilDate {
  const date = parseCivilDate(text);
  if (!date) throw new Error(`Not a civil date: ${text}`);
  return date;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

export interface ZonedParts {
  readonly date: CivilDate;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The wall-clock reading of an instant in an IANA zone. */
export function zonedParts(at: Instant, zone: string): ZonedParts {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}` as CivilDate,
    year: Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    second: Number(parts.second),
  };
}

/** The first instant whose wall clock in the zone reads this date and time (`HH:mm`). */
export function instantAt(date: CivilDate, time: string, zone: string): Instant {
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(asUtc)) throw new Error(`Not a date and time: ${date} ${time}`);
  const offsetAt = (at: Instant): number => {
    const p = zonedParts(at, zone);
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(at / 1000) * 1000;
  };
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as CivilDate;
}

/** ISO 8601 week as `2017-W43`; the year is the week's, not the day's. */
export function isoWeekOf(date: CivilDate): string {
  const day = new Date(`${date}T00:00:00Z`);
  const weekday = day.getUTCDay() || 7;
  day.setUTCDate(day.getUTCDate() + 4 - weekday);
  const year = day.getUTCFullYear();
  const week = Math.ceil(((day.getTime() - Date.UTC(year, 0, 1)) / 86_400_000 + 1) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

export interface Period {
  readonly localDate: CivilDate;
  readonly isoWeek: string;
  readonly year: number;
}

/** The period columns stored with a row, so that statistics need no date functions of the database. */
export function periodOf(at: Instant, zone: string): Period {
  const { date, year } = zonedParts(at, zone);
  return { localDate: date, isoWeek: isoWeekOf(date), year };
}
