import { Injectable } from '@nestjs/common';
import type { GameReview, GameReviewItem, MyGame } from '@xuekao/contracts';
import { currentActor, Refused } from '@xuekao/platform';
import { orderFor, orderSeedOf } from '../core/battle/game-question.js';
import { LiveRefused } from '../live.errors.js';
import { LiveQuestionSource } from '../live.ports.js';
import { gameQuestionOf } from './battle-questions.js';
import { BattleStore } from './battle.store.js';
import type { PlayedSeat } from './battle.store.js';

/** Finished games question by question, for those who played them. */
@Injectable()
export class BattleReviewService {
  constructor(
    private readonly store: BattleStore,
    private readonly questions: LiveQuestionSource,
  ) {}

  /** Refuses `live.battle.not-over` while the acting member still plays it; a game of others is not found. */
  async of(gameId: string): Promise<GameReview> {
    const { memberId } = currentActor();
    if (memberId === null) throw new Refused('auth.members-only');
    const played = await this.store.playedSeat(memberId, gameId);
    if (played) {
      const { game, seat } = played;
      return { ...gameOf(played), end: game.ending, hasLeft: seat.hasLeft, items: await this.items(played) };
    }
    const place = await this.store.place(memberId);
    if (place?.roomId === gameId) throw new LiveRefused('live.battle.not-over');
    throw new Refused('resource.not-found');
  }

  private async items({ game, seat }: PlayedSeat): Promise<GameReviewItem[]> {
    const found = await this.questions.load(game.questions.map(({ versionId }) => versionId));
    const answerTo = new Map(seat.answers.map((answer) => [answer.question, answer]));
    const orderSeed = orderSeedOf(game.id, seat.seat);
    return game.questions.flatMap(({ questionId, versionId }, index) => {
      const given = found.get(versionId);
      const question = given && gameQuestionOf(questionId, given);
      if (!question) return [];
      const { type, stem, options, key, explanation } = question;
      const answer = answerTo.get(index);
      const optionOrder = orderFor(orderSeed, question, index);
      const { choice = null, correct = false, elapsedMs = null } = answer ?? {};
      const entryKey = given.entryKey ?? null;
      return [{ index, type, stem, options, optionOrder, key, explanation, entryKey, choice, correct, elapsedMs }];
    });
  }
}

/** A finished game in one line, as its player's list has it. */
export const gameOf = ({ game, seat }: PlayedSeat): MyGame => ({
  roomId: game.id,
  mode: game.mode,
  endedAt: game.endedAt,
  correct: seat.correct,
  questions: game.questions.length,
  persons: game.persons,
  ghosts: game.ghosts,
  place: seat.place,
});
