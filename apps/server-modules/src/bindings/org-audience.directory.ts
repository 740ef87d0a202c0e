import { Injectable } from '@nestjs/common';
import { holdsOn, RoleService, RosterService } from '@xuekao/org';
import type { RosterEntry } from '@xuekao/org';
import { AudienceDirectory } from '@xuekao/schedule';
import type { Audience, RosterPerson } from '@xuekao/schedule';
import type { CivilDate } from '@xuekao/kernel';

const leaders: readonly string[] = ['branch-secretary', 'branch-deputy'];

const personOf = (entry: RosterEntry): RosterPerson => ({
  memberId: entry.memberId,
  name: entry.name,
  unitId: entry.partyUnitId,
  departmentId: entry.departmentUnitId,
  membershipType: entry.membershipType,
  exemption: entry.exemption,
});

/** The audience of a study session, from the organisation's rosters. */
@Injectable()
export class OrgAudienceDirectory extends AudienceDirectory {
  constructor(
    private readonly rosters: RosterService,
    private readonly roles: RoleService,
  ) {
    super();
  }

  async peopleOf(audience: Audience, on: CivilDate): Promise<readonly RosterPerson[]> {
    const ofUnits = await this.rosters.rosterOn(audience.unitIds, on, { reach: audience.reach });
    const picked = await this.rosters.entriesOf(audience.memberIds, on);
    return [...ofUnits, ...picked].map(personOf);
  }

  async branchesLedBy(memberId: string, on: CivilDate): Promise<ReadonlySet<string>> {
    const held = await this.roles.heldBy(memberId);
    return new Set(held.filter((role) => leaders.includes(role.role) && holdsOn(role, on)).map((role) => role.unitId));
  }
}
