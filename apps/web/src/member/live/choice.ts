import type { QuestionType, QuizChoice, QuizKey, QuizView } from '@xuekao/contracts';

export interface ShownOption {
  /** Index in the question, which is what an answer names. */
  readonly option: number;
  readonly text: string;
}

/** A, B, C … for the place of an option on this phone. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** The options in this player's order. */
export function shownOptions({ question, me }: Pick<QuizView, 'question' | 'me'>): ShownOption[] {
  if (!question) return [];
  const order = me?.optionOrder ?? question.options.map((_, option) => option);
  return order.map((option) => ({ option, text: question.options[option] ?? '' }));
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

/** `A 民主集中制、C …` with the letters of this phone, or the texts of the blanks; null where nothing was chosen. */
export function choiceText(shown: readonly ShownOption[], choice: QuizChoice | QuizKey | null): string | null {
  if (!choice) return null;
  if ('blanks' in choice) {
    return choice.blanks.map((blank) => (typeof blank === 'string' ? blank : (blank[0] ?? ''))).join('；');
  }
  if ('order' in choice) return choice.order.map((option, at) => `${at + 1}. ${textOf(shown, option)}`).join('\n');
  if ('pairs' in choice) {
    return choice.pairs.map((target, option) => `${textOf(shown, option)} — ${letterOf(target)}`).join('\n');
  }
  return shown
    .flatMap(({ option, text }, place) => (choice.options.includes(option) ? [`${letterOf(place)} ${text}`] : []))
    .join('\n');
}

const textOf = (shown: readonly ShownOption[], option: number): string =>
  shown.find((one) => one.option === option)?.text ?? '';
