import type { Permission } from '@xuekao/contracts';

/** The units in which an actor holds a permission today: whole subtrees of both trees. */
export interface Scope {
  readonly unitIds: ReadonlySet<string>;
  includes(unitId: string): boolean;
}

/** Port: who may do what where. Implemented by `org` from dated roles. */
export abstract class Access {
  /** The current actor's scope for one permission; empty where he holds it nowhere. */
  abstract scope(permission: Permission): Promise<Scope>;
  /** Refuses 'resource.not-found' where the unit is outside the scope: its existence is not told. */
  abstract require(permission: Permission, unitId: string): Promise<void>;
  /** True where the actor holds the permission in any unit, or needs no unit for it. */
  abstract holds(permission: Permission): Promise<boolean>;
}

export function scopeOf(unitIds: Iterable<string>): Scope {
  const set = new Set(unitIds);
  return { unitIds: set, includes: (unitId) => set.has(unitId) };
}
