import { Injectable } from '@nestjs/common';
import type {
  BattleActBody,
  BattleAnswerBody,
  BattleEntered,
  BattleMode,
  BattleStanding,
  GameCatchUp,
  GameMode,
  GameView,
  MyBattles,
  RoomReceipt,
} from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { isRefusal, newId, seededRng } from '@xuekao/kernel';
import { AppClock, currentActor, Refused } from '@xuekao/platform';
import { Rooms } from '@xuekao/rooms';
import type { RoomViewer } from '@xuekao/rooms';
import { ghostsAfterMs } from '../core/battle/matching.js';
import { byDifficulty, drawQuestions } from '../core/battle/question-draw.js';
import { allowed, LiveRefused } from '../live.errors.js';
import { LiveMembers } from '../live.ports.js';
import { gameOf } from './battle-review.service.js';
import { BattleMaker, leastQuestions } from './battle-maker.js';
import { BattleQuestions } from './battle-questions.js';
import { BattleStore } from './battle.store.js';

/** More than anybody answers without two mistakes; a snapshot of the run stays small. */
const survivalQuestions = 60;
const listedGames = 20;

/** Games without a host, for the acting member. */
@Injectable()
export class BattleService {
  constructor(
    private readonly store: BattleStore,
    private readonly maker: BattleMaker,
    private readonly questions: BattleQuestions,
    private readonly members: LiveMembers,
    private readonly rooms: Rooms,
    private readonly clock: AppClock,
    private readonly uow: UnitOfWork,
  ) {}

  /** Begins a run, or to wait for others; again at will. One who waits for another mode changes over; one who plays is told of his game. */
  async find(mode: GameMode): Promise<BattleStanding> {
    const memberId = actingMember();
    const standing = await this.standing();
    if (standing.state === 'playing' || (standing.state === 'waiting' && standing.mode === mode)) return standing;
    await this.mayPlay(memberId);
    return mode === 'survival' ? this.survive(memberId) : this.queue(memberId, mode);
  }

  private async queue(memberId: string, mode: BattleMode): Promise<BattleStanding> {
    const ratings = await this.store.ratings([memberId], mode);
    const { rating } = ratings.get(memberId)!;
    const since = this.clock.now();
    await this.uow.run(async () => {
      await this.store.stopWaiting(memberId);
      await this.store.addPlace({ memberId, state: 'waiting', mode, since, rating, roomId: null });
    });
    await this.maker.matchNow();
    return this.standing();
  }

  /** Brings others and the actor together if that is possible now, and says where he stands. */
  async look(): Promise<BattleStanding> {
    if ((await this.standing()).state === 'waiting') await this.maker.matchNow();
    return this.standing();
  }

  async standing(): Promise<BattleStanding> {
    const place = await this.store.place(actingMember());
    if (!place) return { state: 'none' };
    const { mode, since, roomId } = place;
    if (roomId === null) return { state: 'waiting', mode: mode as BattleMode, since, ghostsAt: since + ghostsAfterMs };
    if (await this.isPlaying(place.memberId, roomId)) return { state: 'playing', mode, roomId };
    // Its player sees the end a moment before it is kept, and may want to play again; so does one who left the others.
    await this.uow.run(() => this.store.leaveRoom(place.memberId, roomId));
    return { state: 'none' };
  }

  /** Gives up waiting, for this mode or any; a running game goes on. */
  async cancel(mode?: BattleMode): Promise<BattleStanding> {
    const memberId = actingMember();
    await this.uow.run(() => this.store.stopWaiting(memberId, mode));
    return this.standing();
  }

  private async survive(memberId: string): Promise<BattleStanding> {
    const recent = await this.maker.recentQuestionsOf(memberId);
    const drawn = drawQuestions(await this.questions.pool(), recent, survivalQuestions, seededRng(newId()));
    const questions = await this.questions.load(byDifficulty(drawn), survivalQuestions);
    const since = this.clock.now();
    const roomId = newId(since);
    await this.uow.run(async () => {
      await this.store.stopWaiting(memberId);
      const isFree = await this.store.addPlace({
        memberId,
        state: 'playing',
        mode: 'survival',
        since,
        rating: 0,
        roomId,
      });
      if (!isFree) return;
      const setup = { memberId, questions };
      await this.rooms.create(roomId, 'live.survival', { id: 'prepare', command: { type: 'prepare', setup } });
    });
    return this.standing();
  }

  /** The actor's seat in the room; who has none does not learn that it exists. */
  async viewerIn(roomId: string): Promise<RoomViewer> {
    const memberId = actingMember();
    const place = await this.store.place(memberId);
    const isSeated = place?.roomId === roomId || (await this.store.hasPlayed(memberId, roomId));
    if (!isSeated) throw new Refused('resource.not-found');
    return { audience: 'player', seat: memberId };
  }

  async entered(roomId: string, viewer: RoomViewer): Promise<BattleEntered> {
    const { seq, view } = allowed(await this.rooms.view(roomId, viewer));
    return { roomId, seq, view: view as GameView, serverTime: this.clock.now() };
  }

  async catchUp(roomId: string, viewer: RoomViewer, lastSeq: number): Promise<GameCatchUp> {
    return allowed(await this.rooms.catchUp(roomId, viewer, lastSeq)) as GameCatchUp;
  }

  answer({ commandId, roomId, question, options }: BattleAnswerBody): Promise<RoomReceipt> {
    return this.send(roomId, commandId, (memberId) => ({ type: 'answer', memberId, question, choice: { options } }));
  }

  act({ commandId, roomId, act }: BattleActBody): Promise<RoomReceipt> {
    return this.send(roomId, commandId, (memberId) => ({ type: 'act', memberId, act }));
  }

  async mine(): Promise<MyBattles> {
    const memberId = actingMember();
    const { survivalBest, survivalBestAt, survivalRuns, lendsRecords } = await this.store.player(memberId);
    const played = await this.store.gamesOf(memberId, listedGames);
    const games = played.map(gameOf);
    return { survival: { best: survivalBest, bestAt: survivalBestAt, runs: survivalRuns }, games, lendsRecords };
  }

  async lendRecords(lendsRecords: boolean): Promise<MyBattles> {
    const memberId = actingMember();
    await this.uow.run(async () => this.store.savePlayer({ ...(await this.store.player(memberId)), lendsRecords }));
    return this.mine();
  }

  private async send(roomId: string, commandId: string, commandOf: (memberId: string) => object): Promise<RoomReceipt> {
    await this.viewerIn(roomId);
    const memberId = actingMember();
    const command = commandOf(memberId);
    const { seq, at } = allowed(await this.rooms.submit(roomId, { id: `${memberId}:${commandId}`, command }));
    return { commandId, seq, at };
  }

  private async mayPlay(memberId: string): Promise<void> {
    if (!(await this.members.playerOf(memberId))) throw new LiveRefused('live.seat.not-a-member');
    const pool = await this.questions.pool();
    if (pool.length < leastQuestions) throw new LiveRefused('live.battle.no-questions', { needed: leastQuestions });
  }

  /** Looking also wakes a room whose process died before it ever ran. Who left plays no more, though the others go on. */
  private async isPlaying(memberId: string, roomId: string): Promise<boolean> {
    const seen = await this.rooms.view(roomId, { audience: 'player', seat: memberId });
    if (isRefusal(seen)) return seen.code !== 'rooms.not-found';
    const view = seen.view as GameView;
    if (view.phase === 'ended') return false;
    return view.game === 'survival' || !view.seats.some(({ seat, hasLeft }) => hasLeft && seat === view.me?.seat);
  }
}

function actingMember(): string {
  const { memberId } = currentActor();
  if (memberId === null) throw new Refused('auth.members-only');
  return memberId;
}
