import type { ExamState, ReviewOptions } from '@xuekao/contracts';
import { usualAppealDays } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';

const dayMs = 86_400_000;

export interface AppealedResult {
  readonly state: ExamState;
  readonly closedAt: Instant | null;
  /** Null while a person has to mark something. */
  readonly score: number | null;
  /** When a person gave the last mark of the attempt; null where nobody did. */
  readonly markedAt: Instant | null;
}

export interface AppealWindow {
  readonly from: Instant;
  readonly until: Instant;
}

export const appealDaysOf = ({ appealDays = usualAppealDays }: ReviewOptions): number => appealDays;

/**
 * When a member may ask for a review: from the moment he can see his final score, for the days that the exam gives. Null
 * before the close, while somebody has to mark, and where the score is never shown or no days are given.
 */
export function appealWindow(
  { state, closedAt, score, markedAt }: AppealedResult,
  options: ReviewOptions,
): AppealWindow | null {
  const isClosed = (state === 'closed' || state === 'archived') && closedAt !== null;
  const days = appealDaysOf(options);
  if (!isClosed || score === null || days === 0) return null;
  const { close, later } = options.shown;
  const shownAt = close.includes('score')
    ? closedAt
    : later.includes('score')
      ? closedAt + options.laterAfterDays * dayMs
      : null;
  if (shownAt === null) return null;
  const from = Math.max(shownAt, markedAt ?? 0);
  return { from, until: from + days * dayMs };
}

/** Whether a question with this full mark may be appealed now; `full` of 0 is void. */
export function appealRefusal(
  window: AppealWindow | null,
  full: number | undefined,
  now: Instant,
): Refusal | undefined {
  if (!window || !full || now < window.from) return refuse('exam.appeal.not-allowed');
  return now >= window.until ? refuse('exam.appeal.too-late', { until: window.until }) : undefined;
}
