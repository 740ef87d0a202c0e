import type { QuestionPicture, QuestionType, QuizChoice, QuizKey, QuizView } from '@xuekao/contracts';
import { letterOf, wordsOf } from '../../live-client/histogram.js';

export { letterOf };

export interface ShownOption {
  /** Index in the question, which is what an answer names. */
  readonly option: number;
  readonly text: string;
  readonly picture?: QuestionPicture | null;
}

/** The options in this player's order. */
export function shownOptions({ question, me }: Pick<QuizView, 'question' | 'me'>): ShownOption[] {
  if (!question) return [];
  const order = me?.optionOrder ?? question.options.map((_, option) => option);
  return order.map((option) => partAt(question.options, question.optionPictures, option));
}

/** What the options of a matching belong to, as they stand on every device. */
export function shownTargets({ question }: Pick<QuizView, 'question'>): ShownOption[] {
  const { targets = [], targetPictures } = question ?? {};
  return targets.map((_, target) => partAt(targets, targetPictures, target));
}

/** The same where everybody has the order of the question. */
export const partsOf = (
  texts: readonly string[],
  pictures: readonly (QuestionPicture | null)[] | undefined,
): ShownOption[] => texts.map((_, option) => partAt(texts, pictures, option));

function partAt(
  texts: readonly string[],
  pictures: readonly (QuestionPicture | null)[] | undefined,
  option: number,
): ShownOption {
  return { option, text: texts[option] ?? '', picture: pictures?.[option] ?? null };
}

/** The choice after a tap: one of a single choice, on and off of a multiple choice. */
export function afterPick(type: QuestionType, choice: QuizChoice | null, option: number): QuizChoice {
  if (type !== 'multiple') return { options: [option] };
  const chosen = new Set(choice && 'options' in choice ? choice.options : []);
  if (!chosen.delete(option)) chosen.add(option);
  return { options: [...chosen].sort((a, b) => a - b) };
}

/** Whether there is something to send; orderings and matchings are sent as a whole. */
export function isComplete(choice: QuizChoice, options = 0): boolean {
  if ('options' in choice) return choice.options.length > 0;
  if ('blanks' in choice) return choice.blanks.some((text) => text.trim() !== '');
  if ('order' in choice) return choice.order.length >= Math.max(1, options);
  return choice.pairs.length > 0 && choice.pairs.every((target) => target >= 0);
}

/**
 * An answer or a key in words, a line for each part: `A 民主集中制` with the letters of this phone, the texts of the blanks,
 * `1. 先` for an ordering, `甲 — A 乙` for a matching. Null where nothing was chosen.
 */
export function choiceLines(
  { options, targets = [] }: { readonly options: readonly ShownOption[]; readonly targets?: readonly ShownOption[] },
  choice: QuizChoice | QuizKey | null,
): string[] | null {
  if (!choice) return null;
  if ('blanks' in choice) {
    return [choice.blanks.map((blank) => (typeof blank === 'string' ? blank : (blank[0] ?? ''))).join('；')];
  }
  if ('order' in choice) return choice.order.map((option, at) => `${at + 1}. ${wordsAt(options, option)}`);
  if ('pairs' in choice) {
    return choice.pairs.map((target, option) => {
      const other = target < 0 ? '—' : `${letterOf(target)} ${wordsAt(targets, target)}`;
      return `${wordsAt(options, option)} — ${other}`;
    });
  }
  return options.flatMap(({ option, text, picture }, place) =>
    choice.options.includes(option) ? [`${letterOf(place)} ${wordsOf(text, picture)}`] : [],
  );
}

function wordsAt(parts: readonly ShownOption[], option: number): string {
  const part = parts.find((one) => one.option === option);
  return part ? wordsOf(part.text, part.picture) : '';
}
