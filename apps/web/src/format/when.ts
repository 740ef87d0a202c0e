import { type Instant, zonedParts } from '@xuekao/kernel';

export const zone = 'Asia/Shanghai';
const weekdays = '日一二三四五六';
const two = (value: number): string => String(value).padStart(2, '0');
const weekdayOf = (date: string): string => `周${weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()]}`;

/** `11月22日 周日`; the year stands before it where it is not this year. */
export function formatDay(at: Instant, now: Instant): string {
  const day = zonedParts(at, zone);
  const year = day.year === zonedParts(now, zone).year ? '' : `${day.year}年`;
  return `${year}${day.month}月${day.day}日 ${weekdayOf(day.date)}`;
}

/** `15:00` in the organisation's zone. */
export function formatTime(at: Instant): string {
  const { hour, minute } = zonedParts(at, zone);
  return `${two(hour)}:${two(minute)}`;
}

/** `11月22日 周日 15:00`. */
export const formatWhen = (at: Instant, now: Instant): string => `${formatDay(at, now)} ${formatTime(at)}`;

/** The unbreakable parts of a span: day and time; of two days the second whole. Joined they read as one text. */
export function spanOf(from: Instant, to: Instant | null, now: Instant): string[] {
  if (to === null) return [formatWhen(from, now)];
  const day = `${formatDay(from, now)} `;
  const isSameDay = zonedParts(from, zone).date === zonedParts(to, zone).date;
  if (isSameDay) return [day, `${formatTime(from)}–${formatTime(to)}`];
  return [day, `${formatTime(from)}–`, formatWhen(to, now)];
}

/** {@link spanOf} as one text. */
export const formatSpan = (from: Instant, to: Instant, now: Instant): string => spanOf(from, to, now).join('');

const numerals = '零一二三四五六七八九十';

/** Chapter numbers as books print them, 1 to 99: 一, 十, 十一, 二十, 二十三. Other numbers stay digits. */
export function chineseNumber(value: number): string {
  if (!Number.isInteger(value) || value < 1 || value > 99) return String(value);
  if (value <= 10) return numerals.charAt(value);
  const tens = Math.floor(value / 10);
  const ones = value % 10;
  return `${tens > 1 ? numerals.charAt(tens) : ''}十${ones > 0 ? numerals.charAt(ones) : ''}`;
}

/** `2017-10-18` as `2017年10月18日`, `2017-10` as `2017年10月`: documents carry dates as exact as their source. */
export function formatDocumentDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month ? `${month}月` : ''}${day ? `${day}日` : ''}`;
}

/** `1:29:05`, `29:05`, `0:09`: what is left, never negative, the last second shown as 0:01 until it is over. */
export function formatLeft(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const tail = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** `90 分钟`, `1 小时`, `1 小时 30 分钟`. */
export function formatMinutes(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0 || (hours === 1 && rest > 0)) return `${minutes} 分钟`;
  return rest === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分钟`;
}
