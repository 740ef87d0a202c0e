import { queryFrom, withChange, withOpened } from './table-query.js';

describe('a table in the URL', () => {
  it('reads search, filters and page', () => {
    expect(queryFrom({ q: '张', state: 'open', cursor: 'c1', other: 'x' }, ['state'], 50)).toEqual({
      q: '张',
      cursor: 'c1',
      limit: 50,
      filters: { state: 'open' },
    });
  });

  it('keeps two tables apart by their prefix', () => {
    expect(queryFrom({ 'a.q': '甲', 'b.q': '乙' }, [], 20, 'b.').q).toBe('乙');
  });

  it('starts at the first page when a filter changes, and leaves the rest of the URL alone', () => {
    expect(withChange({ tab: 'list', cursor: 'c1', state: 'open' }, { state: null, q: '张' })).toEqual({
      tab: 'list',
      q: '张',
    });
  });

  it('turns the page without touching the filters', () => {
    expect(withChange({ state: 'open' }, { cursor: 'c2' })).toEqual({ state: 'open', cursor: 'c2' });
  });

  it('opens a record without leaving the page of the list', () => {
    expect(withOpened({ cursor: 'c2' }, 'member', 'm1')).toEqual({ cursor: 'c2', member: 'm1' });
    expect(withOpened({ cursor: 'c2', member: 'm1' }, 'member', null)).toEqual({ cursor: 'c2' });
  });
});
