import { unitKindRules, unitKinds, type MembershipType, type Tree } from '@xuekao/contracts';
import { isRefusal, refuse, type CivilDate, type Refusal } from '@xuekao/kernel';
import { holdsOn, overlap, type DatedPeriod } from './period.js';
import type { UnitNode } from './units.js';

/**
 * A person's place in a unit over some days. `primary` is the one place in its tree; `additional` is a group besides it
 * (党小组, 中心组, 党组). `type` is the standing in the Party and is null in the department tree. Rows are closed and
 * followed by new ones, never rewritten.
 */
export interface Membership extends DatedPeriod {
  readonly id: string;
  readonly memberId: string;
  readonly unitId: string;
  readonly tree: Tree;
  readonly standing: 'primary' | 'additional';
  readonly type: MembershipType | null;
}

export interface MembershipPlan {
  /** Rows that end: they hold up to the day before `to`. */
  readonly close: readonly { readonly id: string; readonly to: CivilDate }[];
  readonly open: readonly Membership[];
}

/** The one place of a person in a tree on a day, or null before he joined and after he left. */
export function membershipOn(history: readonly Membership[], tree: Tree, date: CivilDate): Membership | null {
  return history.find((row) => row.standing === 'primary' && row.tree === tree && holdsOn(row, date)) ?? null;
}

export function additionalOn(history: readonly Membership[], date: CivilDate): readonly Membership[] {
  return history.filter((row) => row.standing === 'additional' && holdsOn(row, date));
}

/** Null when people may stand in the unit from that day on, in that way. */
export function refusalOfPlace(unit: UnitNode, standing: Membership['standing'], on: CivilDate): Refusal | null {
  if (!holdsOn(unit, on) || unit.to !== null) return refuse('org.unit.closed', { unit: unit.name, on });
  if (unitKindRules[unit.kind].holds === standing) return null;
  const code = standing === 'primary' ? 'org.membership.kind-not-primary' : 'org.membership.kind-not-additional';
  return refuse(code, { kind: unitKinds[unit.kind] });
}

export interface Joining {
  readonly id: string;
  readonly memberId: string;
  readonly unit: UnitNode;
  readonly type: MembershipType | null;
  readonly on: CivilDate;
}

/** A first place in a tree, or a new one after leaving. Refuses days that are taken already or later. */
export function planJoin(
  history: readonly Membership[],
  { id, memberId, unit, type, on }: Joining,
): MembershipPlan | Refusal {
  const misplaced = refusalOfPlace(unit, 'primary', on);
  if (misplaced) return misplaced;
  const taken = history.find(
    (row) => row.standing === 'primary' && row.tree === unit.tree && overlap(row, { from: on, to: null }),
  );
  if (taken) return refuse('org.membership.overlaps', { from: taken.from });
  const place = { id, memberId, unitId: unit.id, tree: unit.tree, standing: 'primary' as const };
  return {
    close: [],
    open: [{ ...place, type: unit.tree === 'party' ? (type ?? 'masses') : null, from: on, to: null }],
  };
}

function openPlace(history: readonly Membership[], tree: Tree, on: CivilDate): Membership | Refusal {
  const current = history.find((row) => row.standing === 'primary' && row.tree === tree && row.to === null);
  if (!current) return refuse('org.membership.none-open', { on });
  if (on <= current.from) return refuse('org.membership.before-current', { from: current.from });
  return current;
}

export interface TransferAcceptance {
  readonly id: string;
  readonly toUnit: UnitNode;
  /** The first day in the new unit. */
  readonly acceptedOn: CivilDate;
  /** Units whose additional places end with the move, such as the 党小组 of the old branch. */
  readonly leftBehind: ReadonlySet<string>;
}

/**
 * Closes the place in the old unit and opens one in the new unit on the day of acceptance: never both, never none.
 * No day before `acceptedOn` changes. Source: domain.md §2.3, 党员教育管理工作条例 art. 25.
 */
export function planTransfer(history: readonly Membership[], move: TransferAcceptance): MembershipPlan | Refusal {
  const { toUnit, acceptedOn } = move;
  const misplaced = refusalOfPlace(toUnit, 'primary', acceptedOn);
  if (misplaced) return misplaced;
  const current = openPlace(history, toUnit.tree, acceptedOn);
  if (isRefusal(current)) return current;
  if (current.unitId === toUnit.id) return refuse('org.transfer.same-unit');
  const groups = history.filter(
    (row) =>
      row.standing === 'additional' && row.to === null && row.from < acceptedOn && move.leftBehind.has(row.unitId),
  );
  return {
    close: [current, ...groups].map((row) => ({ id: row.id, to: acceptedOn })),
    open: [{ ...current, id: move.id, unitId: toUnit.id, from: acceptedOn, to: null }],
  };
}

/** 转正, 停止党籍 and the like: the same unit, another type from that day on. */
export function planTypeChange(
  history: readonly Membership[],
  change: { readonly id: string; readonly type: MembershipType; readonly on: CivilDate },
): MembershipPlan | Refusal {
  const current = openPlace(history, 'party', change.on);
  if (isRefusal(current)) return current;
  if (current.type === change.type) return refuse('org.membership.type-unchanged');
  return {
    close: [{ id: current.id, to: change.on }],
    open: [{ ...current, id: change.id, type: change.type, from: change.on }],
  };
}

/** Left the organisation: every open place ends. Refuses when none is open. */
export function planLeaving(history: readonly Membership[], on: CivilDate): MembershipPlan | Refusal {
  const open = history.filter((row) => row.to === null);
  if (open.length === 0) return refuse('org.membership.none-open', { on });
  const late = open.find((row) => on <= row.from);
  if (late) return refuse('org.membership.before-current', { from: late.from });
  return { close: open.map((row) => ({ id: row.id, to: on })), open: [] };
}

/** Joins a 党小组, 中心组 or 党组 besides the primary place. */
export function planAddition(history: readonly Membership[], joining: Omit<Joining, 'type'>): MembershipPlan | Refusal {
  const { id, memberId, unit, on } = joining;
  const misplaced = refusalOfPlace(unit, 'additional', on);
  if (misplaced) return misplaced;
  const taken = history.find((row) => row.unitId === unit.id && overlap(row, { from: on, to: null }));
  if (taken) return refuse('org.membership.already-in', { from: taken.from });
  const place = { id, memberId, unitId: unit.id, tree: unit.tree, standing: 'additional' as const };
  return { close: [], open: [{ ...place, type: null, from: on, to: null }] };
}

export function planWithdrawal(
  history: readonly Membership[],
  unitId: string,
  on: CivilDate,
): MembershipPlan | Refusal {
  const current = history.find((row) => row.standing === 'additional' && row.unitId === unitId && row.to === null);
  if (!current) return refuse('org.membership.not-in', { on });
  if (on <= current.from) return refuse('org.membership.before-current', { from: current.from });
  return { close: [{ id: current.id, to: on }], open: [] };
}

/** The history as it stands after a plan; what the store writes, for tests and previews. */
export function afterPlan(history: readonly Membership[], plan: MembershipPlan): readonly Membership[] {
  const ends = new Map(plan.close.map((row) => [row.id, row.to]));
  return [...history.map((row) => (ends.has(row.id) ? { ...row, to: ends.get(row.id)! } : row)), ...plan.open];
}
