import { Module } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import type { Page, QuizHostAct, StageAct, StageNeed } from '@xuekao/contracts';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import {
  ContestService,
  LiveJudges,
  LiveMembers,
  LiveModule,
  LiveQuestionSource,
  LiveStore,
  QuestionSetService,
  QuizRoomService,
  RehearsalService,
  SheetService,
  StageContestService,
  StageRoomService,
} from '@xuekao/live';
import type { LiveMember, LiveQuestion } from '@xuekao/live';
import { PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import { EmbeddedRoomsModule, roomsEntities } from '@xuekao/rooms';
import { RecordedBureau, recordedEntities, StatsTestModule } from '@xuekao/stats/testing';
import { reportEntities, ReportHttpModule } from '../src/index.js';

const players = new Map<string, LiveMember>();

class OneQuestion extends LiveQuestionSource {
  override async load(versionIds: readonly string[]): Promise<ReadonlyMap<string, LiveQuestion>> {
    const options = ['a', 'b'].map((id) => ({ id, text: id }));
    const question = (versionId: string): LiveQuestion => ({
      versionId,
      body: { type: 'single', stem: '题', options },
      key: { kind: 'choice', optionIds: ['a'] },
      explanation: '',
    });
    return new Map(versionIds.map((id) => [id, question(id)]));
  }
  override async publishedAmong(versionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(versionIds);
  }
  override async published(): Promise<readonly never[]> {
    return [];
  }
  override async picture(): Promise<null> {
    return null;
  }
  override blankMatches(): boolean {
    return false;
  }
}

class BureauMembers extends LiveMembers {
  override async playerOf(memberId: string): Promise<LiveMember | null> {
    return players.get(memberId) ?? null;
  }
  override async unitsBelow(unitId: string): Promise<ReadonlySet<string>> {
    return new Set([unitId]);
  }
}

class NoJudges extends LiveJudges {
  override async list(): Promise<Page<never>> {
    return { items: [], nextCursor: null, total: 0 };
  }
  override async unknownOf(accountIds: readonly string[]): Promise<readonly string[]> {
    return accountIds;
  }
}

const bound = [
  { provide: LiveQuestionSource, useClass: OneQuestion },
  { provide: LiveMembers, useClass: BureauMembers },
  { provide: LiveJudges, useClass: NoJudges },
];
@Module({ providers: bound, exports: [LiveQuestionSource, LiveMembers, LiveJudges] })
class LivePortsModule {}

onEveryDatabase(
  'a contest played in a room',
  [...recordedEntities, ...roomsEntities, ...reportEntities],
  (database) => {
    let app: NestFastifyApplication;
    let bureau: RecordedBureau;
    let host = '';

    beforeAll(async () => {
      database.clock.set(Date.UTC(2017, 10, 29, 2));
      const module = await platformTestingModule(database, {
        imports: [
          StatsTestModule.with(EmbeddedRoomsModule),
          { module: LivePortsModule, global: true },
          LiveModule,
          PlatformHttpModule,
          ReportHttpModule,
        ],
      });
      app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
      setUpHttp(app);
      await app.init();
      bureau = new RecordedBureau(module, database);
      await bureau.found(2, 4);
      host = bureau.members[0]!.memberId;
      await bureau.role(host, 'party-group-secretary', bureau.rootId);
      for (const { memberId, unitId } of bureau.members) {
        const unitName = unitId === bureau.branchIds[0] ? '第一党支部' : '第二党支部';
        players.set(memberId, { memberId, name: '党员', unitId, unitName, unitRoll: 4 });
      }
    }, 240_000);
    afterAll(() => app.close());

    const act = async (roomId: string, type: 'open' | 'lock' | 'reveal' | 'end'): Promise<void> => {
      const quizAct: QuizHostAct = { type };
      const command = { commandId: randomUUID(), roomId, console: 'c', act: quizAct };
      await bureau.as(host, () => app.get(QuizRoomService).command(command));
    };
    /** Six join, five answer, one of these is removed. */
    async function played(roomId: string, code: string): Promise<void> {
      const rooms = app.get(QuizRoomService);
      const joined = bureau.members.slice(0, 6);
      for (const { memberId } of joined) await bureau.as(memberId, () => rooms.join(code));
      await act(roomId, 'open');
      database.clock.advance(3_100);
      for (const { memberId } of joined.slice(0, 5)) {
        const answer = { commandId: randomUUID(), roomId, question: 0, choice: { options: [0] } };
        await bureau.as(memberId, () => rooms.answer(answer));
      }
      const kick = { commandId: randomUUID(), roomId, console: 'c', act: { type: 'kick', seat: 1 } } as const;
      await bureau.as(host, () => rooms.command(kick));
      for (const type of ['lock', 'reveal', 'end'] as const) await act(roomId, type);
      await ended(roomId);
    }
    async function ended(roomId: string): Promise<void> {
      const hasEnded = async () => (await app.get(LiveStore).contest(roomId))?.endedAt !== null;
      for (let tries = 0; tries < 200 && !(await hasEnded()); tries++)
        await new Promise((resolve) => setTimeout(resolve, 20));
    }
    /** 一战到底 of two teams of two: the first one answers, the second one never does. */
    async function stagePlayed(rehearsal: boolean): Promise<string> {
      const sheetId = 'survival';
      const { sheet } = await bureau.as(host, () => app.get(SheetService).get(sheetId));
      const needs: readonly StageNeed[] = app.get(SheetService).check({ sheet, teams: 2 }).needs;
      const piles = needs.map(({ round, pile, questions }) => {
        return { round, pile, versionIds: Array.from({ length: questions }, () => newId()) };
      });
      const [a, b, c, d] = bureau.members.map(({ memberId }) => memberId) as [string, string, string, string];
      const teamOf = (name: string, captain: string, member: string) => ({
        name,
        members: [
          { memberId: captain, role: 'captain' as const },
          { memberId: member, role: 'member' as const },
        ],
      });
      const teams = [teamOf('一队', a, b), teamOf('二队', c, d)];
      const given = { unitId: bureau.rootId, title: '一战到底', rehearsal, sheetId, teams, piles, judges: [] };
      const { contest } = await bureau.as(host, () => app.get(StageContestService).create(given));
      const rooms = app.get(StageRoomService);
      const room = { roomId: contest.id, console: 'c' };
      const hosted = (type: 'next' | 'close' | 'standings' | 'podium' | 'end') => {
        const body = { ...room, commandId: randomUUID(), role: 'host' as const, act: { type } as StageAct };
        return bureau.as(host, () => rooms.act(body));
      };
      await bureau.as(a, () => rooms.join(contest.code!));
      for (let count = 0; count < 3; count++) await hosted('next');
      const answer = { type: 'answer', item: 1, choice: { options: [0] } } as const;
      await bureau.as(a, () => rooms.act({ ...room, commandId: randomUUID(), role: 'team', act: answer }));
      for (const type of ['close', 'standings', 'podium', 'end'] as const) await hosted(type);
      await ended(contest.id);
      return contest.id;
    }
    const send = async <T>(method: 'GET' | 'POST', path: string, payload?: object): Promise<T> => {
      const headers = { 'x-member': host };
      const reply = await app.inject({ method, url: `/api/v1/${path}`, headers, ...(payload ? { payload } : {}) });
      expect(reply.statusCode).toBeLessThan(300);
      return reply.json() as T;
    };
    interface Report {
      readonly id: string;
      readonly figures: readonly { readonly key: string; readonly value: number; readonly ids: readonly string[] }[];
    }
    const contestsOf = (report: Report) => report.figures.find((figure) => figure.key === 'five-contests');

    it('becomes a record of the annual report, with date, units, participants and rate; its rehearsal does not', async () => {
      const contests = app.get(ContestService);
      const unitId = bureau.rootId;
      const { contest, rehearsal } = await bureau.as(host, async () => {
        const set = await app.get(QuestionSetService).create(unitId, { title: '题组', versionIds: [newId()] });
        const options = { lockWhenAllAnswered: false };
        const made = await contests.create({
          setId: set.id,
          unitId,
          title: '十九大知识竞赛',
          isRehearsal: false,
          options,
        });
        return { contest: made, rehearsal: await app.get(RehearsalService).rehearse(made.id) };
      });
      await played(rehearsal.id, rehearsal.code!);
      const report = await send<Report>('POST', 'reports', { year: 2017, unitId, authorMemberId: host });
      expect(contestsOf(report)?.value ?? 0).toBe(0);
      const store = app.get(LiveStore);
      expect([await store.results(rehearsal.id), await store.unitResults(rehearsal.id)]).toEqual([[], []]);

      await played(contest.id, contest.code!);
      const later = await send<Report>('GET', `reports/${report.id}`);
      expect(contestsOf(later)).toMatchObject({ value: 1, ids: [contest.id] });
      const records = await send<{ items: object[] }>('GET', `reports/${report.id}/figures/five-contests/records`);
      expect(records.items).toMatchObject([
        { kind: 'contest', date: '2017-11-29', title: '十九大知识竞赛', detail: '参赛4人，参赛单位2个，参与率50.00%' },
      ]);
      await bureau.as(host, () => app.get(RehearsalService).clearOf(contest.id));
      expect(contestsOf(await send<Report>('GET', `reports/${report.id}`))).toMatchObject({ value: 1 });
    });

    it('becomes one from the stage as well, with all who stood there; its rehearsal does not', async () => {
      database.clock.advance(24 * 3_600_000);
      const { items } = await send<{ items: Report[] }>('GET', 'reports');
      const report = await send<Report>('GET', `reports/${items[0]!.id}`);
      const before = contestsOf(report)?.value ?? 0;
      const rehearsed = await stagePlayed(true);
      expect(contestsOf(await send<Report>('GET', `reports/${report.id}`))?.value ?? 0).toBe(before);
      expect(await app.get(LiveStore).results(rehearsed)).toEqual([]);

      const id = await stagePlayed(false);
      const later = contestsOf(await send<Report>('GET', `reports/${report.id}`));
      expect([later?.value, later?.ids]).toEqual([before + 1, expect.arrayContaining([id])]);
      const records = await send<{ items: object[] }>('GET', `reports/${report.id}/figures/five-contests/records`);
      expect(records.items).toContainEqual(
        expect.objectContaining({ kind: 'contest', date: '2017-11-30', title: '一战到底', detail: '参赛4人' }),
      );
    });
  },
);
