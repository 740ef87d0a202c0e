import type { QuizChoice, QuizHistogram, QuizScoring } from '@xuekao/contracts';
import { assertNever, normalText } from '@xuekao/kernel';
import type { QuizAnswer, QuizQuestion } from './quiz-state.js';

const longestBlank = 200;

/** The rules of other libs that a quiz needs. */
export interface QuizRules {
  /** Whether a text says one of the accepted wordings of a blank. */
  blankMatches(accepted: readonly string[], given: string): boolean;
}

export const plainRules: QuizRules = {
  blankMatches: (accepted, given) => accepted.some((text) => normalText(text) === normalText(given)),
};

/** The choice in its one form (indices sorted, texts trimmed), or undefined when it is no answer to this question. */
export function parseChoice(question: QuizQuestion, choice: QuizChoice): QuizChoice | undefined {
  if ('blanks' in choice) {
    const blanks = 'blanks' in question.key ? question.key.blanks.length : 0;
    const texts = choice.blanks.map((text) => text.trim());
    const fits = texts.length === blanks && texts.every((text) => text.length <= longestBlank);
    return fits && blanks > 0 && texts.some((text) => text !== '') ? { blanks: texts } : undefined;
  }
  if (question.type === 'blank') return undefined;
  const options = [...new Set(choice.options)].sort((a, b) => a - b);
  const inRange = options.every(
    (option) => Number.isInteger(option) && option >= 0 && option < question.options.length,
  );
  const rightCount = question.type === 'multiple' ? options.length > 0 : options.length === 1;
  return inRange && rightCount && options.length === choice.options.length ? { options } : undefined;
}

export function sameChoice(a: QuizChoice, b: QuizChoice): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** All or nothing: exactly the key's options, or every blank with one of its accepted wordings. */
export function isCorrect({ key }: QuizQuestion, choice: QuizChoice, rules: QuizRules): boolean {
  if ('options' in key) {
    if (!('options' in choice)) return false;
    const chosen = new Set(choice.options);
    return chosen.size === new Set(key.options).size && key.options.every((option) => chosen.has(option));
  }
  if (!('blanks' in choice) || choice.blanks.length !== key.blanks.length) return false;
  return key.blanks.every((accepted, index) => rules.blankMatches(accepted, choice.blanks[index] ?? ''));
}

/** Answers within the first half second do not lose anything: no one reads that fast, and networks differ. */
const freeMs = 500;

/**
 * Hundredths for a right answer after `elapsedMs` of `limitMs`: all of `points`, or with half-speed
 * `round((1 − t/2T) × points)`, never less than half. Source: live.md §6.
 */
export function pointsFor(scoring: QuizScoring, points: number, elapsedMs: number, limitMs: number): number {
  switch (scoring) {
    case 'flat':
      return points;
    case 'half-speed': {
      const spent = elapsedMs < freeMs ? 0 : Math.min(elapsedMs, limitMs);
      return limitMs <= 0 ? points : Math.round((points * (2 * limitMs - spent)) / (2 * limitMs));
    }
    default:
      return assertNever(scoring);
  }
}

export function histogramOf(question: QuizQuestion, answers: Iterable<QuizAnswer>): QuizHistogram {
  const counts = question.options.map(() => 0);
  let answered = 0;
  let correct = 0;
  for (const { choice, correct: isRight } of answers) {
    answered += 1;
    correct += isRight ? 1 : 0;
    if ('options' in choice) for (const option of choice.options) counts[option] = (counts[option] ?? 0) + 1;
  }
  return { counts, answered, correct };
}
