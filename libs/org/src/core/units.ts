import { trees, unitKindRules, unitKinds, type Tree, type UnitKind } from '@xuekao/contracts';
import { normalText, refuse, type CivilDate, type Refusal } from '@xuekao/kernel';
import type { DatedPeriod } from './period.js';

/** A place in one of the two trees, with the days on which it exists. The parent never changes: close and found anew. */
export interface UnitNode extends DatedPeriod {
  readonly id: string;
  readonly name: string;
  readonly tree: Tree;
  readonly kind: UnitKind;
  readonly parentId: string | null;
}

type Edge = Pick<UnitNode, 'id' | 'parentId'>;

/** The given units and everything below them, also what is closed by now: history stays with its superior. Unknown ids give nothing. */
export function subtreeIds(units: readonly Edge[], roots: Iterable<string>): ReadonlySet<string> {
  const known = new Set(units.map((unit) => unit.id));
  const children = new Map<string, string[]>();
  for (const { id, parentId } of units) {
    if (parentId === null) continue;
    const siblings = children.get(parentId);
    if (siblings) siblings.push(id);
    else children.set(parentId, [id]);
  }
  const reached = new Set<string>();
  const waiting = [...roots].filter((id) => known.has(id));
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...(children.get(id) ?? []));
  }
  return reached;
}

/** The unit and its superiors, nearest first. */
export function lineOf(units: readonly Edge[], unitId: string): readonly string[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const line: string[] = [];
  for (let unit = byId.get(unitId); unit && !line.includes(unit.id); unit = byId.get(unit.parentId ?? ''))
    line.push(unit.id);
  return line;
}

export interface NewUnit {
  readonly name: string;
  readonly tree: Tree;
  readonly kind: UnitKind;
  readonly parentId: string | null;
  readonly from: CivilDate;
}

/** Null when the unit may be founded; each tree has one root. */
export function refusalOfNewUnit(units: readonly UnitNode[], unit: NewUnit): Refusal | null {
  const rule = unitKindRules[unit.kind];
  if (rule.tree !== unit.tree) {
    return refuse('org.unit.kind-of-other-tree', { kind: unitKinds[unit.kind], tree: trees[unit.tree] });
  }
  if (unit.parentId === null) {
    const root = units.find((other) => other.tree === unit.tree && other.parentId === null && other.to === null);
    return root ? refuse('org.unit.root-exists', { unitId: root.id }) : null;
  }
  const parent = units.find((other) => other.id === unit.parentId);
  if (!parent) return refuse('org.unit.parent-missing');
  if (parent.tree !== unit.tree) return refuse('org.unit.parent-of-other-tree');
  if (unitKindRules[parent.kind].leaf) return refuse('org.unit.leaf-kind', { kind: unitKinds[parent.kind] });
  if (unit.from < parent.from) return refuse('org.unit.before-parent', { parentFrom: parent.from });
  if (parent.to !== null) return refuse('org.unit.parent-closed', { closedOn: parent.to });
  return refusalOfName(units, unit.parentId, unit.name);
}

/** Null when no open sibling (other than the unit itself) bears the name in its normal form. */
export function refusalOfName(
  units: readonly UnitNode[],
  parentId: string | null,
  name: string,
  ownId?: string,
): Refusal | null {
  const siblings = units.filter((unit) => unit.parentId === parentId && unit.to === null && unit.id !== ownId);
  const taken = siblings.some((unit) => normalText(unit.name) === normalText(name));
  return taken ? refuse('org.unit.name-taken', { name }) : null;
}

/** What still stands in a unit from the day of its closing on. */
export interface UnitContent {
  readonly children: number;
  readonly members: number;
  readonly roles: number;
  readonly transfers: number;
}

/** Null when the unit may close: nothing may hang on it from that day on. */
export function refusalOfClosing(unit: UnitNode, content: UnitContent, on: CivilDate): Refusal | null {
  if (unit.to !== null) return refuse('org.unit.already-closed', { closedOn: unit.to });
  if (on <= unit.from) return refuse('org.unit.close-before-start', { from: unit.from });
  const { children, members, roles, transfers } = content;
  return children + members + roles + transfers > 0
    ? refuse('org.unit.not-empty', { children, members, roles, transfers })
    : null;
}
