import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { Outbox } from '@xuekao/platform';
import { planLeaving } from './core/index.js';
import { MemberService } from './member.service.js';
import { decided, found, OrgRefused } from './org.errors.js';
import { OrgStores } from './org.stores.js';
import { RoleService } from './role.service.js';
import { Today } from './today.js';

@Injectable()
export class LeavingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly stores: OrgStores,
    private readonly members: MemberService,
    private readonly roles: RoleService,
    private readonly today: Today,
  ) {}

  /**
   * Out of the organisation: every place and every role ends, and `auth` closes the account on 'org.member.left'. Refused
   * while a transfer is on the way.
   */
  async leave(memberId: string, on: CivilDate | undefined, reason: string): Promise<void> {
    const date = this.today.orPast(on);
    await this.uow.run(async () => {
      found(await this.stores.members.locked(memberId));
      const unitId = await this.members.requireInScope('org.write', memberId);
      const transfers = await this.stores.duties.transfersOf([memberId]);
      const open = transfers.find((transfer) => transfer.state === 'started');
      if (open) throw new OrgRefused('org.membership.in-transit', { startedOn: open.startedOn });
      await this.stores.members.write(decided(planLeaving(await this.stores.members.historyOf(memberId), date)));
      await this.roles.endAllOf(memberId, date, reason);
      const event = { type: 'org.member.left', subjectType: 'member', subjectId: memberId, unitId };
      await this.outbox.add({ ...event, payload: { on: date }, reason });
    });
  }
}
