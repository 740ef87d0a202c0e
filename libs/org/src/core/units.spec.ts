import { civilDate } from '@xuekao/kernel';
import { aUnit } from '../testing/index.js';
import { refusalOfClosing, refusalOfName, refusalOfNewUnit, type NewUnit } from './units.js';

const root = aUnit({ id: 'root', name: '机关党总支', kind: 'general-branch', from: civilDate('2010-01-01') });
const branch = aUnit({ id: 'branch', name: '第一党支部', parentId: 'root' });
const group = aUnit({ id: 'group', name: '第一党小组', kind: 'party-small-group', parentId: 'branch' });
const units = [root, branch, group];
const on = civilDate('2017-06-12');
const found = (over: Partial<NewUnit>) =>
  refusalOfNewUnit(units, { name: '新支部', tree: 'party', kind: 'branch', parentId: 'root', from: on, ...over });

describe('founding a unit', () => {
  it('needs an open superior of the same tree that has units below it', () => {
    expect(found({})).toBeNull();
    expect(found({ kind: 'department' })).toMatchObject({ code: 'org.unit.kind-of-other-tree' });
    expect(found({ parentId: 'group' })).toMatchObject({ code: 'org.unit.leaf-kind', facts: { kind: '党小组' } });
    expect(found({ parentId: 'nowhere' })).toMatchObject({ code: 'org.unit.parent-missing' });
    expect(found({ tree: 'department', kind: 'department' })).toMatchObject({ code: 'org.unit.parent-of-other-tree' });
    expect(found({ from: civilDate('2009-12-31') })).toMatchObject({ code: 'org.unit.before-parent' });
    const closed = [{ ...root, to: civilDate('2017-01-01') }];
    expect(
      refusalOfNewUnit(closed, { name: '新支部', tree: 'party', kind: 'branch', parentId: 'root', from: on }),
    ).toMatchObject({ code: 'org.unit.parent-closed' });
  });

  it('gives each tree one root', () => {
    expect(found({ parentId: null })).toMatchObject({ code: 'org.unit.root-exists' });
    expect(found({ parentId: null, tree: 'department', kind: 'bureau' })).toBeNull();
  });

  it('takes a name once under the same superior, also in full width', () => {
    expect(found({ name: ' 第一党支部 ' })).toMatchObject({ code: 'org.unit.name-taken' });
    expect(refusalOfName(units, 'root', '第一党支部', 'branch')).toBeNull();
    expect(found({ name: '第一党支部', parentId: 'branch' })).toBeNull();
  });
});

describe('closing a unit', () => {
  const empty = { children: 0, members: 0, roles: 0, transfers: 0 };
  it('waits until nothing hangs on it, and says what does', () => {
    expect(refusalOfClosing(branch, empty, on)).toBeNull();
    expect(refusalOfClosing(branch, { ...empty, members: 22 }, on)).toMatchObject({
      code: 'org.unit.not-empty',
      facts: { members: 22, children: 0 },
    });
    expect(refusalOfClosing({ ...branch, to: on }, empty, on)).toMatchObject({ code: 'org.unit.already-closed' });
    expect(refusalOfClosing(branch, empty, branch.from)).toMatchObject({ code: 'org.unit.close-before-start' });
  });
});
