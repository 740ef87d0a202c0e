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

export function isComplete(choice: QuizChoice): boolean {
  return 'options' in choice ? choice.options.length > 0 : choice.blanks.some((text) => text.trim() !== '');
}

/** `A 民主集中制、C …` with the letters of this phone, or the texts of the blanks; null where nothing was chosen. */
export function choiceText(shown: readonly ShownOption[], choice: QuizChoice | QuizKey | null): string | null {
  if (!choice) return null;
  if ('blanks' in choice) {
    return choice.blanks.map((blank) => (typeof blank === 'string' ? blank : (blank[0] ?? ''))).join('；');
  }
  return shown
    .flatMap(({ option, text }, place) => (choice.options.includes(option) ? [`${letterOf(place)} ${text}`] : []))
    .join('\n');
}
