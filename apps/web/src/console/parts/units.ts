import type { Tree, UnitKind } from '@xuekao/contracts';

export interface Unit {
  readonly id: string;
  readonly tree: Tree;
  readonly kind: UnitKind;
  readonly kindName: string;
  readonly holds: 'primary' | 'additional';
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly sortOrder: number;
  readonly from: string;
  readonly to: string | null;
  readonly version: number;
}

export interface UnitNode {
  readonly value: string;
  readonly label: string;
  readonly unit: Unit;
  readonly children: UnitNode[];
}

/** The units as trees; a unit whose superior is not in the list stands at the top. Sisters go by their sort order. */
export function unitForest(units: readonly Unit[]): UnitNode[] {
  const nodes = new Map(
    units.map((unit) => [unit.id, { value: unit.id, label: unit.shortName || unit.name, unit, children: [] }]) as [
      string,
      UnitNode,
    ][],
  );
  const tops: UnitNode[] = [];
  for (const node of nodes.values()) {
    const above = node.unit.parentId === null ? undefined : nodes.get(node.unit.parentId);
    (above?.children ?? tops).push(node);
  }
  const order = (list: UnitNode[]): UnitNode[] => {
    list.sort((a, b) => a.unit.sortOrder - b.unit.sortOrder || a.unit.name.localeCompare(b.unit.name, 'zh'));
    for (const { children } of list) order(children);
    return list;
  };
  return order(tops);
}
