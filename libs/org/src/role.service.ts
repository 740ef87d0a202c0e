import { Injectable } from '@nestjs/common';
import type { RoleName } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, type CivilDate } from '@xuekao/kernel';
import { Access, AppClock, currentActor, Outbox } from '@xuekao/platform';
import { holdsOn, isAdministratorOn, refusalOfGrant, roleOf } from './core/index.js';
import type { HeldRoleEntity } from './org.entity.js';
import { allowed, found, OrgRefused } from './org.errors.js';
import { OrgStores } from './org.stores.js';
import { Today } from './today.js';

export interface RoleGrant {
  readonly memberId: string;
  readonly role: RoleName;
  readonly unitId: string;
  readonly from?: CivilDate;
  readonly to?: CivilDate | null;
  readonly reason: string;
}

@Injectable()
export class RoleService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly stores: OrgStores,
    private readonly clock: AppClock,
    private readonly today: Today,
  ) {}

  /** Roles within the actor's scope that are held today or begin later. */
  async list(unitId?: string): Promise<HeldRoleEntity[]> {
    const scope = await this.access.scope('org.read');
    if (unitId !== undefined && !scope.includes(unitId)) throw new OrgRefused('resource.not-found');
    return this.stores.duties.rolesIn(unitId === undefined ? [...scope.unitIds] : [unitId], this.today.date());
  }

  async grant(grant: RoleGrant): Promise<HeldRoleEntity> {
    return this.uow.run(async () => {
      await this.permit(grant.role, grant.unitId);
      if (currentActor().memberId === grant.memberId) throw new OrgRefused('org.role.own');
      return this.bestow(grant);
    });
  }

  /** As {@link grant} without asking who does; inside a transaction. For the first setting up. */
  async bestow(grant: RoleGrant): Promise<HeldRoleEntity> {
    found(await this.stores.members.locked(grant.memberId));
    const unit = found(await this.stores.units.locked(grant.unitId));
    const from = grant.from ?? this.today.date();
    if (unit.to !== null || from < unit.from) throw new OrgRefused('org.unit.closed', { unit: unit.name, on: from });
    const { memberId, role, unitId, reason } = grant;
    const held: HeldRoleEntity = {
      id: newId(),
      memberId,
      role,
      unitId,
      from,
      to: grant.to ?? null,
      reason,
      endReason: null,
      createdAt: this.clock.now(),
    };
    allowed(refusalOfGrant(await this.stores.duties.rolesOf(memberId), held));
    await this.stores.duties.addRole(held);
    await this.tell('org.role.granted', held, reason);
    return held;
  }

  /** The role is held up to the day before `on` (today where absent). */
  async end(id: string, on: CivilDate | undefined, reason: string): Promise<HeldRoleEntity> {
    return this.uow.run(async () => {
      const memberId = found(await this.stores.duties.role(id)).memberId;
      await this.stores.members.locked(memberId);
      const held = found(await this.stores.duties.role(id));
      await this.permit(held.role, held.unitId);
      if (currentActor().memberId === memberId) throw new OrgRefused('org.role.own');
      if (held.to !== null && held.to <= this.today.date()) throw new OrgRefused('org.role.ended', { to: held.to });
      const to = on ?? this.today.date();
      if (to < held.from) throw new OrgRefused('org.role.period-empty');
      await this.stores.duties.endRole(id, to, reason);
      await this.tell('org.role.ended', { ...held, to }, reason);
      return { ...held, to, endReason: reason };
    });
  }

  /**
   * Ends what a person holds in the units (everywhere where none are given) from that day on; inside the transaction
   * that moves him. A role that would begin later never holds.
   */
  async endAllOf(memberId: string, on: CivilDate, reason: string, unitIds?: ReadonlySet<string>): Promise<void> {
    for (const held of await this.stores.duties.rolesOf(memberId)) {
      if ((held.to !== null && held.to <= on) || (unitIds && !unitIds.has(held.unitId))) continue;
      const to = held.from > on ? held.from : on;
      await this.stores.duties.endRole(held.id, to, reason);
      await this.tell('org.role.ended', { ...held, to }, reason);
    }
  }

  /** Roles of a person that hold today. */
  async heldBy(memberId: string): Promise<HeldRoleEntity[]> {
    const today = this.today.date();
    return (await this.stores.duties.rolesOf(memberId)).filter((role) => holdsOn(role, today));
  }

  /** Holds one of the three administrators' posts today. */
  async isAdministrator(memberId: string): Promise<boolean> {
    return isAdministratorOn(await this.stores.duties.rolesOf(memberId), this.today.date());
  }

  /**
   * Roles are given by the security administrator. While there is none, a system administrator may appoint him, and
   * nobody else.
   */
  private async permit(role: RoleName, unitId: string): Promise<void> {
    if ((await this.access.scope('role.grant')).includes(unitId)) return;
    const first = roleOf(role).administrator === 'security';
    if (!first || (await this.stores.duties.isHeldByAnyone(role, this.today.date()))) {
      throw new OrgRefused('resource.not-found');
    }
    await this.access.require('system.manage', unitId);
  }

  private tell(type: string, held: HeldRoleEntity, reason: string): Promise<void> {
    const { id, memberId, role, unitId, from, to } = held;
    const payload = { memberId, role, unitId, from, to };
    return this.outbox.add({ type, subjectType: 'role', subjectId: id, unitId, payload, reason });
  }
}
