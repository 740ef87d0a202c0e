import type { Instant } from '@xuekao/kernel';

/** One signed-in device: a family of refresh tokens of which only the newest is good. */
export interface SessionState {
  readonly lastUsedAt: Instant;
  /** Allowed pause between two refreshes. */
  readonly idleMs: number;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

/** When the presented token was replaced by its successor, and when that one was replaced in turn. */
export interface TokenState {
  readonly rotatedAt: Instant | null;
  readonly successorRotatedAt: Instant | null;
}

const minute = 60_000;
export const sessionLimits = {
  accessMs: 15 * minute,
  idleMs: 30 * minute,
  administratorIdleMs: 15 * minute,
  absoluteMs: 12 * 60 * minute,
  /** A response that was lost on the way may be asked for again this long. */
  graceMs: 10_000,
} as const;

/** An access token lives half of the allowed pause at most, so that an active administrator is never idle between two refreshes. */
export function accessLifeMs(idleMs: number): number {
  return Math.min(sessionLimits.accessMs, Math.floor(idleMs / 2));
}

export type RefreshDecision =
  | { readonly kind: 'rotate' }
  | { readonly kind: 'repeat' }
  | { readonly kind: 'reuse' }
  | { readonly kind: 'ended'; readonly reason: 'revoked' | 'idle' | 'expired' };

/**
 * `rotate` for the newest token; `repeat` hands out the same successor once more within the grace, as long as nobody used
 * it; any other replaced token is `reuse` and its family must be revoked. Source: RFC 9700 §4.14.2.
 */
export function decideRefresh(session: SessionState, token: TokenState, now: Instant): RefreshDecision {
  if (session.revokedAt !== null) return { kind: 'ended', reason: 'revoked' };
  if (token.rotatedAt !== null) {
    const fresh = now - token.rotatedAt <= sessionLimits.graceMs && token.successorRotatedAt === null;
    return fresh ? { kind: 'repeat' } : { kind: 'reuse' };
  }
  if (now >= session.expiresAt) return { kind: 'ended', reason: 'expired' };
  if (now - session.lastUsedAt > session.idleMs) return { kind: 'ended', reason: 'idle' };
  return { kind: 'rotate' };
}
