import { Injectable } from '@nestjs/common';
import { zonedParts } from '@xuekao/kernel';
import { LiveMembers } from '@xuekao/live';
import type { LiveMember } from '@xuekao/live';
import { RosterService, UnitService } from '@xuekao/org';
import { AppClock, AppConfig } from '@xuekao/platform';

/** Players of contests: a member plays for the Party unit he belongs to today, else for his department. */
@Injectable()
export class OrgLiveMembers extends LiveMembers {
  constructor(
    private readonly rosters: RosterService,
    private readonly units: UnitService,
    private readonly clock: AppClock,
    private readonly config: AppConfig,
  ) {
    super();
  }

  async playerOf(memberId: string): Promise<LiveMember | null> {
    const today = zonedParts(this.clock.now(), this.config.zone).date;
    const [entry] = await this.rosters.entriesOf([memberId], today);
    const unitId = entry?.partyUnitId ?? entry?.departmentUnitId;
    if (!entry || !unitId) return null;
    const unit = (await this.units.directory()).get(unitId);
    const roll = await this.rosters.rosterOn([unitId], today);
    return { memberId, name: entry.name, unitId, unitName: unit?.name ?? '', unitRoll: roll.length };
  }
}
