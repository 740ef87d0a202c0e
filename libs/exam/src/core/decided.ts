import type { DecidedQuestion } from '@xuekao/contracts';
import { endsQuestion } from './marking-state.js';
import type { MarkingActs } from './marking-state.js';

/** What an organiser said when he decided a question; oldest first. */
export interface QuestionWord {
  readonly number: number | null;
  readonly kind: string;
  readonly reason: string;
}

/** Whether anything is to be told to who still answers: another key is not. */
export const hasDecided = (acts: MarkingActs): boolean => Object.values(acts).some(endsQuestion);

/** Questions that need no answer, by their places on the own paper, with the newest reason; `order` has the common numbers. */
export function decidedPlaces(
  order: readonly number[],
  acts: MarkingActs,
  words: readonly QuestionWord[],
): DecidedQuestion[] {
  return order.flatMap((number, index): DecidedQuestion[] => {
    const kind = acts[String(number)]?.kind;
    if (kind !== 'void' && kind !== 'give-all') return [];
    const word = words.findLast((each) => each.number === number && each.kind === kind);
    return [{ number: index + 1, kind, reason: word?.reason ?? '' }];
  });
}
