import type { QuizMe, QuizQuestionView } from '@xuekao/contracts';
import { afterPick, choiceLines, isComplete, shownOptions, shownTargets } from './choice.js';

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
    expect(choiceLines({ options: shown }, { options: [0, 2] })).toEqual(['A 丙', 'B 甲']);
    expect(choiceLines({ options: shown }, null)).toBeNull();
    expect(choiceLines({ options: [] }, { blanks: [['1921年', '一九二一年'], ['上海']] })).toEqual(['1921年；上海']);
  });

  it('tell an order by numbers, pairs by both sides, and a picture by what it shows', () => {
    const picture = { id: 'p', alt: '会址照片', width: 4, height: 3 };
    const matching = {
      ...question,
      type: 'matching',
      targets: ['子', '丑'],
      optionPictures: [null, picture, null],
    } as const;
    const pictured = { ...matching, options: ['甲', '', '丙'] };
    const options = shownOptions({ question: pictured, me: null });
    const targets = shownTargets({ question: pictured });
    expect(choiceLines({ options }, { order: [2, 0, 1] })).toEqual(['1. 丙', '2. 甲', '3. 会址照片']);
    expect(choiceLines({ options, targets }, { pairs: [1, 0, -1] })).toEqual([
      '甲 — B 丑',
      '会址照片 — A 子',
      '丙 — —',
    ]);
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
    expect(isComplete({ order: [1, 0] }, 3)).toBe(false);
    expect(isComplete({ order: [1, 0, 2] }, 3)).toBe(true);
    expect(isComplete({ pairs: [1, -1] }, 2)).toBe(false);
  });
});
