import { type Unit, unitForest } from './units.js';

const unit = (id: string, parentId: string | null, sortOrder = 0): Unit => ({
  id,
  parentId,
  sortOrder,
  tree: 'party',
  kind: 'branch',
  kindName: '党支部',
  holds: 'primary',
  name: id,
  shortName: id,
  from: '2017-01-01',
  to: null,
  version: 1,
});

describe('the forest of units', () => {
  it('puts units below their superiors, in their sort order', () => {
    const [top] = unitForest([unit('third', 'root', 3), unit('first', 'root', 1), unit('root', null)]);
    expect(top?.children.map(({ value }) => value)).toEqual(['first', 'third']);
  });

  it('lets a unit stand at the top whose superior is out of scope', () => {
    expect(unitForest([unit('branch', 'hidden')]).map(({ value }) => value)).toEqual(['branch']);
  });
});
