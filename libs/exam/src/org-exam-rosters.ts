import { Global, Injectable, Module } from '@nestjs/common';
import { membershipTypes } from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { OrgModule, RosterService, UnitService } from '@xuekao/org';
import { ExamRosters } from './exam-rosters.js';
import type { RosterPerson } from './exam-rosters.js';

/** Rosters from the organisation: the unit's subtree on that day, members whose type is due, exemptions with them. */
@Injectable()
export class OrgExamRosters extends ExamRosters {
  constructor(
    private readonly rosters: RosterService,
    private readonly units: UnitService,
  ) {
    super();
  }

  async dueIn(unitId: string, on: CivilDate): Promise<RosterPerson[]> {
    const units = await this.units.directory();
    const entries = await this.rosters.rosterOn([unitId], on, { purpose: 'exam', reach: 'subtree' });
    return entries
      .filter((entry) => membershipTypes[entry.membershipType].due)
      .map(({ memberId, staffNumber, name, partyUnitId, exemption }) => ({
        memberId,
        staffNumber,
        name,
        unitId: partyUnitId,
        unitName: (partyUnitId === null ? undefined : units.get(partyUnitId)?.name) ?? '未编入支部',
        exemption,
      }));
  }
}

/** Binds the roster port to the organisation for the whole app. */
@Global()
@Module({
  imports: [OrgModule],
  providers: [{ provide: ExamRosters, useClass: OrgExamRosters }],
  exports: [ExamRosters],
})
export class ExamRostersModule {}
