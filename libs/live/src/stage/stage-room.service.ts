import { Injectable } from '@nestjs/common';
import type {
  RoomReceipt,
  StageAct,
  StageActBody,
  StageAudienceAct,
  StageCatchUp,
  StageHostAct,
  StageJoined,
  StageMoreBody,
  StagePage,
  StageRole,
  StageSeatPage,
  StageSheetFault,
  StageTeamAct,
  StageView,
} from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import { AppClock, currentActor, Refused } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { RoomViewer } from '@xuekao/rooms';
import { readAct } from '../core/stage/index.js';
import type { AudienceInquiry, AudienceQuery, StageCommand, StageInquiry } from '../core/stage/index.js';
import { JoinCodes } from '../join-codes.js';
import { allowed, LiveRefused } from '../live.errors.js';
import { LiveMembers } from '../live.ports.js';
import { StageContestService } from './stage-contest.service.js';
import { StageStore } from './stage.store.js';

/** A running stage as its roles use it, over sockets and HTTP alike. */
@Injectable()
export class StageRoomService {
  private readonly known = new Set<string>();

  constructor(
    private readonly rooms: Rooms,
    private readonly contests: StageContestService,
    private readonly store: StageStore,
    private readonly codes: JoinCodes,
    private readonly members: LiveMembers,
    private readonly clock: AppClock,
  ) {}

  /** A member of a team signs in as its contestant, anybody else on a roll takes a seat in the audience. */
  async join(code: string): Promise<{ readonly roomId: string; readonly viewer: RoomViewer }> {
    const contest = await this.codes.contestOf(code);
    if (contest.kind !== 'stage') throw new LiveRefused('live.room.other-kind');
    const memberId = actingMember();
    const player = await this.members.playerOf(memberId);
    if (!player) throw new LiveRefused('live.seat.not-a-member');
    const command: StageCommand = { type: 'join', memberId, name: player.name, unitName: player.unitName };
    allowed(await this.rooms.submit(contest.id, { id: `join:${memberId}:${this.clock.now()}`, command }));
    const audience = (await this.store.isContestant(contest.id, memberId)) ? 'team' : 'audience';
    return { roomId: contest.id, viewer: { audience, seat: memberId } };
  }

  /** Who the actor is in a room. Refuses a host without the right, a judge who is not named, and who holds no seat. */
  async viewerFor(roomId: string, role: StageRole): Promise<RoomViewer> {
    switch (role) {
      case 'host':
        await this.contests.hosted(roomId);
        return { audience: role, seat: null };
      case 'judge':
        await this.requireJudge(roomId);
        return { audience: role, seat: null };
      case 'screen':
        throw new LiveRefused('live.screen.invalid');
      case 'team':
      case 'audience':
        return this.seatOf(roomId, role);
    }
  }

  private async seatOf(roomId: string, role: 'team' | 'audience'): Promise<RoomViewer> {
    const viewer = { audience: role, seat: actingMember() };
    const { view } = await this.viewOf(roomId, viewer);
    if (view.kind !== 'stage' || view.me?.as !== role) throw new LiveRefused('live.seat.unknown');
    return viewer;
  }

  private async requireJudge(roomId: string): Promise<void> {
    if (!(await this.store.isJudge(roomId, currentActor().accountId))) throw new Refused('resource.not-found');
  }

  async viewOf(roomId: string, viewer: RoomViewer): Promise<{ readonly seq: number; readonly view: StageView }> {
    const { seq, view } = allowed(await this.rooms.view(roomId, viewer));
    return { seq, view: view as StageView };
  }

  async joined(roomId: string, viewer: RoomViewer): Promise<StageJoined> {
    const { seq, view } = await this.viewOf(roomId, viewer);
    if (view.kind !== 'stage') throw new LiveRefused('live.room.other-kind');
    const role = viewer.audience as StageRole;
    return { kind: 'stage', roomId, role, seq, view, serverTime: this.clock.now() };
  }

  /** A page of what the view had no room for, and of the ledger. */
  async more({ roomId, part, from }: Omit<StageMoreBody, 'role'>, viewer: RoomViewer): Promise<StagePage> {
    await this.requireStage(roomId);
    const inquiry: StageInquiry = { ...viewer, part, from };
    return allowed((await this.rooms.inspect(roomId, inquiry)) as StagePage | Refusal);
  }

  /** A page of the audience, for hosts and judges. */
  async audience(roomId: string, role: 'host' | 'judge', query: AudienceQuery): Promise<StageSeatPage> {
    await this.viewerFor(roomId, role);
    await this.requireStage(roomId);
    const inquiry: AudienceInquiry = { what: 'audience', ...query };
    return allowed((await this.rooms.inspect(roomId, inquiry)) as StageSeatPage | Refusal);
  }

  async catchUp(roomId: string, viewer: RoomViewer, lastSeq: number): Promise<StageCatchUp> {
    return allowed(await this.rooms.catchUp(roomId, viewer, lastSeq)) as StageCatchUp;
  }

  /** The receipt after the commit; the same for the same sender and command id. Right and role are looked at every time. */
  async act({ commandId, roomId, role, console, act: given, expect }: StageActBody): Promise<RoomReceipt> {
    await this.requireStage(roomId);
    if (role === 'host' || role === 'judge') {
      await this.viewerFor(roomId, role);
      const act = actOf(role, given);
      if (role === 'host' && console === undefined) throw invalid([{ path: 'console', message: '缺少此项' }]);
      const { accountId, name } = currentActor();
      const official = { role, accountId, name, console: role === 'host' ? (console ?? null) : null };
      const command: StageCommand = { type: 'official', ...official, act: act as StageHostAct, expect: expect ?? null };
      return this.send(roomId, `${accountId}:${commandId}`, commandId, command);
    }
    const memberId = actingMember();
    const act = actOf(role, given);
    const command: StageCommand =
      role === 'team' ? { type: 'team', memberId, act: act as StageTeamAct } : audienceCommand(memberId, act);
    return this.send(roomId, `${memberId}:${commandId}`, commandId, command);
  }

  /** A room keeps its kind, so one look is enough. */
  private async requireStage(roomId: string): Promise<void> {
    if (this.known.has(roomId)) return;
    if (!(await this.store.isStage(roomId))) throw new Refused('resource.not-found');
    if (this.known.size > 1_000) this.known.clear();
    this.known.add(roomId);
  }

  /** Ids are kept per sender, so that nobody can spend another one's. */
  private async send(roomId: string, id: string, commandId: string, command: StageCommand): Promise<RoomReceipt> {
    const { seq, at } = allowed(await this.rooms.submit(roomId, { id, command }));
    return { commandId, seq, at };
  }
}

function actingMember(): string {
  const { memberId } = currentActor();
  if (memberId === null) throw new Refused('auth.members-only');
  return memberId;
}

function actOf(role: StageActBody['role'], given: unknown): StageAct {
  const { act, faults } = readAct(role, given);
  if (!act) throw invalid(faults);
  return act;
}

function invalid(faults: readonly StageSheetFault[]): Refused {
  const errors = faults.map(({ path, message }) => ({ path, code: 'request.invalid', message }));
  return new Refused('request.invalid', {}, errors);
}

function audienceCommand(memberId: string, act: StageAct): StageCommand {
  const { item, choice } = act as StageAudienceAct;
  return { type: 'audience', memberId, item, choice };
}
