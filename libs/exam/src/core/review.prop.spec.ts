import type { ExamState, ReviewFacet, ReviewOptions } from '@xuekao/contracts';
import { reviewFacets } from '@xuekao/contracts';
import fc from 'fast-check';
import { isWholeReview, momentOf, optionsFrom, reviewOptionsRefusal, shownFacets } from './review.js';

const day = 86_400_000;
const facets = fc.subarray(Object.keys(reviewFacets) as ReviewFacet[]);
const options: fc.Arbitrary<ReviewOptions> = fc.record({
  shown: fc.record({ 'hand-in': facets, close: facets, later: facets }),
  laterAfterDays: fc.nat(30),
});
const exam = (state: ExamState, attempts = 1, closedAt: number | null = null) => ({ state, attempts, closedAt });
const attempt = (over: object = {}) => ({ isOpen: false, number: 1, isWaiting: false, ...over });

describe('what a member sees of his result', () => {
  it('is what the three plain policies said before', () => {
    const whole = (policy: 'after-close' | 'after-hand-in' | 'never', state: ExamState, number = 1, attempts = 1) =>
      isWholeReview(shownFacets(optionsFrom(policy), exam(state, attempts, 0), attempt({ number }), 0));
    expect(whole('after-close', 'published')).toBe(false);
    expect(whole('after-close', 'closed')).toBe(true);
    expect(whole('after-hand-in', 'published', 1, 2)).toBe(false);
    expect(whole('after-hand-in', 'published', 2, 2)).toBe(true);
    expect(whole('after-hand-in', 'archived', 1, 2)).toBe(true);
    expect(whole('never', 'archived')).toBe(false);
  });

  it('changes some days after the close', () => {
    const late = { ...optionsFrom('after-close'), laterAfterDays: 3 };
    expect(momentOf(exam('published'), late, 9 * day)).toBe('hand-in');
    expect(momentOf(exam('closed', 1, day), late, 4 * day - 1)).toBe('close');
    expect(momentOf(exam('archived', 1, day), late, 4 * day)).toBe('later');
  });

  it('is nothing while he works, and never tells the key while attempts are left or marks while somebody marks', () => {
    fc.assert(
      fc.property(options, fc.constantFrom<ExamState>('published', 'closed'), fc.nat(40), (chosen, state, days) => {
        const now = days * day;
        const sat = exam(state, 2, 0);
        expect(shownFacets(chosen, sat, attempt({ isOpen: true }), now).size).toBe(0);
        const waiting = shownFacets(chosen, sat, attempt({ isWaiting: true, number: 2 }), now);
        expect([...waiting].every((facet) => facet === 'answers')).toBe(true);
        if (state === 'published') {
          const first = shownFacets(chosen, sat, attempt(), now);
          expect(['marks', 'key', 'explanation'].some((facet) => first.has(facet as ReviewFacet))).toBe(false);
        }
      }),
    );
  });

  it('takes only options that it knows', () => {
    expect(reviewOptionsRefusal(optionsFrom('never'))).toBeUndefined();
    expect(reviewOptionsRefusal({ ...optionsFrom('never'), laterAfterDays: 0.5 })?.code).toBe(
      'exam.review.delay-invalid',
    );
    const strange = {
      shown: { 'hand-in': ['keys'], close: [], later: [] },
      laterAfterDays: 0,
    } as unknown as ReviewOptions;
    expect(reviewOptionsRefusal(strange)?.code).toBe('exam.review.facets-invalid');
  });
});
