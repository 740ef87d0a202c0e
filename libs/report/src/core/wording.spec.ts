import { rate } from '@xuekao/kernel';
import {
  bookTitle,
  chineseDate,
  chineseOrdinal,
  dayOfYear,
  fuzzyCount,
  hoursText,
  meanFloor,
  meanMarks,
  sharePhrase,
} from './wording.js';

describe('rough counts', () => {
  it.each([
    [9, '9'],
    [10, '10'],
    [11, '10余'],
    [30, '30'],
    [31, '30余'],
    [33, '30余'],
    [39, '30余'],
    [40, '40'],
    [111, '110余'],
  ])('words %i as %s', (value, text) => expect(fuzzyCount(value)).toBe(text));
  it('refuses what is no count', () => expect(() => fuzzyCount(1.5)).toThrow('whole number'));
});

describe('shares in a sentence', () => {
  it.each([
    [64, 66, '96%以上'],
    [65, 66, '98%以上'],
    [66, 66, '100%'],
    [49, 50, '98%'],
    [65_999, 66_000, '99%以上'],
    [0, 66, '0%'],
    [1, 300, '0.33%以上'],
    [1, 200, '0.50%'],
    [1, 100_000, '不足0.01%'],
  ])('words %i of %i as %s', (a, b, text) => expect(sharePhrase(rate(a, b))).toBe(text));
  it('has nothing to say when nothing was due', () => expect(sharePhrase(rate(0, 0))).toBeNull());
  it('faults on a share above its base', () => expect(() => sharePhrase(rate(67, 66))).toThrow('67/66'));
});

describe('hours, means, titles and dates', () => {
  it('prints hundredths exactly', () => {
    expect([300, 350, 325, 0, 5].map(hoursText)).toEqual(['3', '3.5', '3.25', '0', '0.05']);
    expect(() => hoursText(0.5)).toThrow('hundredths');
  });
  it('floors a mean in a sentence and rounds it in a table', () => {
    expect(meanFloor(66 * 4160 + 65, 66)).toBe('41.6');
    expect(meanFloor(12800, 4)).toBe('32');
    expect(meanFloor(100, 0)).toBeNull();
    expect(meanMarks(9999 + 9998, 2)).toBe('99.99');
    expect(meanMarks(0, 0)).toBe('—');
  });
  it('brackets a title once', () => {
    expect(bookTitle('不忘初心')).toBe('《不忘初心》');
    expect(bookTitle('《不忘初心》')).toBe('《不忘初心》');
  });
  it('writes dates without leading zeros and ordinals up to ten', () => {
    expect(chineseDate('2017-02-08')).toBe('2017年2月8日');
    expect(dayOfYear('2017-02-08')).toBe('2月8日');
    expect(() => chineseDate('soon')).toThrow('civil date');
    expect(chineseOrdinal(3)).toBe('三');
    expect(() => chineseOrdinal(11)).toThrow('0 to 10');
  });
});
