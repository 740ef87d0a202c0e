import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { MemberService } from './member.service.js';
import { RoleService } from './role.service.js';
import { UnitService } from './unit.service.js';
import { UnitStore } from './unit.store.js';
import type { UnitKind } from '@xuekao/contracts';
import { OrgRefused } from './org.errors.js';

export interface Founding {
  /** The administrative root, such as 示例市某局. */
  readonly bureauName: string;
  readonly partyName: string;
  readonly partyKind: Extract<UnitKind, 'party-group' | 'party-committee' | 'general-branch' | 'branch'>;
  readonly from?: CivilDate;
  readonly administrator: { readonly name: string; readonly staffNumber: string };
}

export interface Founded {
  readonly partyUnitId: string;
  readonly bureauUnitId: string;
  readonly administratorId: string;
}

/** The roots of both trees and the first system administrator. Refuses 'org.unit.root-exists' where there is a unit. */
@Injectable()
export class FoundingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly unitStore: UnitStore,
    private readonly units: UnitService,
    private readonly members: MemberService,
    private readonly roles: RoleService,
  ) {}

  async found(founding: Founding): Promise<Founded> {
    const { from, administrator } = founding;
    const since = from === undefined ? {} : { from };
    return this.uow.run(async () => {
      const [existing] = await this.unitStore.all();
      if (existing) throw new OrgRefused('org.unit.root-exists', { unitId: existing.id });
      const bureau = await this.units.found({ kind: 'bureau', parentId: null, name: founding.bureauName, ...since });
      const party = await this.units.found({
        kind: founding.partyKind,
        parentId: null,
        name: founding.partyName,
        ...since,
      });
      const { id } = await this.members.enrol({
        ...administrator,
        type: 'masses',
        partyUnitId: null,
        departmentUnitId: bureau.id,
      });
      for (const unit of [bureau, party]) {
        await this.roles.bestow({ memberId: id, role: 'system-admin', unitId: unit.id, reason: '初始设置' });
      }
      return { partyUnitId: party.id, bureauUnitId: bureau.id, administratorId: id };
    });
  }
}
