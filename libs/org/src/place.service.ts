import { Injectable } from '@nestjs/common';
import type { MembershipType } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, type CivilDate, type Refusal } from '@xuekao/kernel';
import { Access, Outbox } from '@xuekao/platform';
import {
  planAddition,
  planJoin,
  planTypeChange,
  planWithdrawal,
  type Membership,
  type MembershipPlan,
} from './core/index.js';
import { MemberService } from './member.service.js';
import type { UnitEntity } from './org.entity.js';
import { decided, found } from './org.errors.js';
import { Today } from './today.js';
import { OrgStores } from './org.stores.js';

/** Changes of a person's places other than transfers: type, groups, coming back. */
@Injectable()
export class PlaceService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly access: Access,
    private readonly outbox: Outbox,
    private readonly stores: OrgStores,
    private readonly members: MemberService,
    private readonly today: Today,
  ) {}

  async changeType(memberId: string, type: MembershipType, on: CivilDate | undefined, reason: string): Promise<void> {
    const date = this.today.orPast(on);
    await this.change(memberId, reason, 'org.membership.type-changed', { type, on: date }, (history) =>
      planTypeChange(history, { id: newId(), type, on: date }),
    );
  }

  async joinGroup(memberId: string, unitId: string, on: CivilDate | undefined): Promise<void> {
    const date = this.today.orPast(on);
    await this.uow.run(async () => {
      await this.access.require('org.write', unitId);
      const unit = found(await this.stores.units.locked(unitId));
      await this.change(memberId, undefined, 'org.group.joined', { unitId, on: date }, (history) =>
        planAddition(history, { id: newId(), memberId, unit, on: date }),
      );
    });
  }

  async leaveGroup(memberId: string, unitId: string, on: CivilDate | undefined): Promise<void> {
    const date = this.today.orPast(on);
    await this.change(memberId, undefined, 'org.group.left', { unitId, on: date }, (history) =>
      planWithdrawal(history, unitId, date),
    );
  }

  /** A first place in the other tree, or a new one after leaving. */
  async join(memberId: string, unitId: string, type: MembershipType | null, on: CivilDate | undefined): Promise<void> {
    const date = this.today.orPast(on);
    await this.uow.run(async () => {
      found(await this.stores.members.locked(memberId));
      await this.access.require('org.write', unitId);
      const unit: UnitEntity = found(await this.stores.units.locked(unitId));
      const history = await this.stores.members.historyOf(memberId);
      if (history.some((row) => row.to === null)) await this.members.requireInScope('org.write', memberId);
      await this.stores.members.write(decided(planJoin(history, { id: newId(), memberId, unit, type, on: date })));
      await this.tell('org.member.joined', memberId, unitId, { unitId, on: date }, undefined);
    });
  }

  private async change(
    memberId: string,
    reason: string | undefined,
    event: string,
    payload: object,
    plan: (history: readonly Membership[]) => MembershipPlan | Refusal,
  ): Promise<void> {
    await this.uow.run(async () => {
      found(await this.stores.members.locked(memberId));
      const unitId = await this.members.requireInScope('org.write', memberId);
      await this.stores.members.write(decided(plan(await this.stores.members.historyOf(memberId))));
      await this.tell(event, memberId, unitId, payload, reason);
    });
  }

  private tell(type: string, memberId: string, unitId: string, payload: object, reason?: string): Promise<void> {
    const event = { type, subjectType: 'member', subjectId: memberId, unitId, payload };
    return this.outbox.add(reason === undefined ? event : { ...event, reason });
  }
}
