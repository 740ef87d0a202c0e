import { Injectable } from '@nestjs/common';
import { memberPermissions, type Permission } from '@xuekao/contracts';
import { Access, currentActorOrNull, Refused, scopeOf as platformScope, type Scope } from '@xuekao/platform';
import { holdsOn, permits, scopeOf } from './core/index.js';
import { DutyStore } from './duty.store.js';
import { Today } from './today.js';
import { UnitStore } from './unit.store.js';

/** Platform's `Access` from dated roles. What every member may do needs no unit: it is about himself. */
@Injectable()
export class OrgAccess extends Access {
  constructor(
    private readonly duties: DutyStore,
    private readonly units: UnitStore,
    private readonly today: Today,
  ) {
    super();
  }

  async scope(permission: Permission): Promise<Scope> {
    const memberId = currentActorOrNull()?.memberId;
    if (!memberId) return platformScope([]);
    const held = await this.duties.rolesOf(memberId);
    const date = this.today.date();
    if (!held.some((role) => holdsOn(role, date) && permits(role.role, permission))) return platformScope([]);
    return platformScope(scopeOf(held, await this.units.edges(), permission, date));
  }

  async require(permission: Permission, unitId: string): Promise<void> {
    if (!(await this.scope(permission)).includes(unitId)) throw new Refused('resource.not-found');
  }

  async holds(permission: Permission): Promise<boolean> {
    const memberId = currentActorOrNull()?.memberId;
    if (!memberId) return false;
    if (memberPermissions.includes(permission)) return true;
    const date = this.today.date();
    const held = await this.duties.rolesOf(memberId);
    return held.some((role) => holdsOn(role, date) && permits(role.role, permission));
  }
}
