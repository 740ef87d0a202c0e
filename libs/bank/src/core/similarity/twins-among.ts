import type { BodyAndKey } from '../question-draft.js';
import { fingerprintOf } from './fingerprint.js';
import { QuestionIndex } from './question-index.js';

/** Pairs that ask the same or nearly the same, by their places: the later one second. */
export function twinsAmong(questions: readonly BodyAndKey[]): [number, number][] {
  const index = new QuestionIndex<number>();
  return questions.flatMap(({ body, key }, place) => {
    const print = fingerprintOf(body, key);
    const pairs = index.matches(print).map((match): [number, number] => [match.of, place]);
    index.set(place, print);
    return pairs;
  });
}
