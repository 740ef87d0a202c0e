import { roles, type Permission, type RoleDefinition, type RoleName } from '@xuekao/contracts';
import { refuse, type CivilDate, type Refusal } from '@xuekao/kernel';
import { holdsOn, overlap, type DatedPeriod } from './period.js';
import { subtreeIds, type UnitNode } from './units.js';

/** A role held in a unit over some days; it reaches the unit's subtree. */
export interface HeldRole extends DatedPeriod {
  readonly role: RoleName;
  readonly unitId: string;
}

/** The catalogue with its optional fields visible: what other code asks about a role. */
export function roleOf(name: RoleName): RoleDefinition {
  return roles[name];
}

export function permits(name: RoleName, permission: Permission): boolean {
  return roleOf(name).permissions.includes(permission);
}

/** The units in which these roles give the permission on that day: whole subtrees, never a superior, never the other tree. */
export function scopeOf(
  held: readonly HeldRole[],
  units: readonly Pick<UnitNode, 'id' | 'parentId'>[],
  permission: Permission,
  date: CivilDate,
): ReadonlySet<string> {
  const granted = held.filter((role) => holdsOn(role, date) && permits(role.role, permission));
  return granted.length === 0
    ? new Set()
    : subtreeIds(
        units,
        granted.map((role) => role.unitId),
      );
}

/**
 * Null when the grant may stand. System, security and audit administrators exclude each other and every business role in
 * any common day. Source: domain.md §7.1 (三员), GB/T 22239-2019.
 */
export function refusalOfGrant(held: readonly HeldRole[], grant: HeldRole): Refusal | null {
  if (grant.to !== null && grant.to <= grant.from) return refuse('org.role.period-empty');
  const sameDays = held.filter((role) => overlap(role, grant));
  const same = sameDays.find((role) => role.role === grant.role && role.unitId === grant.unitId);
  if (same) return refuse('org.role.already-held', { from: same.from });
  const post = roleOf(grant.role).administrator;
  const clash = sameDays.find((role) => roleOf(role.role).administrator !== post);
  return clash ? refuse('org.role.administrators-exclude', { held: roleOf(clash.role).name }) : null;
}

export function isAdministratorOn(held: readonly HeldRole[], date: CivilDate): boolean {
  return held.some((role) => holdsOn(role, date) && roleOf(role.role).administrator !== undefined);
}
