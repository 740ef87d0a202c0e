import type { InvigilationRow } from '@xuekao/contracts';
import { afterNews, countsOf, unitBoards, watchedRows } from './board.js';

const row = (memberId: string, part: Partial<InvigilationRow> = {}): InvigilationRow => ({
  memberId,
  name: memberId,
  staffNumber: `S${memberId}`,
  unitId: 'u1',
  unitName: '第一支部',
  state: 'working',
  exemption: null,
  attemptId: null,
  startedAt: null,
  deadlineAt: null,
  endedAt: null,
  endedBy: null,
  saved: 0,
  lastSavedAt: null,
  seenAt: null,
  extraMinutes: 0,
  evidence: 0,
  ...part,
});
const all = { state: null, unitId: null, text: '' };

describe('the board of an exam under way', () => {
  it('counts everybody once, and the exempt are not due', () => {
    const rows = [row('a'), row('b', { state: 'exempt' }), row('c', { state: 'disconnected' })];
    expect(countsOf(rows)).toMatchObject({ working: 1, exempt: 1, disconnected: 1, 'handed-in': 0 });
    expect(unitBoards(rows)).toMatchObject([{ unitName: '第一支部', due: 2 }]);
  });

  it('tells the oldest save of those who still work, not of those who have handed in', () => {
    const rows = [
      row('a', { lastSavedAt: 500 }),
      row('b', { lastSavedAt: 300, state: 'disconnected' }),
      row('c', { lastSavedAt: 100, state: 'handed-in' }),
    ];
    expect(unitBoards(rows)[0]!.oldestSaveAt).toBe(300);
  });

  it('shows who needs a look first', () => {
    const rows = [row('a', { state: 'handed-in' }), row('b'), row('c', { state: 'disconnected' })];
    expect(watchedRows(rows, all).map(({ memberId }) => memberId)).toEqual(['c', 'b', 'a']);
  });

  it('finds by state, branch, name and staff number together', () => {
    const rows = [row('a'), row('b', { unitId: 'u2' }), row('c', { state: 'handed-in' })];
    const ids = (filter: Parameters<typeof watchedRows>[1]) => watchedRows(rows, filter).map((each) => each.memberId);
    expect(ids({ ...all, state: 'working' })).toEqual(['a', 'b']);
    expect(ids({ state: 'working', unitId: 'u2', text: ' sb ' })).toEqual(['b']);
    expect(ids({ ...all, text: 'nobody' })).toEqual([]);
  });

  it('takes changed rows one by one, and a whole view instead of everything', () => {
    const before = afterNews(new Map(), [row('a'), row('b')], true);
    const changed = afterNews(before, [row('b', { saved: 3 })], false);
    expect([...changed.values()].map(({ saved }) => saved)).toEqual([0, 3]);
    expect([...afterNews(changed, [row('b')], true).keys()]).toEqual(['b']);
  });
});
