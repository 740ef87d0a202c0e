import { Injectable } from '@nestjs/common';
import type { BattleMode } from '@xuekao/contracts';
import { battleModes, battleSeats } from '@xuekao/contracts';
import { UnitOfWork } from '@xuekao/database';
import { newId, seededRng } from '@xuekao/kernel';
import { AppClock } from '@xuekao/platform';
import { detached, Rooms } from '@xuekao/rooms';
import type { BattleSeatSetup, BattleSetup } from '../core/battle/battle-state.js';
import type { GameQuestion } from '../core/battle/game-question.js';
import { chooseGhosts, matchTickets } from '../core/battle/matching.js';
import type { GhostGame, GhostSeat, MatchGroup } from '../core/battle/matching.js';
import { drawQuestions } from '../core/battle/question-draw.js';
import { LiveMembers } from '../live.ports.js';
import type { LiveMember } from '../live.ports.js';
import { BattleQuestions } from './battle-questions.js';
import { BattleStore } from './battle.store.js';
import type { PlayedSeat } from './battle.store.js';

export const battleQuestions = 10;
/** A game with fewer is not worth its name. */
export const leastQuestions = 5;
/** Questions of so many former games of each player do not come again. */
export const recentGames = 10;
const recordsLookedAt = 100;
/** Drawn beyond the number, for those that turn out to have pictures. */
const spareQuestions = 10;
const staleAfterMs = 20_000;

/** A place was given up or taken by another process meanwhile. */
class Outrun extends Error {}

/** Brings the waiting together, whichever process they wait in: their places are in the database. */
@Injectable()
export class BattleMaker {
  private running: Promise<void> | null = null;

  constructor(
    private readonly store: BattleStore,
    private readonly questions: BattleQuestions,
    private readonly members: LiveMembers,
    private readonly rooms: Rooms,
    private readonly uow: UnitOfWork,
    private readonly clock: AppClock,
  ) {}

  /** Starts every battle that can start now; several processes may try at once. */
  matchNow(): Promise<void> {
    this.running ??= detached(() => this.match()).finally(() => (this.running = null));
    return this.running;
  }

  /** The room begins to run on its owner, also when nobody enters it. */
  wake(roomId: string): void {
    // Whoever enters wakes it as well, so a failure here is no loss.
    detached(() => this.rooms.view(roomId, { audience: 'player', seat: null })).catch(() => undefined);
  }

  /** Questions of the last games, the oldest first. */
  async recentQuestionsOf(memberId: string): Promise<string[]> {
    const played = await this.store.gamesOf(memberId, recentGames);
    return played.reverse().flatMap(({ game }) => game.questions.map(({ questionId }) => questionId));
  }

  private async match(): Promise<void> {
    const now = this.clock.now();
    for (const mode of Object.keys(battleModes) as BattleMode[]) {
      const waiting = await this.store.waiting(mode);
      const stale = waiting.some(({ since }) => since < now - staleAfterMs);
      if (stale) await this.uow.run(() => this.store.forgetWaitingBefore(now - staleAfterMs));
      const fresh = waiting.filter(({ since }) => since >= now - staleAfterMs);
      for (const group of matchTickets(mode, fresh, now)) await this.start(mode, group);
    }
  }

  private async start(mode: BattleMode, group: MatchGroup): Promise<void> {
    const players: LiveMember[] = [];
    for (const memberId of group.members) {
      const player = await this.members.playerOf(memberId);
      if (!player) return void (await this.uow.run(() => this.store.stopWaiting(memberId)));
      players.push(player);
    }
    const setup = await this.setupOf(mode, players, group.wantsGhosts);
    const roomId = newId(this.clock.now());
    try {
      await this.uow.run(async () => {
        if ((await this.store.seat(group.members, mode, roomId)) !== group.members.length) throw new Outrun();
        await this.rooms.create(roomId, 'live.battle', { id: 'prepare', command: { type: 'prepare', setup } });
      });
    } catch (error) {
      if (error instanceof Outrun) return;
      throw error;
    }
    this.wake(roomId);
  }

  private async setupOf(mode: BattleMode, players: readonly LiveMember[], wantsGhosts: boolean): Promise<BattleSetup> {
    const memberIds = players.map(({ memberId }) => memberId);
    const recent = (await Promise.all(memberIds.map((id) => this.recentQuestionsOf(id)))).flat();
    const replay = wantsGhosts ? await this.ghostsFor(mode, memberIds, new Set(recent)) : null;
    const questions = replay?.questions ?? (await this.drawn(recent));
    const persons = players.map(({ memberId, name, unitName }) => ({ memberId, name, unitName, ghost: null }));
    const ghosts = (replay?.seats ?? []).map(({ answers }) => {
      return { memberId: null, name: null, unitName: null, ghost: answers };
    });
    const seats: BattleSeatSetup[] = [...persons, ...ghosts].map((seat, index) => ({ seat: index + 1, ...seat }));
    return { mode, questions, seats };
  }

  private async drawn(recent: readonly string[]): Promise<GameQuestion[]> {
    const drawn = drawQuestions(
      await this.questions.pool(),
      recent,
      battleQuestions + spareQuestions,
      seededRng(newId()),
    );
    return this.questions.load(drawn, battleQuestions);
  }

  /** A recorded game with questions that are new to all who play and still in use; null where there is none. */
  private async ghostsFor(
    mode: BattleMode,
    members: readonly string[],
    recentQuestions: ReadonlySet<string>,
  ): Promise<{ readonly questions: GameQuestion[]; readonly seats: readonly GhostSeat[] } | null> {
    const published = new Map((await this.questions.pool()).map((question) => [question.versionId, question]));
    const records = await this.store.recorded(mode, recordsLookedAt);
    const games = ghostGames(records.filter(({ game }) => game.questions.every((one) => published.has(one.versionId))));
    const ratings = [...(await this.store.ratings(members, mode)).values()].map(({ rating }) => rating);
    const rating = Math.round(ratings.reduce((sum, one) => sum + one, 0) / ratings.length);
    const wanted = battleSeats[mode] - members.length;
    const chosen = chooseGhosts(games, { members, recentQuestions, rating, wanted });
    if (!chosen) return null;
    const { questions: played } = records.find(({ game }) => game.id === chosen.game.gameId)!.game;
    const questions = await this.questions.load(
      played.map(({ versionId }) => published.get(versionId)!),
      played.length,
    );
    return questions.length === played.length ? { questions, seats: chosen.seats } : null;
  }
}

/** Records that answered most of their questions. */
function ghostGames(records: readonly PlayedSeat[]): GhostGame[] {
  const games = new Map<string, { gameId: string; questionIds: readonly string[]; seats: GhostSeat[] }>();
  for (const { game, seat } of records) {
    const questionIds = game.questions.map(({ questionId }) => questionId);
    if (seat.hasLeft || seat.answers.length * 10 < questionIds.length * 6) continue;
    const known = games.get(game.id) ?? { gameId: game.id, questionIds, seats: [] };
    const { memberId, rating } = seat;
    // What he chose is his own; a ghost needs to know when, and whether it was right.
    const answers = seat.answers.map(({ question, elapsedMs, correct }) => ({ question, elapsedMs, correct }));
    known.seats.push({ seat: seat.seat, memberId, rating, answers });
    games.set(game.id, known);
  }
  return [...games.values()];
}
