import type { QuizMe, QuizQuestionView } from '@xuekao/contracts';
import { afterPick, choiceText, isComplete, shownOptions } from './choice.js';

const question: QuizQuestionView = {
  index: 0,
  total: 1,
  type: 'single',
  stem: '题',
  options: ['甲', '乙', '丙'],
  blanks: 0,
  points: 1000,
};
const me = { optionOrder: [2, 0, 1] } as unknown as QuizMe;

describe('options on a phone', () => {
  it('stand in the player’s own order and keep their index', () => {
    expect(shownOptions({ question, me }).map(({ option, text }) => `${option}${text}`)).toEqual(['2丙', '0甲', '1乙']);
    expect(shownOptions({ question, me: null }).map(({ option }) => option)).toEqual([0, 1, 2]);
  });

  it('are named by the letters that this phone shows', () => {
    const shown = shownOptions({ question, me });
    expect(choiceText(shown, { options: [0, 2] })).toBe('A 丙\nB 甲');
    expect(choiceText(shown, null)).toBeNull();
    expect(choiceText([], { blanks: [['1921年', '一九二一年'], ['上海']] })).toBe('1921年；上海');
  });
});

describe('a tap', () => {
  it('replaces a single choice and turns a multiple one on and off', () => {
    expect(afterPick('single', { options: [0] }, 2)).toEqual({ options: [2] });
    expect(afterPick('multiple', { options: [2] }, 0)).toEqual({ options: [0, 2] });
    expect(afterPick('multiple', { options: [0, 2] }, 2)).toEqual({ options: [0] });
  });

  it('makes an answer only where something is chosen', () => {
    expect(isComplete({ options: [] })).toBe(false);
    expect(isComplete({ blanks: [' ', ''] })).toBe(false);
    expect(isComplete({ blanks: ['', '上海'] })).toBe(true);
  });
});
