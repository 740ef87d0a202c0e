import { Injectable } from '@nestjs/common';
import type {
  LiveAnswerBody,
  LiveCommandBody,
  LiveJoined,
  QuizAudience,
  QuizCatchUp,
  QuizChoice,
  QuizHostAct,
  QuizView,
  RoomReceipt,
} from '@xuekao/contracts';
import { AppClock, currentActor, Refused } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { RoomViewer } from '@xuekao/rooms';
import { ContestService } from './contest.service.js';
import type { QuizInquiry, QuizSeatPage, QuizWaiting } from './core/host-lists.js';
import type { QuizCommand } from './core/quiz-events.js';
import { allowed, LiveRefused } from './live.errors.js';
import { JoinCodes } from './join-codes.js';
import { LiveMembers } from './live.ports.js';

export const screenViewer: RoomViewer = { audience: 'screen', seat: null };
export const hostViewer: RoomViewer = { audience: 'host', seat: null };

/** A running room as players, hosts and screens use it, over sockets and HTTP alike. */
@Injectable()
export class QuizRoomService {
  constructor(
    private readonly rooms: Rooms,
    private readonly contests: ContestService,
    private readonly codes: JoinCodes,
    private readonly members: LiveMembers,
    private readonly clock: AppClock,
  ) {}

  /** Seats the acting member in the room of this code; the same seat on every device and at every repeat. */
  async join(code: string): Promise<{ readonly roomId: string; readonly viewer: RoomViewer }> {
    const contest = await this.codes.contestOf(code);
    if (contest.kind !== 'quiz') throw new LiveRefused('live.room.other-kind');
    const memberId = actingMember();
    const player = await this.members.playerOf(memberId);
    if (!player) throw new LiveRefused('live.seat.not-a-member');
    const command: QuizCommand = { type: 'join', player };
    // Sent without its own id a repeat must still be decided: a kicked member is refused although he joined before.
    const id = `join:${memberId}:${this.clock.now()}`;
    allowed(await this.rooms.submit(contest.id, { id, command }));
    return { roomId: contest.id, viewer: { audience: 'player', seat: memberId } };
  }

  /** Who the actor is in a room: refuses a host without the right, and a player without a seat. */
  async viewerFor(roomId: string, role: QuizAudience): Promise<RoomViewer> {
    if (role === 'host') {
      await this.contests.hosted(roomId);
      return hostViewer;
    }
    if (role === 'screen') throw new LiveRefused('live.screen.invalid');
    const viewer = { audience: 'player', seat: actingMember() };
    const { view } = await this.viewOf(roomId, viewer);
    if (!view.me) throw new LiveRefused('live.seat.unknown');
    return viewer;
  }

  async viewOf(roomId: string, viewer: RoomViewer): Promise<{ readonly seq: number; readonly view: QuizView }> {
    const { seq, view } = allowed(await this.rooms.view(roomId, viewer));
    return { seq, view: view as QuizView };
  }

  async joined(roomId: string, viewer: RoomViewer): Promise<LiveJoined> {
    const seen = await this.viewOf(roomId, viewer);
    return { roomId, role: viewer.audience as QuizAudience, ...seen, serverTime: this.clock.now() };
  }

  async catchUp(roomId: string, viewer: RoomViewer, lastSeq: number): Promise<QuizCatchUp> {
    return allowed(await this.rooms.catchUp(roomId, viewer, lastSeq)) as QuizCatchUp;
  }

  /** The receipt after the commit; the same for the same member and command id, however often and by whatever way it comes. */
  async answer({ commandId, roomId, question, choice }: LiveAnswerBody): Promise<RoomReceipt> {
    const memberId = actingMember();
    const command: QuizCommand = { type: 'answer', memberId, question, choice: choiceOf(choice) };
    return this.send(roomId, `${memberId}:${commandId}`, commandId, command);
  }

  async command({ commandId, roomId, console, act, expect }: LiveCommandBody): Promise<RoomReceipt> {
    await this.contests.hosted(roomId);
    const { accountId, name } = currentActor();
    const command: QuizCommand = { type: 'host', console, name, act: actOf(act), ...(expect ? { expect } : {}) };
    return this.send(roomId, `${accountId}:${commandId}`, commandId, command);
  }

  /** A page of the room's seats for its host. */
  async seats(roomId: string, inquiry: Omit<Extract<QuizInquiry, { what: 'seats' }>, 'what'>): Promise<QuizSeatPage> {
    return (await this.inquire(roomId, { what: 'seats', ...inquiry })) as QuizSeatPage;
  }

  /** Who has not answered the question on show, by unit. */
  async waiting(roomId: string): Promise<QuizWaiting> {
    return (await this.inquire(roomId, { what: 'waiting' })) as QuizWaiting;
  }

  private async inquire(roomId: string, inquiry: QuizInquiry): Promise<unknown> {
    await this.contests.hosted(roomId);
    return allowed(await this.rooms.inspect(roomId, inquiry));
  }

  /** Ids are kept per sender, so that nobody can spend another one's. */
  private async send(roomId: string, id: string, commandId: string, command: QuizCommand): Promise<RoomReceipt> {
    const { seq, at } = allowed(await this.rooms.submit(roomId, { id, command }));
    return { commandId, seq, at };
  }
}

function actingMember(): string {
  const { memberId } = currentActor();
  if (memberId === null) throw new Refused('auth.members-only');
  return memberId;
}

/** Exactly one kind of answer. */
function choiceOf({ options, blanks, order, pairs }: LiveAnswerBody['choice']): QuizChoice {
  const given: QuizChoice[] = [];
  if (options) given.push({ options });
  if (blanks) given.push({ blanks });
  if (order) given.push({ order });
  if (pairs) given.push({ pairs });
  const [choice, ...more] = given;
  if (!choice || more.length > 0) throw new LiveRefused('live.answer.invalid');
  return choice;
}

function actOf({ type, seat, percent }: LiveCommandBody['act']): QuizHostAct {
  if (type !== 'kick' && type !== 'unkick' && type !== 'time-factor') return { type };
  if (seat === undefined) throw new LiveRefused('live.seat.unknown');
  if (type !== 'time-factor') return { type, seat };
  if (percent === undefined) throw new LiveRefused('live.seat.time-factor');
  return { type, seat, percent };
}
