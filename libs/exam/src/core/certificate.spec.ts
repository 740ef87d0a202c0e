import fc from 'fast-check';
import { certificateNumber, certificateText, chineseDate, maskedName } from './certificate.js';

describe('a certificate', () => {
  it('is numbered through the year and shows no name to strangers', () => {
    expect(certificateNumber({ year: 2017, serial: 42 })).toBe('2017-00042');
    expect([maskedName('张三'), maskedName('欧阳小明'), maskedName('张')]).toEqual(['张*', '欧***', '张*']);
  });

  it.each([
    ['2017-12-08', '二〇一七年十二月八日'],
    ['2026-10-31', '二〇二六年十月三十一日'],
    ['2030-01-10', '二〇三〇年一月十日'],
    ['1999-11-20', '一九九九年十一月二十日'],
  ])('of %s is dated %s', (date, written) => {
    expect(chineseDate(date)).toBe(written);
  });

  it('has another date in words for each day', () => {
    const days = fc.record({
      y: fc.integer({ min: 1949, max: 2100 }),
      m: fc.integer({ min: 1, max: 12 }),
      d: fc.integer({ min: 1, max: 31 }),
    });
    const iso = ({ y, m, d }: { y: number; m: number; d: number }): string =>
      `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
    fc.assert(
      fc.property(days, days, (one, other) => {
        expect(chineseDate(iso(one)) === chineseDate(iso(other))).toBe(iso(one) === iso(other));
        expect(chineseDate(iso(one))).toMatch(
          /^[〇一二三四五六七八九]{4}年[一二三四五六七八九十]+月[一二三四五六七八九十]+日$/u,
        );
      }),
    );
  });

  it('says who passed what, with the unit where there is one', () => {
    const certificate = { name: '张三', unitName: '第一支部', title: '党章测试' };
    expect(certificateText(certificate)).toBe('张三同志（第一支部）参加“党章测试”，成绩合格，特发此证。');
    expect(certificateText({ ...certificate, unitName: '' })).toBe('张三同志参加“党章测试”，成绩合格，特发此证。');
  });
});
