import type { QuizQuestionView, QuizReveal } from '@xuekao/contracts';
import { barsOf } from './histogram.js';

const question = { index: 1, options: ['甲', '乙', '丙'] } as unknown as QuizQuestionView;
const reveal: QuizReveal = {
  question: 1,
  key: { options: [2] },
  explanation: null,
  histogram: { counts: [1, 0, 4], answered: 5, correct: 4 },
};

describe('the histogram of a question', () => {
  it('is empty of figures and of the key before the reveal', () => {
    expect(barsOf({ question, reveal: null }).every(({ count, isRight }) => count === 0 && !isRight)).toBe(true);
  });

  it('measures bars by the longest and marks the right ones', () => {
    expect(
      barsOf({ question, reveal }).map(({ letter, count, percent, isRight }) => [letter, count, percent, isRight]),
    ).toEqual([
      ['A', 1, 25, false],
      ['B', 0, 0, false],
      ['C', 4, 100, true],
    ]);
  });

  it('does not lay the figures of an earlier question over the next one', () => {
    expect(barsOf({ question: { ...question, index: 2 }, reveal }).some(({ isRight }) => isRight)).toBe(false);
  });
});
