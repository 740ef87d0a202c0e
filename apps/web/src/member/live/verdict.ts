import type { QuizView } from '@xuekao/contracts';

/** `waiting`: the own result has not come yet. `joinNext`: seated after the question, so there is none. */
export type Verdict = 'right' | 'wrong' | 'missed' | 'waiting' | 'joinNext';

export function verdictOf({ me, reveal }: Pick<QuizView, 'me' | 'reveal'>): Verdict {
  const result = me?.result ?? null;
  if (!reveal || !me) return 'waiting';
  // Results come right after the reveal; one who sat down later has no earlier one either.
  if (result === null) return me.place === null && me.points === 0 ? 'joinNext' : 'waiting';
  if (result.question !== reveal.question) return 'waiting';
  if (!result.answered) return 'missed';
  return result.correct ? 'right' : 'wrong';
}
