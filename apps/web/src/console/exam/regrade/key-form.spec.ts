import type { QuestionBody } from '@xuekao/contracts';
import { emptyKey, keyOf } from './key-form.js';
import type { Regrade } from './regrade.api.js';
import { lastStanding } from './words.js';

const blank: QuestionBody = { type: 'blank', stem: '____、____', blanks: 2 };
const single: QuestionBody = {
  type: 'single',
  stem: '题干',
  options: [
    { id: 'a', text: '甲' },
    { id: 'b', text: '乙' },
  ],
};

describe('a corrected key', () => {
  it('is not whole before every blank has a wording', () => {
    expect(keyOf({ from: 'hand', optionIds: [], wordings: ['一大', ' '] }, blank)).toBeNull();
    expect(keyOf({ from: 'hand', optionIds: [], wordings: ['一大\n 中共一大 \n', '1921'] }, blank)).toEqual({
      kind: 'blank',
      accepted: [['一大', '中共一大'], ['1921']],
    });
  });

  it('is that of the bank where the form says so', () => {
    expect(keyOf({ ...emptyKey(single), from: 'bank' }, single)).toBeUndefined();
    expect(keyOf({ ...emptyKey(single), optionIds: ['b'] }, single)).toEqual({ kind: 'choice', optionIds: ['b'] });
  });
});

describe('the run that may be taken back', () => {
  const run = (id: string, changes: Partial<Regrade>): Regrade =>
    ({ id, kind: 'void', state: 'applied', decidedAt: 1, reversedBy: null, ...changes }) as Regrade;

  it('is the newest that stands', () => {
    const runs = [
      run('old', {}),
      run('new', { decidedAt: 5 }),
      run('gone', { decidedAt: 8, reversedBy: 'back' }),
      run('back', { decidedAt: 9, kind: 'reverse' }),
      run('open', { state: 'proposed', decidedAt: null }),
    ];
    expect(lastStanding(runs)?.id).toBe('new');
    expect(lastStanding([])).toBeNull();
  });
});
