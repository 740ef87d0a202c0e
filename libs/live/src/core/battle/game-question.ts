import type { BattleQuestionType, BattleQuestionView, QuizTiming } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import { optionOrderOf } from '../view.js';

/** A question as a game keeps it from its preparation on, with the key that nobody sees before the reveal. */
export interface GameQuestion {
  readonly questionId: string;
  readonly versionId: string;
  readonly type: BattleQuestionType;
  readonly stem: string;
  readonly options: readonly string[];
  /** Indices of the right options, ascending. */
  readonly key: readonly number[];
  readonly explanation: string | null;
}

/** One answer of a game as its record keeps it; a question without one was not answered in time. */
export interface RecordedAnswer {
  readonly question: number;
  readonly elapsedMs: number;
  readonly correct: boolean;
  /** Kept for the player's own review. What a ghost replays has none. */
  readonly choice?: readonly number[];
}

/** Stem alone first, so that all phones open together. */
export const readingMs = 1_000;
/** An answer on its way when the time ran out still counts. */
export const graceMs = 500;

/** Ascending indices of one option, or of some where several may be right; undefined for what is no answer to the question. */
export function parseOptions(
  { type, options }: GameQuestion,
  chosen: readonly number[],
): readonly number[] | undefined {
  const sorted = [...new Set(chosen)].sort((a, b) => a - b);
  const inRange = sorted.every((option) => Number.isInteger(option) && option >= 0 && option < options.length);
  const isEnough = type === 'multiple' ? sorted.length > 0 : sorted.length === 1;
  return inRange && isEnough && sorted.length === chosen.length ? sorted : undefined;
}

/** All or nothing. Both ascending. */
export const isRight = ({ key }: GameQuestion, chosen: readonly number[]): boolean =>
  key.length === chosen.length && key.every((option, index) => option === chosen[index]);

/** The question without anything of its key. */
export function gameQuestionView({ type, stem, options }: GameQuestion, index: number): BattleQuestionView {
  return { index, type, stem, options };
}

export function timingFrom(shownAt: Instant, limitMs: number): QuizTiming {
  const openAt = shownAt + readingMs;
  return { shownAt, openAt, closeAt: openAt + limitMs };
}

export const shiftedTiming = (timing: QuizTiming | null, byMs: number): QuizTiming | null =>
  timing && { shownAt: timing.shownAt + byMs, openAt: timing.openAt + byMs, closeAt: timing.closeAt + byMs };

export const elapsedOf = (timing: QuizTiming, now: Instant): number => Math.min(now, timing.closeAt) - timing.openAt;

/** What shuffles the options for one seat of one game. */
export const orderSeedOf = (roomId: string, seat: number): string => `${roomId}:${seat}`;

/** Right and wrong keep their usual order. */
export function orderFor(seed: string, question: GameQuestion | undefined, index: number): number[] | null {
  if (!question || question.type === 'true-false') return null;
  return optionOrderOf(seed, index, question.options.length);
}
