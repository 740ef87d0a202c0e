import type { MembershipType, Tree, UnitKind } from '@xuekao/contracts';
import { civilDate, newId, type CivilDate } from '@xuekao/kernel';
import type { Membership, UnitNode } from '../core/index.js';

export function aUnit(over: Partial<UnitNode> & { readonly kind?: UnitKind } = {}): UnitNode {
  const id = over.id ?? newId();
  return {
    id,
    name: id,
    tree: 'party',
    kind: 'branch',
    parentId: null,
    from: civilDate('2010-01-01'),
    to: null,
    ...over,
  };
}

export function aMembership(over: Partial<Membership> = {}): Membership {
  return {
    id: newId(),
    memberId: newId(),
    unitId: newId(),
    tree: 'party',
    standing: 'primary',
    type: 'full',
    from: civilDate('2015-01-01'),
    to: null,
    ...over,
  };
}

/** `size` people of one type in one unit since `from`, with their single memberships. */
export function peopleIn(
  unitId: string,
  size: number,
  type: MembershipType,
  from: CivilDate = civilDate('2015-01-01'),
) {
  const members = Array.from({ length: size }, (_, index) => ({
    id: newId(),
    name: `党员${type}${index}`,
    staffNumber: `${type}-${index}`,
  }));
  return { members, memberships: members.map(({ id }) => aMembership({ memberId: id, unitId, type, from })) };
}

/** A forest from parent picks: unit n hangs under one of the earlier units, or is a root where the pick says so. */
export function forestOf(picks: readonly number[], tree: Tree = 'party'): UnitNode[] {
  const kind = tree === 'party' ? 'branch' : 'department';
  const units: UnitNode[] = [];
  picks.forEach((pick, index) => {
    const parent = pick % (index + 1);
    units.push(
      aUnit({ id: `u${index}`, name: `单位${index}`, tree, kind, parentId: parent === index ? null : `u${parent}` }),
    );
  });
  return units;
}
