import { Module } from '@nestjs/common';
import type { DynamicModule, ExecutionContext } from '@nestjs/common';
import { insertRows, UnitOfWork } from '@xuekao/database';
import type { TestDatabase } from '@xuekao/database/testing';
import { civilDate, newId } from '@xuekao/kernel';
import { bankEntities } from '@xuekao/bank';
import { examEntities, ExamRosters } from '@xuekao/exam';
import type { RosterPerson } from '@xuekao/exam';
import { ContentImportService, handbookContent2017, handbookEntities, ReaderService } from '@xuekao/handbook';
import { liveEntities } from '@xuekao/live';
import { FoundingService, MemberService, orgEntities, OrgModule, RoleService, UnitService } from '@xuekao/org';
import type { RoleName, UnitKind } from '@xuekao/contracts';
import { platformEntities, RequestAuthenticator, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { AudienceDirectory, scheduleEntities } from '@xuekao/schedule';
import type { TestingModule } from '@nestjs/testing';
import { archivedRows } from './archived-rows.js';
import type { HeldSession, Placed } from './archived-rows.js';

export type { HeldSession, Placed } from './archived-rows.js';

/** Tables that statistics read. */
export const recordedEntities = [
  ...platformEntities,
  ...orgEntities,
  ...bankEntities,
  ...examEntities,
  ...handbookEntities,
  ...scheduleEntities,
  ...liveEntities,
];

const since = civilDate('2015-01-01');

export const actorOf = (memberId: string): Actor => ({
  accountId: memberId,
  memberId,
  name: '测试者',
  mustChangePassword: false,
});

class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
    return headers['x-member'] ? actorOf(headers['x-member']) : null;
  }
}

class NoAudience extends AudienceDirectory {
  async peopleOf(): Promise<readonly never[]> {
    return [];
  }
  async branchesLedBy(): Promise<ReadonlySet<string>> {
    return new Set();
  }
}

/** Nobody is due to sit an exam unless a test says who. */
export class GivenRosters extends ExamRosters {
  people: readonly RosterPerson[] = [];
  async dueIn(): Promise<RosterPerson[]> {
    return [...this.people];
  }
  async unitName(unitId: string): Promise<string> {
    return unitId;
  }
  async unitsUnder(unitId: string): Promise<ReadonlySet<string>> {
    return new Set([unitId]);
  }
}

/** The organisation and the bindings that the app gives. */
@Module({})
export class StatsTestModule {
  static with(...imports: NonNullable<DynamicModule['imports']>): DynamicModule {
    const bound = [
      { provide: AudienceDirectory, useClass: NoAudience },
      { provide: ExamRosters, useClass: GivenRosters },
      { provide: RequestAuthenticator, useClass: HeaderAuthenticator },
    ];
    return {
      module: StatsTestModule,
      global: true,
      imports: [OrgModule, ...imports],
      providers: bound,
      exports: [AudienceDirectory, ExamRosters, RequestAuthenticator],
    };
  }
}

/** A 党组 with its 中心组, a 总支 and branches of members, written through the organisation's services. */
export class RecordedBureau {
  readonly members: Placed[] = [];
  rootId = '';
  generalId = '';
  studyGroupId = '';
  readonly branchIds: string[] = [];

  constructor(
    readonly module: TestingModule,
    readonly database: TestDatabase,
  ) {}

  async found(branches: number, size: number): Promise<void> {
    const founded = await this.module.get(FoundingService).found({
      bureauName: '示例市应急管理局',
      partyName: '局党组',
      partyKind: 'party-group',
      from: since,
      administrator: { name: '系统员', staffNumber: 'SYS' },
    });
    this.rootId = founded.partyUnitId;
    this.studyGroupId = await this.unit('党组中心组', 'study-group', this.rootId);
    this.generalId = await this.unit('机关党总支', 'general-branch', this.rootId);
    for (let branch = 0; branch < branches; branch++) {
      const unitId = await this.unit(`第${'一二三四五'[branch]}党支部`, 'branch', this.generalId);
      this.branchIds.push(unitId);
      for (let n = 0; n < size; n++) this.members.push({ memberId: await this.member(branch, n, unitId), unitId });
    }
  }

  private async unit(name: string, kind: UnitKind, parentId: string): Promise<string> {
    const work = () => this.module.get(UnitService).found({ kind, parentId, name, from: since });
    return (await this.database.uow.run(work)).id;
  }

  private async member(branch: number, n: number, partyUnitId: string): Promise<string> {
    const number = `${branch + 1}${String(n + 1).padStart(3, '0')}`;
    const work = () =>
      this.module.get(MemberService).enrol({
        staffNumber: number,
        name: `党员${number}`,
        type: 'full',
        partyUnitId,
        departmentUnitId: null,
        from: since,
      });
    return (await this.database.uow.run(work)).id;
  }

  async role(memberId: string, role: RoleName, unitId: string): Promise<void> {
    const grant = { memberId, role, unitId, from: since, reason: '任命' };
    await this.module.get(UnitOfWork).run(() => this.module.get(RoleService).bestow(grant));
  }

  as<T>(memberId: string, work: () => Promise<T>): Promise<T> {
    return runAs(actorOf(memberId), work);
  }

  /** An archived session as the schedule leaves it: head, one item, frozen roster and credits. */
  async held(session: HeldSession): Promise<string> {
    const [head, item, attendance, , , credit] = scheduleEntities;
    const { uow } = this.database;
    const rows = archivedRows(session);
    await uow.run(async () => {
      await insertRows(uow, head, [rows.head]);
      await insertRows(uow, item, [rows.item]);
      await insertRows(uow, attendance, rows.attendance);
      await insertRows(uow, credit, rows.credits);
    });
    return rows.head.id;
  }

  /** The handbook is published on a day and its first entry read by some members; the clock goes back afterwards. */
  async handbook(date: string, readers: readonly Placed[]): Promise<void> {
    const { clock, uow } = this.database;
    const before = clock.now();
    clock.set(Date.parse(`${date}T02:00:00Z`));
    await this.as(this.members[0]!.memberId, () =>
      this.module.get(ContentImportService).importContent(handbookContent2017),
    );
    const key = handbookContent2017.chapters[0]!.entries[0]!.key;
    for (const { memberId } of readers)
      await this.as(memberId, () =>
        uow.run(() => this.module.get(ReaderService).markRead(key, { seconds: 60, reachedEnd: true })),
      );
    clock.set(before);
  }

  /** An imported exam; `marks` of null did not sit. All marks are hundredths. */
  async externalExam(title: string, date: string, marks: readonly (number | null)[]): Promise<string> {
    const [exam, result] = examEntities.slice(-2) as unknown as [new () => object, new () => object];
    const { uow } = this.database;
    const id = newId();
    const head = { id, title, level: 'province', heldOn: date, unitId: this.rootId, full: 10_000, passLine: 6000 };
    const at = Date.parse(`${date}T01:00:00Z`);
    const period = { isoWeek: '2017-W49', year: Number(date.slice(0, 4)) };
    const stamps = { excellentLine: 9000, authorId: null, createdAt: at, importedAt: at, version: 1 };
    await uow.run(async () => {
      await insertRows(uow, exam, [{ ...head, ...period, ...stamps }]);
      const rows = this.members.slice(0, marks.length).map(({ memberId, unitId }, index) => ({
        examId: id,
        memberId,
        staffNumber: String(index),
        name: `党员${index}`,
        unitId,
        unitName: '',
        exemption: null,
        status: marks[index] === null ? 'absent' : 'scored',
        raw: marks[index],
        score: marks[index],
      }));
      await insertRows(uow, result, rows);
    });
    return id;
  }
}
