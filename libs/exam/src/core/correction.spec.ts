import { correctionTold } from './correction.js';

const applied = { id: 'r1', kind: 'key', reason: '第 3 题应选 B', at: 7 } as const;

describe('what a member is told of a correction', () => {
  it('are the words of the organiser once the key may be seen, and only its kind before', () => {
    expect(correctionTold(applied, new Set(['score', 'key']))).toEqual({ id: 'r1', reason: '第 3 题应选 B', at: 7 });
    expect(correctionTold(applied, new Set(['score', 'answers']))).toEqual({ id: 'r1', reason: '更正答案', at: 7 });
  });
});
