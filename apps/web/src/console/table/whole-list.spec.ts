import { wholeList } from './whole-list.js';

const query = { q: '', cursor: null, limit: 50, filters: {} };

describe('a list that comes whole', () => {
  it('finds rows that hold every word', () => {
    const rows = ['第一支部 书记', '第一支部 委员', '第二支部 书记'];
    expect(wholeList(rows, { ...query, q: '书记 一' }, (row) => row).items).toEqual(['第一支部 书记']);
  });

  it('is filtered by what the table asks', () => {
    const page = wholeList(
      [1, 2, 3],
      { ...query, filters: { least: '2' } },
      String,
      (row, filters) => row >= Number(filters.least ?? 0),
    );
    expect(page).toEqual({ items: [2, 3], nextCursor: null, total: 2 });
  });
});
