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

  it('lays a revealed ordering in its right order, and a matching beside what it belongs to', () => {
    const ordering = { ...question, type: 'ordering' } as QuizQuestionView;
    const bars = barsOf({ question: ordering, reveal: { ...reveal, key: { order: [2, 0, 1] } } });
    expect(bars.map(({ letter, text, count }) => `${letter}${text}${count}`)).toEqual(['1丙4', '2甲1', '3乙0']);
    expect(barsOf({ question: ordering, reveal: null }).map(({ letter, text }) => letter + text)).toEqual([
      '甲',
      '乙',
      '丙',
    ]);
    const matching = { ...question, type: 'matching', targets: ['子', '丑'] } as unknown as QuizQuestionView;
    const matched = barsOf({ question: matching, reveal: { ...reveal, key: { pairs: [1, 0, -1] } } });
    expect(matched.map(({ target }) => target)).toEqual(['B 丑', 'A 子', null]);
    expect(barsOf({ question: matching, reveal: null }).every(({ target }) => target === null)).toBe(true);
  });

  it('does not lay the figures of an earlier question over the next one', () => {
    expect(barsOf({ question: { ...question, index: 2 }, reveal }).some(({ isRight }) => isRight)).toBe(false);
  });
});
