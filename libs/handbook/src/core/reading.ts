import type { Instant, Refusal } from '@xuekao/kernel';
import { refuse } from '@xuekao/kernel';

/** An entry counts as read when it was shown this long, or to its end. */
export const minimumSeconds = 8;
/** One visit adds at most this much, so that a page left open counts no hours. */
export const visitCapSeconds = 600;
/** Visits closer together than this are one. */
export const oneVisitMs = 60_000;

/** What the reader's device says of a visit. */
export interface Visit {
  readonly seconds: number;
  readonly reachedEnd: boolean;
}

export interface Reading {
  readonly firstReadAt: Instant;
  readonly lastReadAt: Instant;
  readonly readCount: number;
  readonly seconds: number;
}

/**
 * The reading of an entry after a visit. Refuses 'handbook.reading.too-short' for a shorter look. Kept for the reader and for
 * coverage (read or not), never as a quota of online time. Source: domain.md §0.7.
 */
export function afterVisit(before: Reading | null, visit: Visit, now: Instant): Reading | Refusal {
  if (visit.seconds < minimumSeconds && !visit.reachedEnd) {
    return refuse('handbook.reading.too-short', { seconds: visit.seconds, minimumSeconds });
  }
  const seconds = Math.min(Math.max(Math.floor(visit.seconds), 0), visitCapSeconds);
  if (!before) return { firstReadAt: now, lastReadAt: now, readCount: 1, seconds };
  const isSameVisit = now - before.lastReadAt < oneVisitMs;
  return {
    firstReadAt: before.firstReadAt,
    lastReadAt: Math.max(now, before.lastReadAt),
    readCount: before.readCount + (isSameVisit ? 0 : 1),
    seconds: before.seconds + (isSameVisit ? Math.min(seconds, Math.floor(oneVisitMs / 1000)) : seconds),
  };
}
