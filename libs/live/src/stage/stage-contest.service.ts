import { Injectable } from '@nestjs/common';
import type { Page, StageContestInput } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { AppClock, currentActor, Outbox, Refused, toPage } from '@xuekao/platform';
import type { PageQuery } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { StageCommand, StageSetup } from '../core/stage/index.js';
import { HostUnits } from '../host-units.js';
import { addWithCode } from '../join-codes.js';
import type { ContestRow } from '../live.entity.js';
import { LiveRefused } from '../live.errors.js';
import { liveEvents } from '../live.events.js';
import { LiveJudges, LiveMembers, LiveQuestionSource } from '../live.ports.js';
import type { JudgeAccount, LiveMember } from '../live.ports.js';
import { LiveStore } from '../live.store.js';
import type { ContestFilter } from '../live.store.js';
import { SheetService } from './sheet.service.js';
import { checkPiles, checkTeams, pilesWithKeys, teamSetups } from './stage-setup.js';
import type { StageParts } from './stage.store.js';
import { StageStore } from './stage.store.js';

export interface StageContest extends StageParts {
  readonly contest: ContestRow;
}

/** What a stage contest needs of the rest of the lib, in one place. */
@Injectable()
export class StageSources {
  constructor(
    readonly sheets: SheetService,
    readonly members: LiveMembers,
    readonly questions: LiveQuestionSource,
    readonly judges: LiveJudges,
  ) {}

  async playersOf(memberIds: readonly string[]): Promise<Map<string, LiveMember>> {
    const players = new Map<string, LiveMember>();
    for (const memberId of new Set(memberIds)) {
      const player = await this.members.playerOf(memberId);
      if (player) players.set(memberId, player);
    }
    return players;
  }
}

/** Stage contests before and after their room: creating, finding, results, clearing of rehearsals. */
@Injectable()
export class StageContestService {
  constructor(
    private readonly contests: LiveStore,
    private readonly store: StageStore,
    private readonly sources: StageSources,
    private readonly rooms: Rooms,
    private readonly units: HostUnits,
    private readonly outbox: Outbox,
    private readonly clock: AppClock,
    private readonly uow: UnitOfWork,
  ) {}

  /** Opens a room with the sheet, the members and the questions of now; later edits of any of them do not reach it. */
  async create(given: StageContestInput): Promise<StageContest> {
    await this.units.require(given.unitId);
    const { sheet } = await this.sources.sheets.get(given.sheetId);
    checkTeams(sheet, given.teams);
    checkPiles(sheet, given);
    await this.requireJudges(given.judges);
    const memberIds = given.teams.flatMap(({ members }) => members.map(({ memberId }) => memberId));
    const teams = teamSetups(given.teams, await this.sources.playersOf(memberIds));
    const versionIds = given.piles.flatMap((pile) => pile.versionIds);
    const piles = pilesWithKeys(given.piles, await this.sources.questions.load([...new Set(versionIds)]));
    const rehearsal = given.rehearsal ?? false;
    const setup: StageSetup = { title: given.title, rehearsal, sheet, teams, piles };
    return this.uow.run(() => this.open(given, setup));
  }

  /** 可任评委的账号: of people in the units the actor may host for. */
  judgeAccounts(query: PageQuery): Promise<Page<JudgeAccount>> {
    return this.sources.judges.list(query);
  }

  private async requireJudges(accountIds: readonly string[]): Promise<void> {
    const unknown = await this.sources.judges.unknownOf([...new Set(accountIds)]);
    if (unknown.length > 0) throw new LiveRefused('live.stage.unknown-judges', { accountIds: [...unknown] });
  }

  private async open(given: StageContestInput, setup: StageSetup): Promise<StageContest> {
    const { accountId, name } = currentActor();
    const draft = {
      id: newId(this.clock.now()),
      kind: 'stage' as const,
      setId: null,
      unitId: given.unitId,
      title: given.title,
      isRehearsal: setup.rehearsal,
      rehearsalOf: null,
      questions: setup.piles.reduce((sum, { questions }) => sum + questions.length, 0),
      options: {} as ContestRow['options'],
      createdBy: accountId,
      hostName: name,
      createdAt: this.clock.now(),
      endedAt: null,
    };
    const contest = await addWithCode(this.contests, draft);
    const parts = partsOf(contest.id, given, setup);
    await this.store.add(parts);
    const command: StageCommand = { type: 'prepare', setup };
    await this.rooms.create(contest.id, 'live.stage', { id: 'prepare', command });
    await this.tell(liveEvents.contestCreated, contest, { sheet: setup.sheet.name, rehearsal: setup.rehearsal });
    return { contest, ...parts };
  }

  async list(query: PageQuery & ContestFilter): Promise<Page<ContestRow>> {
    const { rows, total } = await this.contests.contests('stage', await this.units.ids(query.unitId), query);
    return toPage(rows, query.limit, total, (last) => [last.id]);
  }

  /** Contests that wait for the actor at the judges' table. */
  judged(): Promise<ContestRow[]> {
    return this.store.judgedBy(currentActor().accountId);
  }

  /** The contest for one who may host it; others do not learn that it exists. */
  async hosted(id: string): Promise<ContestRow> {
    const contest = await this.contests.contest(id);
    if (!contest || contest.kind !== 'stage') throw new Refused('resource.not-found');
    await this.units.require(contest.unitId);
    return contest;
  }

  async get(id: string): Promise<StageContest> {
    const contest = await this.hosted(id);
    const parts = await this.store.parts(id);
    if (!parts) throw new Error(`Stage contest ${id} has no sheet stored`);
    return { contest, ...parts };
  }

  async results(id: string): Promise<StageContest> {
    const found = await this.get(id);
    if (found.contest.endedAt === null) throw new LiveRefused('live.contest.not-over');
    return found;
  }

  /** 清空彩排数据: nothing is left of a rehearsal. Refuses 'live.stage.not-rehearsal'. */
  async clear(id: string): Promise<void> {
    const contest = await this.hosted(id);
    if (!contest.isRehearsal) throw new LiveRefused('live.stage.not-rehearsal');
    if (contest.endedAt === null) await this.endForViewers(id);
    await this.uow.run(async () => {
      await this.rooms.erase(id);
      await this.store.removeParts(id);
      await this.contests.removeRehearsal(id);
      await this.tell(liveEvents.rehearsalsCleared, contest, { rehearsalIds: [id] });
    });
  }

  async noteExport(contest: ContestRow, what: 'results' | 'log'): Promise<void> {
    const type = what === 'log' ? liveEvents.logExported : liveEvents.resultsExported;
    await this.uow.run(() => this.tell(type, contest, {}));
  }

  /** Pages still in the room are told that it is over. Where that fails it is cleared all the same. */
  private async endForViewers(roomId: string): Promise<void> {
    const { accountId, name } = currentActor();
    const base = { type: 'official', role: 'host', accountId, name, console: null, expect: null } as const;
    const command: StageCommand = { ...base, act: { type: 'end' } };
    await this.rooms.submit(roomId, { id: `clear:${newId()}`, command });
  }

  private tell(type: string, contest: ContestRow, payload: object): Promise<void> {
    const { id, unitId, title } = contest;
    return this.outbox.add({ type, subjectType: 'contest', subjectId: id, unitId, payload: { title, ...payload } });
  }
}

function partsOf(contestId: string, given: StageContestInput, { sheet, teams }: StageSetup): StageParts {
  const open = { score: null, place: null, rightAnswers: null, wrongAnswers: null };
  return {
    stage: { contestId, sheetId: given.sheetId, sheet },
    teams: teams.map(({ name }, index) => ({ contestId, team: index + 1, name, ...open })),
    members: teams.flatMap(({ members }, index) =>
      members.map((member, at) => ({ contestId, team: index + 1, position: at + 1, ...member })),
    ),
    questions: given.piles.flatMap(({ round, pile, versionIds }) =>
      versionIds.map((questionVersionId, at) => ({ contestId, round, pile, number: at + 1, questionVersionId })),
    ),
    judges: [...new Set(given.judges)].map((accountId) => ({ contestId, accountId })),
  };
}
