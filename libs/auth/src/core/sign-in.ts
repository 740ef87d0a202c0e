import type { Instant } from '@xuekao/kernel';

/** Failures of one login name, whether an account bears it or not: a lock tells nothing about who exists. */
export interface SignInGuard {
  readonly failures: number;
  readonly lockedUntil: Instant | null;
}

export const noFailures: SignInGuard = { failures: 0, lockedUntil: null };
export const failuresToLock = 5;
export const lockMs = 15 * 60_000;

/** What the attempt met. An unknown login is `wrong`, and costs the same work. */
export type Evidence = 'matches' | 'wrong' | 'disabled';

export type SignInDecision =
  | { readonly kind: 'accepted'; readonly guard: SignInGuard }
  | { readonly kind: 'failed'; readonly guard: SignInGuard; readonly reason: 'wrong' | 'disabled' }
  | { readonly kind: 'locked'; readonly guard: SignInGuard; readonly until: Instant };

/**
 * Five failures in a row lock the name for 15 minutes; during the lock nothing is counted and nothing signs in, so that
 * guessing on does not prolong it. The fifth failure itself answers as locked. Source: domain.md §7.1.
 */
export function decideSignIn(guard: SignInGuard, evidence: Evidence, now: Instant): SignInDecision {
  if (guard.lockedUntil !== null && now < guard.lockedUntil) {
    return { kind: 'locked', guard, until: guard.lockedUntil };
  }
  if (evidence === 'matches') return { kind: 'accepted', guard: noFailures };
  const failures = (guard.lockedUntil === null ? guard.failures : 0) + 1;
  if (failures >= failuresToLock) {
    const until = now + lockMs;
    return { kind: 'locked', guard: { failures, lockedUntil: until }, until };
  }
  return { kind: 'failed', guard: { failures, lockedUntil: null }, reason: evidence };
}
