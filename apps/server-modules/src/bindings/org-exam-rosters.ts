import { Injectable } from '@nestjs/common';
import { membershipTypes } from '@xuekao/contracts';
import { ExamRosters } from '@xuekao/exam';
import type { RosterPerson } from '@xuekao/exam';
import { RosterService, UnitService } from '@xuekao/org';
import type { CivilDate } from '@xuekao/kernel';

/** Who is due to sit, from the organisation's rosters: members with standing, the exempt ones with their reason. */
@Injectable()
export class OrgExamRosters extends ExamRosters {
  constructor(
    private readonly rosters: RosterService,
    private readonly units: UnitService,
  ) {
    super();
  }

  async dueIn(unitId: string, on: CivilDate): Promise<RosterPerson[]> {
    const entries = await this.rosters.rosterOn([unitId], on, { purpose: 'exam' });
    const units = await this.units.directory();
    return entries
      .filter((entry) => membershipTypes[entry.membershipType].due)
      .map((entry) => ({
        memberId: entry.memberId,
        staffNumber: entry.staffNumber,
        name: entry.name,
        unitId: entry.partyUnitId,
        unitName: (entry.partyUnitId && units.get(entry.partyUnitId)?.name) || '',
        exemption: entry.exemption,
      }));
  }

  async unitName(unitId: string): Promise<string> {
    return (await this.units.directory()).get(unitId)?.name ?? '';
  }

  async unitsUnder(unitId: string): Promise<ReadonlySet<string>> {
    const units = [...(await this.units.directory()).values()];
    const found = new Set([unitId]);
    for (let size = 0; size < found.size;) {
      size = found.size;
      for (const { id, parentId } of units) if (parentId !== null && found.has(parentId)) found.add(id);
    }
    return found;
  }
}
