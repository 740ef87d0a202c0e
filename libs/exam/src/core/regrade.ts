import type { AttemptPolicy, MarkSource } from '@xuekao/contracts';
import { hundredths } from '@xuekao/kernel';
import type { Points } from '@xuekao/kernel';
import { countedScores } from './sitting.js';
import type { ScoredAttempt } from './sitting.js';

export const flipDirections = { 'to-pass': '由不合格变为合格', 'to-fail': '由合格变为不合格' } as const;
export type FlipDirection = keyof typeof flipDirections;

/** A stored mark of one question. */
export interface StoredMark {
  readonly number: number;
  /** Null while a person has to mark it. */
  readonly marks: number | null;
  /** 0 where the question is void. */
  readonly full: number;
  readonly source: MarkSource;
}

/** number; old marks, full, source; new marks, full, source. Short, because there may be a million of them. */
export type MarkChange = readonly [number, number | null, number, MarkSource, number | null, number, MarkSource];

/** An attempt with the sums over all its marks, voided ones included. */
export interface AttemptTotals {
  readonly attemptId: string;
  readonly memberId: string;
  /** The person's first, second … at this exam. */
  readonly number: number;
  readonly sum: number;
  readonly full: number;
  /** Marks that a person still has to make. */
  readonly open: number;
}

export interface AttemptOutcome {
  /** Null while a mark is open. */
  readonly raw: Points | null;
  readonly full: Points;
  /** On the scale of 100, in hundredths, floored. */
  readonly score: Points | null;
}

export interface ExamCounts {
  /** People with at least one attempt handed in. */
  readonly sat: number;
  /** Of them without a final score. */
  readonly waiting: number;
  readonly passed: number;
  readonly excellent: number;
  /** Sum of the scores that count; with `sat − waiting` it gives the mean. */
  readonly total: number;
}

export interface Lines {
  readonly passLine: number;
  readonly excellentLine: number;
  /** Which of a person's attempts counts. */
  readonly attemptPolicy: AttemptPolicy;
}

export interface ChangedAttempt {
  readonly attemptId: string;
  readonly memberId: string;
  readonly before: AttemptOutcome;
  readonly after: AttemptOutcome;
  readonly marks: readonly MarkChange[];
}

export interface Flip {
  readonly memberId: string;
  readonly direction: FlipDirection;
  readonly oldScore: number | null;
  readonly newScore: number | null;
}

export interface RegradeOutcome {
  readonly changed: readonly ChangedAttempt[];
  readonly changedMarks: number;
  readonly flips: readonly Flip[];
  readonly countsBefore: ExamCounts;
  readonly countsAfter: ExamCounts;
}

/** What an attempt comes to: marks below 0 in sum are 0, an open mark leaves no score. */
export function outcomeOf({ sum, full, open }: Pick<AttemptTotals, 'sum' | 'full' | 'open'>): AttemptOutcome {
  if (open > 0) return { raw: null, full: hundredths(full), score: null };
  const raw = Math.max(0, sum);
  const score = full <= 0 ? 0 : Number((BigInt(raw) * 10_000n) / BigInt(full));
  return { raw: hundredths(raw), full: hundredths(full), score: hundredths(score) };
}

/** The change from one stored mark to another; undefined where nothing changes that counts. */
export function changeOf(old: StoredMark, now: Omit<StoredMark, 'number'>): MarkChange | undefined {
  const same = old.marks === now.marks && old.full === now.full && old.source === now.source;
  return same ? undefined : [old.number, old.marks, old.full, old.source, now.marks, now.full, now.source];
}

/** The way back. */
export function reversed([number, oldMarks, oldFull, oldSource, marks, full, source]: MarkChange): MarkChange {
  return [number, marks, full, source, oldMarks, oldFull, oldSource];
}

type CountedAttempt = ScoredAttempt & { readonly memberId: string };

function withChanges(totals: AttemptTotals, changes: readonly MarkChange[]): AttemptTotals {
  let { sum, full, open } = totals;
  for (const [, oldMarks, oldFull, , marks, newFull] of changes) {
    sum += (marks ?? 0) - (oldMarks ?? 0);
    full += newFull - oldFull;
    open += (marks === null ? 1 : 0) - (oldMarks === null ? 1 : 0);
  }
  return { ...totals, sum, full, open };
}

function countsOf(counted: ReadonlyMap<string, number | null>, { passLine, excellentLine }: Lines): ExamCounts {
  const scores = [...counted.values()].filter((score) => score !== null);
  return {
    sat: counted.size,
    waiting: counted.size - scores.length,
    passed: scores.filter((score) => score >= passLine).length,
    excellent: scores.filter((score) => score >= excellentLine).length,
    total: scores.reduce((sum, score) => sum + score, 0),
  };
}

function flipsOf(
  before: ReadonlyMap<string, number | null>,
  after: ReadonlyMap<string, number | null>,
  passLine: number,
): Flip[] {
  const passes = (score: number | null): boolean => score !== null && score >= passLine;
  return [...before].flatMap(([memberId, oldScore]): Flip[] => {
    const newScore = after.get(memberId) ?? null;
    if (passes(oldScore) === passes(newScore)) return [];
    return [{ memberId, direction: passes(newScore) ? 'to-pass' : 'to-fail', oldScore, newScore }];
  });
}

/**
 * What changed marks do to attempts, to who passes and to the rates. Of a person's attempts the one counts that the exam
 * says, as everywhere (`countedScore`). Attempts whose marks stay are left out of `changed`, but count.
 */
export function regradeOutcome(
  attempts: readonly AttemptTotals[],
  changesOf: (attemptId: string) => readonly MarkChange[],
  lines: Lines,
): RegradeOutcome {
  const scoresBefore: CountedAttempt[] = [];
  const scoresAfter: CountedAttempt[] = [];
  const changed: ChangedAttempt[] = [];
  let changedMarks = 0;
  for (const totals of attempts) {
    const { attemptId, memberId, number } = totals;
    const marks = changesOf(attemptId);
    const old = outcomeOf(totals);
    const now = marks.length === 0 ? old : outcomeOf(withChanges(totals, marks));
    scoresBefore.push({ memberId, number, score: old.score });
    scoresAfter.push({ memberId, number, score: now.score });
    if (marks.length === 0) continue;
    changedMarks += marks.length;
    changed.push({ attemptId, memberId, before: old, after: now, marks });
  }
  const before = countedScores(lines.attemptPolicy, scoresBefore);
  const after = countedScores(lines.attemptPolicy, scoresAfter);
  return {
    changed,
    changedMarks,
    flips: flipsOf(before, after, lines.passLine),
    countsBefore: countsOf(before, lines),
    countsAfter: countsOf(after, lines),
  };
}
