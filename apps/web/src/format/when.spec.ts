import { civilDate, instantAt } from '@xuekao/kernel';
import { chineseNumber, formatDocumentDate, formatLeft, formatMinutes, formatSpan, formatWhen } from './when.js';

const at = (date: string, time: string): number => instantAt(civilDate(date), time, 'Asia/Shanghai');
const now = at('2026-11-20', '09:00');

describe('dates as people read them', () => {
  it('gives month, day, weekday and time in Asia/Shanghai', () => {
    expect(formatWhen(at('2026-11-22', '15:00'), now)).toBe('11月22日 周日 15:00');
    expect(formatWhen(Date.UTC(2026, 10, 22, 16, 30), now)).toBe('11月23日 周一 00:30');
  });

  it('adds the year only where it is another one', () => {
    expect(formatWhen(at('2027-01-04', '09:05'), now)).toBe('2027年1月4日 周一 09:05');
  });

  it('writes the second day of a span only where it differs', () => {
    expect(formatSpan(at('2026-11-22', '15:00'), at('2026-11-22', '17:30'), now)).toBe('11月22日 周日 15:00–17:30');
    expect(formatSpan(at('2026-11-22', '15:00'), at('2026-11-24', '18:00'), now)).toBe(
      '11月22日 周日 15:00–11月24日 周二 18:00',
    );
  });

  it('keeps a document date as exact as it is given', () => {
    expect(formatDocumentDate('2017-10-18')).toBe('2017年10月18日');
    expect(formatDocumentDate('2017-10')).toBe('2017年10月');
    expect(formatDocumentDate('2017')).toBe('2017年');
  });
});

describe('chapter numbers', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [11, '十一'],
    [20, '二十'],
    [23, '二十三'],
    [100, '100'],
  ])('prints %d as %s', (value, text) => {
    expect(chineseNumber(value)).toBe(text);
  });
});

describe('what is left of a time limit', () => {
  it.each([
    [0, '0:00'],
    [-5000, '0:00'],
    [1, '0:01'],
    [9_000, '0:09'],
    [1_745_000, '29:05'],
    [5_345_000, '1:29:05'],
  ])('reads %d ms as %s', (ms, text) => {
    expect(formatLeft(ms)).toBe(text);
  });

  it.each([
    [45, '45 分钟'],
    [60, '1 小时'],
    [90, '90 分钟'],
    [150, '2 小时 30 分钟'],
  ])('reads a limit of %d minutes as %s', (minutes, text) => {
    expect(formatMinutes(minutes)).toBe(text);
  });
});
