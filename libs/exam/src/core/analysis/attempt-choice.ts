import type { AttemptChoice } from '@xuekao/contracts';

interface ScoredAttempt {
  readonly memberId: string;
  readonly number: number;
  readonly score: number;
}

/** In the given order. Of equally high ones the earlier counts. */
export function chosenAttempts<T extends ScoredAttempt>(attempts: readonly T[], choice: AttemptChoice): T[] {
  if (choice === 'all') return [...attempts];
  const chosen = new Map<string, T>();
  for (const attempt of attempts) {
    const held = chosen.get(attempt.memberId);
    if (!held || wins(attempt, held, choice)) chosen.set(attempt.memberId, attempt);
  }
  return attempts.filter((attempt) => chosen.get(attempt.memberId) === attempt);
}

function wins(a: ScoredAttempt, b: ScoredAttempt, choice: 'first' | 'last' | 'highest'): boolean {
  if (choice === 'first') return a.number < b.number;
  if (choice === 'last') return a.number > b.number;
  return a.score === b.score ? a.number < b.number : a.score > b.score;
}
