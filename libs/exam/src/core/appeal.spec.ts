import type { ReviewOptions } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import fc from 'fast-check';
import { appealRefusal, appealWindow } from './appeal.js';
import { optionsFrom } from './review.js';

const day = 86_400_000;
const closedAt = 100 * day;
const closed = { state: 'closed', closedAt, score: 8000, markedAt: null } as const;
const usual = optionsFrom('after-close');
const shown = (close: ReviewOptions['shown']['close'], later = close): ReviewOptions => ({
  shown: { 'hand-in': [], close, later },
  laterAfterDays: 10,
});

describe('the time for appeals', () => {
  it('is a week from the close where nothing else is said', () => {
    expect(appealWindow(closed, usual)).toEqual({ from: closedAt, until: closedAt + 7 * day });
  });

  it('begins when the score shows, and not before the last mark was given', () => {
    expect(appealWindow(closed, shown([], ['score']))?.from).toBe(closedAt + 10 * day);
    expect(appealWindow({ ...closed, markedAt: closedAt + 20 * day }, usual)?.from).toBe(closedAt + 20 * day);
    expect(appealWindow({ ...closed, markedAt: closedAt - day }, usual)?.from).toBe(closedAt);
  });

  it.each([
    ['an exam that is still open', { ...closed, state: 'published', closedAt: null } as const, usual],
    ['a result that waits for a marker', { ...closed, score: null }, usual],
    ['a score that is never shown', closed, shown([])],
    ['an exam without days for it', closed, { ...usual, appealDays: 0 }],
  ])('never comes for %s', (_, result, options) => {
    expect(appealWindow(result, options)).toBeNull();
  });

  it('refuses before and after it, and for a void question, by name', () => {
    const window = { from: 10, until: 20 };
    const codeAt = (now: number, full: number | undefined = 100, of: typeof window | null = window) => {
      const refusal = appealRefusal(of, full, now);
      return refusal ? refusal.code : 'allowed';
    };
    expect([9, 10, 19, 20].map((now) => codeAt(now))).toEqual([
      'exam.appeal.not-allowed',
      'allowed',
      'allowed',
      'exam.appeal.too-late',
    ]);
    expect(codeAt(15, 0)).toBe('exam.appeal.not-allowed');
    expect(codeAt(15, 100, null)).toBe('exam.appeal.not-allowed');
  });

  it('is as long as the exam says, whenever it begins, and open on no moment outside', () => {
    const days = fc.integer({ min: 1, max: 365 });
    const markedAt = fc.option(fc.integer({ min: 0, max: 200 * day }), { nil: null });
    fc.assert(
      fc.property(days, markedAt, fc.integer({ min: 0, max: 600 * day }), (appealDays, marked, now) => {
        const window = appealWindow({ ...closed, markedAt: marked }, { ...usual, appealDays })!;
        expect(window.until - window.from).toBe(appealDays * day);
        expect(window.from).toBeGreaterThanOrEqual(closedAt);
        const isIn = now >= window.from && now < window.until;
        expect(isRefusal(appealRefusal(window, 100, now))).toBe(!isIn);
      }),
    );
  });
});
