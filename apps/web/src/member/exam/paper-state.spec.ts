import type { ChoiceBody, MatchingBody, OrderingBody } from '@xuekao/contracts';
import { afterMove, afterTap, answerText, isAnswered } from './paper-state.js';

const options = ['x', 'y', 'z'].map((id) => ({ id, text: id }));
const single: ChoiceBody = { type: 'single', stem: '', options };
const multiple: ChoiceBody = { type: 'multiple', stem: '', options };

describe('a tap on an option', () => {
  it('replaces the choice of a single choice', () => {
    expect(afterTap(single, { kind: 'choice', optionIds: ['x'] }, 'y')).toEqual({ kind: 'choice', optionIds: ['y'] });
  });

  it('adds to and takes from a multiple choice, in the order of the paper', () => {
    const two = afterTap(multiple, { kind: 'choice', optionIds: ['z'] }, 'x');
    expect(two).toEqual({ kind: 'choice', optionIds: ['x', 'z'] });
    expect(afterTap(multiple, two, 'x')).toEqual({ kind: 'choice', optionIds: ['z'] });
  });
});

describe('what counts as answered', () => {
  it('is a choice or one filled blank', () => {
    expect(isAnswered(null)).toBe(false);
    expect(isAnswered({ kind: 'choice', optionIds: [] })).toBe(false);
    expect(isAnswered({ kind: 'blank', texts: ['', ' '] })).toBe(false);
    expect(isAnswered({ kind: 'blank', texts: ['', '十'] })).toBe(true);
  });

  it('is shown by letters and texts', () => {
    expect(answerText(multiple, { kind: 'choice', optionIds: ['x', 'z'] })).toBe('A、C');
    expect(answerText({ type: 'blank', stem: '', blanks: 2 }, { kind: 'blank', texts: ['四', ''] })).toBe('四；—');
    expect(answerText(single, null)).toBe('—');
  });

  it('is an order by letters and pairs by number and letter of this paper', () => {
    const ordering: OrderingBody = { type: 'ordering', stem: '', options };
    expect(answerText(ordering, { kind: 'order', optionIds: ['z', 'x', 'y'] })).toBe('C → A → B');
    const matching: MatchingBody = { type: 'matching', stem: '', lefts: options.slice(0, 2), rights: options };
    expect(answerText(matching, { kind: 'pairs', pairs: [{ left: 'y', right: 'z' }] })).toBe('1-—；2-C');
    expect(isAnswered({ kind: 'pairs', pairs: [] })).toBe(false);
  });
});

describe('a step in an order', () => {
  it('swaps neighbours and stops at the ends', () => {
    expect(afterMove(['x', 'y', 'z'], 2, -1)).toEqual(['x', 'z', 'y']);
    expect(afterMove(['x', 'y', 'z'], 0, 1)).toEqual(['y', 'x', 'z']);
    expect(afterMove(['x', 'y'], 1, 1)).toEqual(['x', 'y']);
  });
});
