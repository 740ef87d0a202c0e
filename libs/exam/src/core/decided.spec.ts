import { decidedPlaces, hasDecided } from './decided.js';
import type { MarkingActs } from './marking-state.js';

const acts: MarkingActs = {
  2: { kind: 'void' },
  3: { kind: 'give-all' },
  4: { kind: 'key', key: { kind: 'choice', optionIds: ['o1'] }, versionId: null },
};

describe('questions that need no answer', () => {
  it('stand at their places on the own paper, with the newest reason of their kind', () => {
    const words = [
      { number: 2, kind: 'void', reason: '选项印错' },
      { number: 2, kind: 'restore', reason: '没有印错' },
      { number: 2, kind: 'void', reason: '还是印错' },
      { number: 3, kind: 'void', reason: '看错了' },
      { number: null, kind: 'extend', reason: '停电' },
    ];
    expect(decidedPlaces([4, 3, 1, 2], acts, words)).toEqual([
      { number: 2, kind: 'give-all', reason: '' },
      { number: 4, kind: 'void', reason: '还是印错' },
    ]);
  });

  it('are none where only a key was corrected', () => {
    expect([hasDecided(acts), hasDecided({ 4: acts[4]! }), hasDecided({})]).toEqual([true, false, false]);
    expect(decidedPlaces([4], acts, [])).toEqual([]);
  });
});
