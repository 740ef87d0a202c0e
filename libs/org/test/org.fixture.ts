import type { TestingModule } from '@nestjs/testing';
import { UnitOfWork } from '@xuekao/database';
import type { TestDatabase } from '@xuekao/database/testing';
import { civilDate, newId } from '@xuekao/kernel';
import { platformEntities, runAs, type Actor } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import type { MembershipType, RoleName } from '@xuekao/contracts';
import {
  FoundingService,
  MemberService,
  orgEntities,
  OrgModule,
  RoleService,
  UnitService,
  type Founded,
} from '../src/index.js';

export const entities = [...platformEntities, ...orgEntities];
export const since = civilDate('2015-01-01');

export const actorOf = (memberId: string | null): Actor => ({
  accountId: newId(),
  memberId,
  name: '测试',
  mustChangePassword: false,
});

/** A founded bureau with a security administrator; people and units are added without asking who does. */
export class TestBureau {
  private constructor(
    readonly module: TestingModule,
    readonly founded: Founded,
    readonly securityId: string,
  ) {}

  static async open(database: TestDatabase): Promise<TestBureau> {
    const module = await platformTestingModule(database, { imports: [OrgModule] });
    const founded = await module.get(FoundingService).found({
      bureauName: '示例局',
      partyName: '示例局党组',
      partyKind: 'party-group',
      from: since,
      administrator: { name: '系统员', staffNumber: 'SYS' },
    });
    const member = await module.get(UnitOfWork).run(() =>
      module.get(MemberService).enrol({
        staffNumber: 'SEC',
        name: '安全员',
        type: 'masses',
        partyUnitId: null,
        departmentUnitId: founded.bureauUnitId,
      }),
    );
    const bureau = new TestBureau(module, founded, member.id);
    await bureau.as(founded.administratorId, () =>
      module
        .get(RoleService)
        .grant({ memberId: member.id, role: 'security-admin', unitId: founded.partyUnitId, reason: '任命' }),
    );
    return bureau;
  }

  as<T>(memberId: string | null, work: () => Promise<T>): Promise<T> {
    return runAs(actorOf(memberId), work);
  }

  unit(
    name: string,
    over: { kind?: 'branch' | 'party-small-group' | 'general-branch' | 'department'; parentId?: string } = {},
  ) {
    const { kind = 'branch', parentId = kind === 'department' ? this.founded.bureauUnitId : this.founded.partyUnitId } =
      over;
    return this.module
      .get(UnitOfWork)
      .run(() => this.module.get(UnitService).found({ kind, parentId, name, from: since }));
  }

  member(
    staffNumber: string,
    places: { partyUnitId?: string; departmentUnitId?: string; type?: MembershipType } = {},
  ): Promise<{ id: string }> {
    const { partyUnitId = null, departmentUnitId = null, type = 'full' } = places;
    return this.module
      .get(UnitOfWork)
      .run(() =>
        this.module
          .get(MemberService)
          .enrol({ staffNumber, name: `党员${staffNumber}`, type, partyUnitId, departmentUnitId, from: since }),
      );
  }

  role(memberId: string, role: RoleName, unitId: string) {
    return this.module
      .get(UnitOfWork)
      .run(() => this.module.get(RoleService).bestow({ memberId, role, unitId, reason: '测试' }));
  }
}
