import type { QuestionPicture, QuizView } from '@xuekao/contracts';

export interface Bar {
  /** Index in the question. */
  readonly option: number;
  /**
   * A, B, C …; of an ordering the place in the right order, and nothing before the reveal; of a matching a number, since its
   * targets have the letters.
   */
  readonly letter: string;
  readonly text: string;
  readonly picture: QuestionPicture | null;
  /** Revealed matchings: what the option belongs to. */
  readonly target: string | null;
  /** Who chose it; of an ordering or matching, who put it right. */
  readonly count: number;
  /** Of the longest bar. */
  readonly percent: number;
  readonly isRight: boolean;
}

/** A, B, C … for the place of a part. */
export const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** What stands for a part: its words, or what its picture shows. */
export const wordsOf = (text: string, picture: QuestionPicture | null | undefined): string =>
  text === '' ? (picture?.alt ?? '') : text;

/**
 * The options in the order of the question, a revealed ordering in its right order, with what the reveal tells of them. None
 * for blanks.
 */
export function barsOf({ question, reveal }: Pick<QuizView, 'question' | 'reveal'>): Bar[] {
  if (!question) return [];
  const shown = reveal?.question === question.index ? reveal : null;
  const counts = shown?.histogram.counts ?? [];
  const most = Math.max(1, ...counts);
  const key = shown?.key ?? null;
  const right = key && 'options' in key ? key.options : [];
  const order = key && 'order' in key ? key.order : question.options.map((_, option) => option);
  const pairs = key && 'pairs' in key ? key.pairs : [];
  const isLettered = question.type !== 'ordering' && question.type !== 'matching';
  return order.map((option, place) => ({
    option,
    letter: isLettered ? letterOf(place) : question.type === 'matching' || shown ? String(place + 1) : '',
    text: question.options[option] ?? '',
    picture: question.optionPictures?.[option] ?? null,
    target: targetAt(question, pairs[option]),
    count: counts[option] ?? 0,
    percent: Math.round(((counts[option] ?? 0) / most) * 100),
    isRight: right.includes(option),
  }));
}

function targetAt(question: NonNullable<QuizView['question']>, target: number | undefined): string | null {
  if (target === undefined || target < 0) return null;
  const { targets = [], targetPictures = [] } = question;
  return `${letterOf(target)} ${wordsOf(targets[target] ?? '', targetPictures[target])}`;
}
