import type { QuizView } from '@xuekao/contracts';

export interface Bar {
  readonly letter: string;
  readonly text: string;
  readonly count: number;
  /** Of the longest bar. */
  readonly percent: number;
  readonly isRight: boolean;
}

/** The options in the order of the question, with what the reveal tells of them. None for blanks. */
export function barsOf({ question, reveal }: Pick<QuizView, 'question' | 'reveal'>): Bar[] {
  if (!question) return [];
  const shown = reveal?.question === question.index ? reveal : null;
  const counts = shown?.histogram.counts ?? [];
  const most = Math.max(1, ...counts);
  const right = shown && 'options' in shown.key ? shown.key.options : [];
  return question.options.map((text, option) => ({
    letter: String.fromCharCode(65 + option),
    text,
    count: counts[option] ?? 0,
    percent: Math.round(((counts[option] ?? 0) / most) * 100),
    isRight: right.includes(option),
  }));
}
