import type { QuizChoice, QuizKey, QuizHistogram, QuizScoring } from '@xuekao/contracts';
import { assertNever, normalText } from '@xuekao/kernel';
import type { QuizAnswer, QuizQuestion } from './quiz-state.js';

/** Characters of all blanks of one answer together: it comes back with each view of the phone. */
const longestBlanks = 200;

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
  switch (question.type) {
    case 'single':
    case 'multiple':
    case 'true-false':
      return 'options' in choice ? parseOptions(question, choice.options) : undefined;
    case 'blank':
      return 'blanks' in choice ? parseBlanks(question, choice.blanks) : undefined;
    case 'ordering':
      return 'order' in choice ? parseOrder(question, choice.order) : undefined;
    case 'matching':
      return 'pairs' in choice ? parsePairs(question, choice.pairs) : undefined;
    default:
      return assertNever(question.type);
  }
}

const isIndexOf = (items: readonly unknown[], index: number): boolean =>
  Number.isInteger(index) && index >= 0 && index < items.length;

function parseOptions({ type, options }: QuizQuestion, chosen: readonly number[]): QuizChoice | undefined {
  const sorted = chosen.toSorted((a, b) => a - b);
  const isEnough = type === 'multiple' ? sorted.length > 0 : sorted.length === 1;
  const fits = isEnough && sorted.every((option, at) => isIndexOf(options, option) && option !== sorted[at - 1]);
  return fits ? { options: sorted } : undefined;
}

function parseBlanks({ key }: QuizQuestion, given: readonly string[]): QuizChoice | undefined {
  const blanks = 'blanks' in key ? key.blanks.length : 0;
  const texts = given.map((text) => text.trim());
  const fits = texts.length === blanks && texts.join('').length <= longestBlanks;
  return fits && texts.some((text) => text !== '') ? { blanks: texts } : undefined;
}

function parseOrder({ options }: QuizQuestion, order: readonly number[]): QuizChoice | undefined {
  const isWhole = order.length === options.length && new Set(order).size === order.length;
  return isWhole && order.every((option) => isIndexOf(options, option)) ? { order } : undefined;
}

function parsePairs({ options, targets = [] }: QuizQuestion, pairs: readonly number[]): QuizChoice | undefined {
  const fits = pairs.length === options.length && pairs.every((target) => target === -1 || isIndexOf(targets, target));
  return fits && pairs.some((target) => target !== -1) ? { pairs } : undefined;
}

export function sameChoice(a: QuizChoice, b: QuizChoice): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const sameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

const includesAll = (list: readonly number[], items: readonly number[]): boolean =>
  items.every((item) => list.includes(item));

/** All or nothing: exactly the key's options, order or pairs, or every blank with one of its accepted wordings. */
export function isCorrect(question: QuizQuestion, choice: QuizChoice, rules: QuizRules): boolean {
  return meetsKey(question.key, choice, rules);
}

function meetsKey(key: QuizKey, choice: QuizChoice, rules: QuizRules): boolean {
  if ('options' in key) {
    if (!('options' in choice)) return false;
    return includesAll(choice.options, key.options) && includesAll(key.options, choice.options);
  }
  if ('order' in key) return 'order' in choice && sameList(key.order, choice.order);
  if ('pairs' in key) return 'pairs' in choice && sameList(key.pairs, choice.pairs);
  return 'blanks' in choice && blanksAreCorrect(key, choice.blanks, rules);
}

type BlankKey = Extract<QuizKey, { blanks: unknown }>;

function blanksAreCorrect({ blanks, orderFree }: BlankKey, given: readonly string[], rules: QuizRules): boolean {
  if (given.length !== blanks.length) return false;
  if (!orderFree) return blanks.every((accepted, index) => rules.blankMatches(accepted, given[index] ?? ''));
  const giverOf = new Map<number, number>();
  return given.every((_, text) => findsBlank(text, new Set(), { blanks, given, rules, giverOf }));
}

interface FreeBlanks {
  readonly blanks: BlankKey['blanks'];
  readonly given: readonly string[];
  readonly rules: QuizRules;
  /** Which text each blank has now. */
  readonly giverOf: Map<number, number>;
}

/** Gives the text a blank of its own, moving others where they fit elsewhere (augmenting paths). */
function findsBlank(text: number, tried: Set<number>, free: FreeBlanks): boolean {
  return free.blanks.some((accepted, blank) => {
    if (tried.has(blank) || !free.rules.blankMatches(accepted, free.given[text]!)) return false;
    tried.add(blank);
    const giver = free.giverOf.get(blank);
    if (giver !== undefined && !findsBlank(giver, tried, free)) return false;
    free.giverOf.set(blank, text);
    return true;
  });
}

/** Answers within the first half second do not lose anything: no one reads that fast, and networks differ. */
const freeMs = 500;

/**
 * Hundredths for a right answer after `elapsedMs` of `limitMs`: all of `points`; with half-speed
 * `round((1 − t/2T) × points)`, never less than half; with linear-floor `round(max(0.1, 1 − t/T) × points)`.
 * `first-n` pays in full whom it pays at all. Source: live.md §6.
 */
export function pointsFor(scoring: QuizScoring, points: number, elapsedMs: number, limitMs: number): number {
  const spent = elapsedMs < freeMs ? 0 : Math.min(elapsedMs, limitMs);
  switch (scoring) {
    case 'flat':
    case 'first-n':
      return points;
    case 'half-speed':
      return limitMs <= 0 ? points : Math.round((points * (2 * limitMs - spent)) / (2 * limitMs));
    case 'linear-floor':
      return limitMs <= 0 ? points : Math.round(Math.max(points / 10, (points * (limitMs - spent)) / limitMs));
    default:
      return assertNever(scoring);
  }
}

export function histogramOf(
  question: QuizQuestion,
  answers: Iterable<Pick<QuizAnswer, 'choice' | 'correct'>>,
): QuizHistogram {
  const counts = question.options.map(() => 0);
  let answered = 0;
  let correct = 0;
  for (const { choice, correct: isRight } of answers) {
    answered += 1;
    correct += isRight ? 1 : 0;
    for (const option of countedOptions(question.key, choice)) counts[option] = (counts[option] ?? 0) + 1;
  }
  return { counts, answered, correct };
}

/** The chosen options; of an ordering or matching, those that stand right. */
function countedOptions(key: QuizKey, choice: QuizChoice): readonly number[] {
  if ('options' in choice) return choice.options;
  if ('order' in choice && 'order' in key) return choice.order.filter((option, place) => key.order[place] === option);
  if (!('pairs' in choice && 'pairs' in key)) return [];
  return choice.pairs.flatMap((target, option) => (key.pairs[option] === target ? [option] : []));
}
