import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { opaque, Rooms } from '@xuekao/rooms';
import { battleMachine } from '../core/battle/battle-machine.js';
import type { BattleSeat, BattleState } from '../core/battle/battle-state.js';
import type { GameQuestion } from '../core/battle/game-question.js';
import { ratingsAfter } from '../core/battle/rating.js';
import { survivalMachine } from '../core/battle/survival-machine.js';
import type { SurvivalState } from '../core/battle/survival-machine.js';
import { BattleStore } from './battle.store.js';

type Person = BattleSeat & { readonly memberId: string };

/**
 * Tells rooms how games run, and keeps what is to remain of them: the record, for later ghosts and against repeated questions,
 * and the rating for matching. No event leaves: games are nobody's statistics.
 */
@Injectable()
export class BattleKeeper implements OnModuleInit {
  constructor(
    private readonly rooms: Rooms,
    private readonly store: BattleStore,
    private readonly uow: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.rooms.register({
      machine: opaque(battleMachine),
      over: (roomId, state) => this.keepBattle(roomId, state as BattleState),
    });
    this.rooms.register({
      machine: opaque(survivalMachine),
      over: (roomId, state) => this.keepSurvival(roomId, state as SurvivalState),
    });
  }

  async keepBattle(roomId: string, state: BattleState): Promise<void> {
    const { setup, end, phaseAt, index } = state;
    if (!setup || !end) throw new Error(`Battle ${roomId} is over without an end`);
    const persons = state.seats.filter((seat): seat is Person => seat.memberId !== null);
    await this.uow.run(async () => {
      if (!(await this.rooms.close(roomId))) return;
      const memberIds = persons.map(({ memberId }) => memberId);
      const ratings = await this.store.ratings(memberIds, setup.mode);
      const game = {
        id: roomId,
        mode: setup.mode,
        ending: end,
        endedAt: phaseAt,
        persons: persons.length,
        ghosts: state.seats.length - persons.length,
        questions: shown(setup.questions, index),
      };
      const seats = persons.map((person) => ({
        gameId: roomId,
        seat: person.seat,
        memberId: person.memberId,
        rating: ratings.get(person.memberId)!.rating,
        correct: person.correct,
        scoringMs: person.scoringMs,
        place: state.seats.length > 1 ? person.place : null,
        hasLeft: person.hasLeft,
        answers: person.answers,
      }));
      await this.store.addGame(game, seats);
      if (end !== 'nobody-answers') await this.rate(state, persons, ratings);
      await this.store.freeRoom(roomId);
    });
  }

  /** Among persons only: a ghost neither gives nor takes. */
  private async rate(
    { setup }: BattleState,
    persons: readonly Person[],
    ratings: ReadonlyMap<string, { readonly rating: number; readonly games: number }>,
  ): Promise<void> {
    if (!setup || persons.length < 2) return;
    const players = persons.map(({ memberId, place }) => ({ memberId, place: place!, ...ratings.get(memberId)! }));
    const after = ratingsAfter(players);
    for (const { memberId, games } of players) {
      await this.store.saveRating({ memberId, mode: setup.mode, rating: after.get(memberId)!, games: games + 1 });
    }
  }

  async keepSurvival(roomId: string, state: SurvivalState): Promise<void> {
    const { setup, end, phaseAt, index, streak, answers } = state;
    if (!setup || !end) throw new Error(`Run ${roomId} is over without an end`);
    const { memberId } = setup;
    const questions = shown(setup.questions, index);
    const scoringMs = answers.reduce((sum, answer) => sum + (answer.correct ? answer.elapsedMs : 0), 0);
    await this.uow.run(async () => {
      if (!(await this.rooms.close(roomId))) return;
      const game = { id: roomId, ending: end, endedAt: phaseAt, persons: 1, ghosts: 0, questions };
      const seat = { gameId: roomId, seat: 1, memberId, rating: 0, correct: streak, scoringMs, place: null, answers };
      await this.store.addGame({ ...game, mode: 'survival' }, [{ ...seat, hasLeft: end === 'gave-up' }]);
      const player = await this.store.player(memberId);
      const isBest = streak > player.survivalBest;
      await this.store.savePlayer({
        ...player,
        survivalRuns: player.survivalRuns + 1,
        survivalBest: isBest ? streak : player.survivalBest,
        survivalBestAt: isBest ? phaseAt : player.survivalBestAt,
      });
      await this.store.freeRoom(roomId);
    });
  }
}

const shown = (questions: readonly GameQuestion[], index: number) =>
  questions.slice(0, index + 1).map(({ questionId, versionId }) => ({ questionId, versionId }));
