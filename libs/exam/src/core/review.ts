import type { ExamState, ReviewFacet, ReviewMoment, ReviewOptions, ReviewPolicy } from '@xuekao/contracts';
import { reviewFacets, reviewMoments } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';

const all = Object.keys(reviewFacets) as ReviewFacet[];
const score: readonly ReviewFacet[] = ['score', 'pass-line'];
/** What tells others about the key. While an attempt is left they wait, because the paper stays the same. */
const telling: readonly ReviewFacet[] = ['marks', 'key', 'explanation'];
const dayMs = 86_400_000;
export const longestReviewDelayDays = 3650;
export const longestAppealDays = 365;

/** The three plain policies as options. */
export function optionsFrom(policy: ReviewPolicy): ReviewOptions {
  switch (policy) {
    case 'after-close':
      return { shown: { 'hand-in': score, close: all, later: all }, laterAfterDays: 0 };
    case 'after-hand-in':
      return { shown: { 'hand-in': all, close: all, later: all }, laterAfterDays: 0 };
    case 'never':
      return { shown: { 'hand-in': score, close: score, later: score }, laterAfterDays: 0 };
    default:
      return assertNever(policy);
  }
}

export function reviewOptionsRefusal(options: ReviewOptions): Refusal | undefined {
  const { shown, laterAfterDays, appealDays = 0 } = options;
  const isDelay =
    Number.isSafeInteger(laterAfterDays) && laterAfterDays >= 0 && laterAfterDays <= longestReviewDelayDays;
  if (!isDelay) return refuse('exam.review.delay-invalid', { most: longestReviewDelayDays });
  if (!Number.isSafeInteger(appealDays) || appealDays < 0 || appealDays > longestAppealDays) {
    return refuse('exam.review.appeal-days-invalid', { most: longestAppealDays });
  }
  for (const moment of Object.keys(reviewMoments) as ReviewMoment[]) {
    const facets = shown[moment];
    if (!Array.isArray(facets) || facets.some((facet) => !all.includes(facet))) {
      return refuse('exam.review.facets-invalid', { moment: reviewMoments[moment] });
    }
  }
  return undefined;
}

export interface ReviewedExam {
  readonly state: ExamState;
  readonly closedAt: Instant | null;
  /** Attempts that a person may make. */
  readonly attempts: number;
}

export interface ReviewedAttempt {
  readonly isOpen: boolean;
  readonly number: number;
  /** A person still has to mark something. */
  readonly isWaiting: boolean;
}

export function momentOf(
  { state, closedAt }: ReviewedExam,
  { laterAfterDays }: ReviewOptions,
  now: Instant,
): ReviewMoment {
  if (state !== 'closed' && state !== 'archived') return 'hand-in';
  return closedAt !== null && now >= closedAt + laterAfterDays * dayMs ? 'later' : 'close';
}

/**
 * What a member sees of his own attempt now. Nothing while he works on it; nothing that tells the key while he or the exam
 * has attempts left; no score and no line's verdict while somebody has to mark.
 */
export function shownFacets(
  options: ReviewOptions,
  exam: ReviewedExam,
  attempt: ReviewedAttempt,
  now: Instant,
): ReadonlySet<ReviewFacet> {
  if (attempt.isOpen) return new Set();
  const moment = momentOf(exam, options, now);
  const isLast = moment !== 'hand-in' || attempt.number >= exam.attempts;
  const facets = options.shown[moment].filter((facet) => {
    if (!isLast && telling.includes(facet)) return false;
    return !attempt.isWaiting || facet === 'answers';
  });
  return new Set(facets);
}

/** Of what is shown, what tells the key; none of it may be known to who works on the paper. */
export function tellingOf(facets: ReadonlySet<ReviewFacet>): readonly ReviewFacet[] {
  return telling.filter((facet) => facets.has(facet));
}

/** Whether the whole paper with key and explanation is open, as the plain review page needs it. */
export function isWholeReview(facets: ReadonlySet<ReviewFacet>): boolean {
  return all.every((facet) => facet === 'pass-line' || facet === 'score' || facets.has(facet));
}
