import { isRefusal } from '@xuekao/kernel';
import { withoutAct } from './marking-state.js';
import type { MarkingState } from './marking-state.js';

const key = { kind: 'key', key: { kind: 'choice', optionIds: ['a'] }, versionId: null } as const;
const state: MarkingState = { rules: null, acts: { '1': { kind: 'void' }, '2': { kind: 'give-all' }, '3': key } };

describe('a question that counts again', () => {
  it('loses what was decided for it, and no other does', () => {
    expect(withoutAct(state, 1)).toEqual({ rules: null, acts: { '2': { kind: 'give-all' }, '3': key } });
    expect(withoutAct(state, 2)).toEqual({ rules: null, acts: { '1': { kind: 'void' }, '3': key } });
  });

  it('is refused where it was neither void nor given to all', () => {
    for (const number of [3, 4]) expect(isRefusal(withoutAct(state, number))).toBe(true);
  });
});
