import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { CivilDate } from '@xuekao/kernel';
import { MemberService } from './member.service.js';
import { RoleService } from './role.service.js';
import { UnitService } from './unit.service.js';
import { UnitStore } from './unit.store.js';
import type { UnitKind } from '@xuekao/contracts';
import type { UnitEntity } from './org.entity.js';
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

/** The roots of both trees, and system administrators who owe their post to nobody in the system. */
@Injectable()
export class FoundingService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly unitStore: UnitStore,
    private readonly units: UnitService,
    private readonly members: MemberService,
    private readonly roles: RoleService,
  ) {}

  /** Refuses 'org.unit.root-exists' where there is a tree already. */
  async found(founding: Founding): Promise<Founded> {
    const since = founding.from === undefined ? {} : { from: founding.from };
    return this.uow.run(async () => {
      const { bureauName, partyName, partyKind } = founding;
      const bureau = await this.units.found({ kind: 'bureau', parentId: null, name: bureauName, ...since });
      const party = await this.units.found({ kind: partyKind, parentId: null, name: partyName, ...since });
      const administratorId = await this.appoint(founding.administrator);
      return { partyUnitId: party.id, bureauUnitId: bureau.id, administratorId };
    });
  }

  /** True once both trees have a root. */
  async isFounded(): Promise<boolean> {
    return (await this.roots()).length === 2;
  }

  /** A new person as system administrator of both trees; for the first setting up and the operator's tool. */
  async appoint(administrator: Founding['administrator']): Promise<string> {
    return this.uow.run(async () => {
      const roots = await this.roots();
      const bureau = roots.find((unit) => unit.tree === 'department');
      if (!bureau) throw new OrgRefused('org.unit.parent-missing');
      const places = { partyUnitId: null, departmentUnitId: bureau.id };
      const { id } = await this.members.enrol({ ...administrator, type: 'masses', ...places });
      for (const unit of roots) {
        await this.roles.bestow({ memberId: id, role: 'system-admin', unitId: unit.id, reason: '初始设置' });
      }
      return id;
    });
  }

  private async roots(): Promise<UnitEntity[]> {
    return (await this.unitStore.all()).filter((unit) => unit.rootKey !== null);
  }
}
