import type { Instant } from '@xuekao/kernel';
import type { BuzzRules } from './buzz-rules.js';

/** A press as the node that holds the socket passes it on. */
export interface BuzzPress {
  readonly team: string;
  /** Who of the team pressed: a device or a person. */
  readonly seat: string;
  /** When the message reached the server. */
  readonly arrivedAt: Instant;
  /** When the device says it was pressed, as server time; null from a device without a clock. */
  readonly claimedAt: number | null;
  /** Creditable round trip that the server measured; null while it knows none. */
  readonly rttMs: number | null;
}

export interface JudgedPress {
  readonly arrivedAt: Instant;
  readonly judgedAt: Instant;
  readonly creditMs: number;
  /** Claimed beyond what was credited. */
  readonly clampedMs: number;
}

/** An arrival that another node dates before this is not believed. */
const oldestArrivalMs = 2_000;

/**
 * When a press counts: its claimed time, but never earlier than half of the server's own round trip before its arrival, nor
 * than `creditMostMs`, nor than the team's quota. A claim after the arrival counts as the arrival. Whole milliseconds.
 * Source: live.md §1 no. 5.
 */
export function judgePress(press: BuzzPress, quotaMs: number, now: Instant, rules: BuzzRules): JudgedPress {
  const isDated = press.arrivedAt <= now && press.arrivedAt >= now - oldestArrivalMs;
  const arrivedAt = isDated ? Math.round(press.arrivedAt) : now;
  const oneWayMs = (press.rttMs ?? 0) / 2;
  const lagMs = press.claimedAt === null ? oneWayMs : Math.max(0, arrivedAt - press.claimedAt);
  const creditMs = Math.max(0, Math.round(Math.min(lagMs, oneWayMs, rules.creditMostMs, quotaMs)));
  return { arrivedAt, judgedAt: arrivedAt - creditMs, creditMs, clampedMs: Math.max(0, Math.round(lagMs) - creditMs) };
}
