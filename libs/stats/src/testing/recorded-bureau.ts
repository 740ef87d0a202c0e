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
import type { RoleName, SessionType, UnitKind } from '@xuekao/contracts';
import { platformEntities, RequestAuthenticator, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { AudienceDirectory, emptyRecord, scheduleEntities } from '@xuekao/schedule';
import type { TestingModule } from '@nestjs/testing';

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

class NoRosters extends ExamRosters {
  async dueIn(): Promise<RosterPerson[]> {
    return [];
  }
}

/** The organisation and the bindings that the app gives. */
@Module({})
export class StatsTestModule {
  static with(...imports: NonNullable<DynamicModule['imports']>): DynamicModule {
    const bound = [
      { provide: AudienceDirectory, useClass: NoAudience },
      { provide: ExamRosters, useClass: NoRosters },
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

export interface HeldSession {
  readonly owner: string;
  readonly date: string;
  readonly type: SessionType;
  readonly title?: string;
  /** Hundredths. */
  readonly hours?: number;
  readonly speakerId?: string;
  readonly studiesPartyBuilding?: boolean;
  readonly present: readonly Placed[];
  readonly leave?: readonly Placed[];
}

export interface Placed {
  readonly memberId: string;
  readonly unitId: string;
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
    const { owner, date, type, title = '学习', hours = 200, present, leave = [] } = session;
    const id = newId();
    const itemId = newId();
    const at = Date.parse(`${date}T01:00:00Z`);
    const speaker = session.speakerId
      ? { memberId: session.speakerId, name: '主讲', organisation: null, post: null }
      : null;
    const people = {
      host: { memberId: null, name: '主持' },
      recorder: { memberId: null, name: '记录' },
      speaker,
      oathLeader: null,
    };
    const row = (placed: Placed, status: 'present' | 'leave') => ({
      sessionId: id,
      memberId: placed.memberId,
      name: `党员${placed.memberId.slice(-4)}`,
      unitId: placed.unitId,
      departmentId: null,
      membershipType: 'full' as const,
      group: 'due' as const,
      exemption: null,
      votes: true,
      status,
      source: 'organiser' as const,
      markedAt: at,
      leaveState: status === 'leave' ? ('approved' as const) : ('none' as const),
      leaveReason: status === 'leave' ? ('duty' as const) : null,
      leaveNote: null,
      absenceReason: null,
      absenceNote: null,
      madeUpAt: null,
      madeUpNote: null,
    });
    await this.database.uow.run(async () => {
      const { uow } = this.database;
      const day = civilDate(date);
      await insertRows(uow, head, [
        {
          id,
          ownerUnitId: owner,
          title,
          state: 'archived',
          level: null,
          campaignTag: null,
          studiesPartyBuilding: session.studiesPartyBuilding ?? false,
          audience: { unitIds: [owner], reach: 'subtree', memberIds: [] },
          place: '会议室',
          onlineLink: null,
          plannedStartAt: at,
          plannedEndAt: at + 7_200_000,
          checkInOpensAt: at,
          checkInClosesAt: at + 7_200_000,
          checkInSecret: 'secret',
          people,
          agenda: '议程',
          startedAt: at,
          endedAt: at + 7_200_000,
          record: emptyRecord,
          rosterOn: day,
          publishedAt: at,
          closedAt: at,
          archivedAt: at,
          cancelledAt: null,
          cancelReason: null,
          localDate: day,
          isoWeek: '2017-W01',
          year: Number(date.slice(0, 4)),
          createdAt: at,
          version: 1,
        },
      ]);
      await insertRows(uow, item, [
        {
          id: itemId,
          sessionId: id,
          number: 1,
          type,
          title,
          topics: [],
          minutes: 120,
          halfDays: null,
          hours,
          hoursReason: null,
        },
      ]);
      await insertRows(uow, attendance, [
        ...present.map((each) => row(each, 'present')),
        ...leave.map((each) => row(each, 'leave')),
      ]);
      await insertRows(
        uow,
        credit,
        present.map(({ memberId, unitId }) => ({
          memberId,
          itemId,
          sessionId: id,
          unitId,
          isCollective: true,
          isMadeUp: false,
          hours,
          localDate: day,
          year: Number(date.slice(0, 4)),
        })),
      );
    });
    return id;
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
