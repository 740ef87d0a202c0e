import fc from 'fast-check';
import {
  addDays,
  basisPointsFloor,
  civilDate,
  formatPoints,
  formatRate,
  hundredths,
  instantAt,
  isId,
  isoWeekOf,
  newId,
  normalText,
  parseCivilDate,
  parsePoints,
  periodOf,
  rate,
  seededRng,
  zonedParts,
} from './index.js';

describe('ids', () => {
  it('are UUIDv7 and strictly increasing, even many in one millisecond or with a clock that steps back', () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => newId(1_700_000_000_000 - (i % 3)));
    expect(ids.every(isId)).toBe(true);
    expect(ids[0]![14]).toBe('7');
    for (let i = 1; i < ids.length; i++) expect(ids[i]! > ids[i - 1]!).toBe(true);
  });
});

describe('points', () => {
  it('survive formatting and parsing', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (value) => {
        expect(parsePoints(formatPoints(hundredths(value))) === value || value === 0).toBe(true);
      }),
    );
  });
  it('refuse fractions of a hundredth', () => {
    expect(() => hundredths(0.5)).toThrow('integer hundredths');
    expect(parsePoints('1.005')).toBeUndefined();
    expect(parsePoints('abc')).toBeUndefined();
    expect(parsePoints('79.5')).toBe(7950);
  });
});

describe('rates', () => {
  it('are floored for sentences and rounded half up for tables', () => {
    expect(formatRate(rate(65, 66))).toBe('98.48%');
    expect(basisPointsFloor(rate(64, 66))).toBe(9696);
    expect(formatRate(rate(64, 66))).toBe('96.97%');
    expect(formatRate(rate(65_999, 66_000))).toBe('99.99%');
    expect(formatRate(rate(21, 23))).toBe('91.30%');
    expect(formatRate(rate(66, 66))).toBe('100%');
    expect(formatRate(rate(0, 0))).toBe('—');
  });
  it('say 100% only when both counts are equal', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (a, extra) => {
        expect(formatRate(rate(a, a + extra))).not.toBe('100%');
      }),
    );
  });
});

describe('time', () => {
  it('reads the wall clock of Shanghai and finds the instant back', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2037, 0, 1) }), (at) => {
        const minute = Math.floor(at / 60_000) * 60_000;
        const parts = zonedParts(minute, 'Asia/Shanghai');
        const time = `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`;
        expect(instantAt(parts.date, time, 'Asia/Shanghai')).toBe(minute);
      }),
    );
  });
  it('keeps a late evening in Shanghai on its own day and year', () => {
    expect(periodOf(Date.UTC(2017, 11, 31, 16, 0), 'Asia/Shanghai')).toEqual({
      localDate: '2018-01-01',
      isoWeek: '2018-W01',
      year: 2018,
    });
    expect(isoWeekOf(civilDate('2017-01-01'))).toBe('2016-W52');
  });
  it('refuses days that do not exist', () => {
    expect(parseCivilDate('2017-02-29')).toBeUndefined();
    expect(parseCivilDate('2016-02-29')).toBe('2016-02-29');
    expect(addDays(civilDate('2016-02-28'), 2)).toBe('2016-03-01');
  });
});

describe('seeded chance', () => {
  it('shuffles to a permutation, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, items) => {
        const a = seededRng(seed).shuffle(items);
        expect(a).toEqual(seededRng(seed).shuffle(items));
        expect(a.toSorted()).toEqual(items.toSorted());
      }),
    );
  });
});

describe('normal text', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string(), (text) => expect(normalText(normalText(text))).toBe(normalText(text))),
      {
        examples: [['Ａ　Ｂ  c']],
      },
    );
  });
});
