import type { AttemptPolicy, ExamState, ExemptionReason, SittingState } from '@xuekao/contracts';
import { exemptionReasons } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { deadlineOf, longestGraceMs } from './attempt.js';

export interface ExamWindow {
  readonly state: ExamState;
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly limitMinutes: number;
  /** Given to everybody. */
  readonly extraMs: number;
  readonly attempts: number;
}

export interface RosterPlace {
  readonly exemption: string | null;
  /** Given to this person on top. */
  readonly extraMs: number;
}

export interface PastAttempt {
  readonly id: string;
  readonly number: number;
  readonly isOpen: boolean;
}

export type Start =
  | { readonly kind: 'resume'; readonly attemptId: string }
  | { readonly kind: 'start'; readonly number: number; readonly deadlineAt: Instant };

export function lastStartOf(window: ExamWindow, place: RosterPlace): Instant {
  return window.closesAt + window.extraMs + place.extraMs;
}

export function personalDeadline(window: ExamWindow, place: RosterPlace, startedAt: Instant): Instant {
  return deadlineOf(startedAt, window.limitMinutes * 60_000, window.closesAt, window.extraMs + place.extraMs);
}

/** A new attempt, or the open one again: starting twice gives the same attempt. */
export function decideStart(
  window: ExamWindow,
  place: RosterPlace | undefined,
  past: readonly PastAttempt[],
  now: Instant,
): Start | Refusal {
  if (!place) return refuse('exam.attempt.not-on-roster');
  if (place.exemption !== null) {
    const reason = isExemptionReason(place.exemption) ? exemptionReasons[place.exemption] : place.exemption;
    return refuse('exam.attempt.exempt', { reason });
  }
  const open = past.find((attempt) => attempt.isOpen);
  if (open) return { kind: 'resume', attemptId: open.id };
  if (now < window.opensAt) return refuse('exam.attempt.not-open-yet', { opensAt: window.opensAt });
  const closesAt = lastStartOf(window, place);
  if (window.state !== 'published' || now >= closesAt) return refuse('exam.attempt.window-closed', { closesAt });
  if (past.length >= window.attempts) return refuse('exam.attempt.used-up', { most: window.attempts });
  const number = Math.max(0, ...past.map((attempt) => attempt.number)) + 1;
  return { kind: 'start', number, deadlineAt: personalDeadline(window, place, now) };
}

/** Where a person on the roster stands. */
export function sittingStateOf(place: RosterPlace, past: readonly PastAttempt[], examState: ExamState): SittingState {
  if (past.some((attempt) => attempt.isOpen)) return 'working';
  if (past.length > 0) return 'handed-in';
  if (place.exemption !== null) return 'exempt';
  return examState === 'published' || examState === 'draft' ? 'not-started' : 'absent';
}

/** By key, in the given order. */
export function grouped<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** By person, in the given order. */
export function byMember<T extends { readonly memberId: string }>(rows: readonly T[]): Map<string, T[]> {
  return grouped(rows, (row) => row.memberId);
}

/** The best of several scores; null where none was marked. */
export function bestScore(scores: readonly (number | null)[]): number | null {
  const marked = scores.filter((score) => score !== null);
  return marked.length === 0 ? null : Math.max(...marked);
}

export interface ScoredAttempt {
  readonly number: number;
  /** Null while it is open or a person still has to mark it. */
  readonly score: number | null;
}

/**
 * Which of one person's attempts at one exam counts, given in any order: the best (of equal ones the first) or the last one
 * that is marked, as the exam says; undefined where none is. Results, make-ups, certificates, regrades and reports all ask
 * here.
 */
export function countedAttempt<T extends ScoredAttempt>(policy: AttemptPolicy, attempts: readonly T[]): T | undefined {
  let counted: T | undefined;
  for (const attempt of attempts) {
    if (attempt.score !== null && (!counted || beats(attempt, counted, policy))) counted = attempt;
  }
  return counted;
}

function beats(other: ScoredAttempt, known: ScoredAttempt, policy: AttemptPolicy): boolean {
  const isLater = other.number > known.number;
  if (policy === 'last') return isLater;
  const gain = (other.score ?? 0) - (known.score ?? 0);
  return gain === 0 ? !isLater : gain > 0;
}

/** Its score; null where none is marked. */
export function countedScore(policy: AttemptPolicy, attempts: readonly ScoredAttempt[]): number | null {
  return countedAttempt(policy, attempts)?.score ?? null;
}

/** Everybody's score that counts; who has handed in nothing that is marked is in it with null. */
export function countedScores<T extends ScoredAttempt & { readonly memberId: string }>(
  policy: AttemptPolicy,
  attempts: readonly T[],
): Map<string, number | null> {
  return new Map([...byMember(attempts)].map(([memberId, own]) => [memberId, countedScore(policy, own)]));
}

export interface ExamTerms {
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly limitMinutes: number;
  readonly graceMs: number;
  readonly passLine: number;
  readonly excellentLine: number;
}

export const longestLimitMinutes = 600;
export const longestExtensionMinutes = 24 * 60;

export function termsRefusal({
  opensAt,
  closesAt,
  limitMinutes,
  graceMs,
  passLine,
  excellentLine,
}: ExamTerms): Refusal | undefined {
  if (closesAt <= opensAt) return refuse('exam.window-invalid', { opensAt, closesAt });
  if (!Number.isSafeInteger(limitMinutes) || limitMinutes < 1 || limitMinutes > longestLimitMinutes) {
    return refuse('exam.limit-invalid', { most: longestLimitMinutes });
  }
  if (!Number.isSafeInteger(graceMs) || graceMs < 0 || graceMs > longestGraceMs) {
    return refuse('exam.grace-invalid', { most: longestGraceMs / 1000 });
  }
  const isLine = (line: number): boolean => Number.isSafeInteger(line) && line >= 0 && line <= 10_000;
  if (!isLine(passLine) || !isLine(excellentLine) || excellentLine < passLine) {
    return refuse('exam.lines-invalid', { passLine, excellentLine });
  }
  return undefined;
}

function isExemptionReason(name: string): name is ExemptionReason {
  return Object.hasOwn(exemptionReasons, name);
}
