import { Injectable } from '@nestjs/common';
import { AccountHolders } from '@xuekao/auth';
import type { Page } from '@xuekao/contracts';
import { LiveJudges } from '@xuekao/live';
import type { JudgeAccount } from '@xuekao/live';
import { MemberQuery, MemberService, UnitService } from '@xuekao/org';
import { Refused } from '@xuekao/platform';
import type { PageQuery } from '@xuekao/platform';

/** Judges are people of the units the actor may host for, by their accounts. */
@Injectable()
export class OrgLiveJudges extends LiveJudges {
  constructor(
    private readonly query: MemberQuery,
    private readonly members: MemberService,
    private readonly units: UnitService,
    private readonly holders: AccountHolders,
  ) {
    super();
  }

  override async list(query: PageQuery): Promise<Page<JudgeAccount>> {
    const page = await this.query.list({ ...query, permission: 'live.host' });
    const accounts = await this.holders.accountsOf(page.items.map(({ id }) => id));
    const units = await this.units.directory();
    const items = page.items.flatMap(({ id, name, partyUnitId, departmentUnitId }): JudgeAccount[] => {
      const accountId = accounts.get(id);
      const unit = units.get(partyUnitId ?? departmentUnitId ?? '');
      return accountId === undefined ? [] : [{ accountId, name, unitName: unit?.name ?? '' }];
    });
    return { ...page, items };
  }

  override async unknownOf(accountIds: readonly string[]): Promise<readonly string[]> {
    const members = await this.holders.membersOf(accountIds);
    const unknown: string[] = [];
    for (const accountId of accountIds) {
      const memberId = members.get(accountId);
      if (memberId === undefined || !(await this.isInScope(memberId))) unknown.push(accountId);
    }
    return unknown;
  }

  private async isInScope(memberId: string): Promise<boolean> {
    try {
      await this.members.requireInScope('live.host', memberId);
      return true;
    } catch (error) {
      if (error instanceof Refused && error.code === 'resource.not-found') return false;
      throw error;
    }
  }
}
