import { basisPointsFloor, type Rate } from '@xuekao/kernel';

const digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** 1 to 10 as 一 to 十, for headings, quarters and branches. */
export function chineseOrdinal(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 10) throw new Error(`No ordinal for ${value}, 0 to 10 expected`);
  return digits[value]!;
}

/**
 * A rough count as reports word it: 31 to 39 are `30余`, 111 is `110余`. Round tens and everything up to 10 are printed
 * exactly, because 余 would claim more than there is. Source: domain.md §0 finding 8, §1.4.
 */
export function fuzzyCount(value: number): string {
  if (!Number.isInteger(value) || value < 0) throw new Error(`A count is a whole number from 0, not ${value}`);
  if (value < 11 || value % 10 === 0) return String(value);
  return `${Math.floor(value / 10) * 10}余`;
}

/**
 * A share inside a sentence: floored to whole percent with 以上 unless it is exact (`98%以上` for 65/66, `98%` for 49/50),
 * `100%` only where both counts are equal, two floored decimals below one percent. Null when nothing was due.
 * Never rounds up and never writes 近, 约 or 突破. Source: domain.md §1.4.
 */
export function sharePhrase(value: Rate): string | null {
  const { numerator, denominator } = value;
  if (numerator > denominator) throw new Error(`A share cannot exceed its base: ${numerator}/${denominator}`);
  const floored = basisPointsFloor(value);
  if (floored === null) return null;
  if (numerator === denominator) return '100%';
  if (numerator === 0) return '0%';
  const exact = (percentOrPoints: number, base: number): boolean =>
    BigInt(percentOrPoints) * BigInt(denominator) === BigInt(numerator) * BigInt(base);
  const percent = Math.floor(floored / 100);
  if (percent > 0) return exact(percent, 100) ? `${percent}%` : `${percent}%以上`;
  if (floored === 0) return '不足0.01%';
  return `0.${String(floored).padStart(2, '0')}%${exact(floored, 10_000) ? '' : '以上'}`;
}

/** `300` hundredths as `3`, `350` as `3.5`; exact. */
export function hoursText(hundredths: number): string {
  if (!Number.isSafeInteger(hundredths) || hundredths < 0)
    throw new Error(`Hours are whole hundredths, not ${hundredths}`);
  const rest = hundredths % 100;
  return `${Math.floor(hundredths / 100)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0').replace(/0$/, '')}`}`;
}

/** Mean of a sum in hundredths, floored to one decimal so that it never overstates; null without a base. */
export function meanFloor(sumHundredths: number, count: number): string | null {
  if (count === 0) return null;
  const tenths = Math.floor(sumHundredths / (10 * count));
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

/** Mean of marks in hundredths for a table, rounded half up to two decimals; `—` when nobody sat. */
export function meanMarks(sumHundredths: number, count: number): string {
  if (count === 0) return '—';
  const rounded = Math.floor((2 * sumHundredths + count) / (2 * count));
  return hoursText(rounded);
}

/** `《标题》`, without doubling brackets that people typed. */
export function bookTitle(title: string): string {
  const bare = title.trim().replace(/^《(.*)》$/u, '$1');
  return `《${bare}》`;
}

/** `12月20日`, where the year stands above the table. */
export function dayOfYear(date: string): string {
  return chineseDate(date).replace(/^\d+年/, '');
}

/** `2017年12月20日`: no leading zeros. Source: GB/T 9704-2012 §7.3.5.4 as in domain.md §5.3. */
export function chineseDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  if (!year || !month || !day) throw new Error(`Not a civil date: ${date}`);
  return `${year}年${month}月${day}日`;
}
