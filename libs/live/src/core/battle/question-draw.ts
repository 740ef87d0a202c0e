import type { Rng } from '@xuekao/kernel';

export interface PoolQuestion {
  readonly questionId: string;
  readonly versionId: string;
  /** 1 to 3. */
  readonly difficulty: number;
}

/**
 * `count` questions, none of them recent as long as the pool has enough others; then those seen longest ago. `recent` is
 * ordered from the oldest to the newest. Fewer when the pool is smaller.
 */
export function drawQuestions(
  pool: readonly PoolQuestion[],
  recent: readonly string[],
  count: number,
  rng: Rng,
): PoolQuestion[] {
  const seenAt = new Map(recent.map((questionId, index) => [questionId, index]));
  const drawn = rng.shuffle(pool);
  const fresh = drawn.filter(({ questionId }) => !seenAt.has(questionId));
  const seen = drawn
    .filter(({ questionId }) => seenAt.has(questionId))
    .sort((a, b) => seenAt.get(a.questionId)! - seenAt.get(b.questionId)!);
  return [...fresh, ...seen].slice(0, count);
}

/** Easy ones first, in drawn order within a difficulty. */
export const byDifficulty = (questions: readonly PoolQuestion[]): PoolQuestion[] =>
  questions.toSorted((a, b) => a.difficulty - b.difficulty);
