import { Injectable } from '@nestjs/common';
import type { BattleMode, GameMode } from '@xuekao/contracts';
import { insertIgnore, insertRows, UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { startingRating } from '../core/battle/rating.js';
import { BattleGameRow, BattlePlaceRow, BattlePlayerRow, BattleRatingRow, BattleSeatRow } from './battle.entity.js';

/** A person's part in a game together with the game. */
export interface PlayedSeat {
  readonly game: BattleGameRow;
  readonly seat: BattleSeatRow;
}

@Injectable()
export class BattleStore {
  constructor(private readonly uow: UnitOfWork) {}

  places(memberIds: readonly string[]): Promise<BattlePlaceRow[]> {
    if (memberIds.length === 0) return Promise.resolve([]);
    const places = this.uow.manager.createQueryBuilder(BattlePlaceRow, 'place');
    return places.where('place.memberId IN (:...memberIds)', { memberIds }).getMany();
  }

  async place(memberId: string): Promise<BattlePlaceRow | null> {
    return (await this.places([memberId]))[0] ?? null;
  }

  waiting(mode: BattleMode): Promise<BattlePlaceRow[]> {
    return this.uow.manager
      .createQueryBuilder(BattlePlaceRow, 'place')
      .where("place.state = 'waiting' AND place.mode = :mode", { mode })
      .orderBy('place.since')
      .limit(200)
      .getMany();
  }

  /** False when the member waits or plays already. */
  async addPlace(place: BattlePlaceRow): Promise<boolean> {
    return (await insertIgnore(this.uow, BattlePlaceRow, place)) === 1;
  }

  /** Moves the waiting into a room; the number of those that still waited. */
  async seat(memberIds: readonly string[], mode: BattleMode, roomId: string): Promise<number> {
    const update = this.uow.manager.createQueryBuilder().update(BattlePlaceRow).set({ state: 'playing', roomId });
    const where = "memberId IN (:...memberIds) AND mode = :mode AND state = 'waiting'";
    return (await update.where(where, { memberIds, mode }).execute()).affected ?? 0;
  }

  async stopWaiting(memberId: string, mode?: BattleMode): Promise<void> {
    const where = mode ? { memberId, mode } : { memberId };
    const remove = this.uow.manager.createQueryBuilder().delete().from(BattlePlaceRow);
    await remove.where({ ...where, state: 'waiting' }).execute();
  }

  /** Places of processes that died: nobody waits that long while anybody looks. */
  async forgetWaitingBefore(since: Instant): Promise<void> {
    const remove = this.uow.manager.createQueryBuilder().delete().from(BattlePlaceRow);
    await remove.where("state = 'waiting' AND since < :since", { since }).execute();
  }

  async leaveRoom(memberId: string, roomId: string): Promise<void> {
    const remove = this.uow.manager.createQueryBuilder().delete().from(BattlePlaceRow);
    await remove.where({ memberId, roomId }).execute();
  }

  async freeRoom(roomId: string): Promise<void> {
    await this.uow.manager.createQueryBuilder().delete().from(BattlePlaceRow).where({ roomId }).execute();
  }

  /** Members without a game have the starting rating. */
  async ratings(memberIds: readonly string[], mode: GameMode): Promise<Map<string, { rating: number; games: number }>> {
    const found = await this.uow.manager
      .createQueryBuilder(BattleRatingRow, 'rating')
      .where('rating.memberId IN (:...memberIds) AND rating.mode = :mode', { memberIds, mode })
      .getMany();
    const known = new Map(found.map(({ memberId, rating, games }) => [memberId, { rating, games }]));
    return new Map(memberIds.map((id) => [id, known.get(id) ?? { rating: startingRating, games: 0 }]));
  }

  async saveRating(row: BattleRatingRow): Promise<void> {
    const { memberId, mode, rating, games } = row;
    const update = this.uow.manager.createQueryBuilder().update(BattleRatingRow).set({ rating, games });
    const changed = await update.where({ memberId, mode }).execute();
    if (changed.affected !== 1) await insertIgnore(this.uow, BattleRatingRow, row);
  }

  async player(memberId: string): Promise<BattlePlayerRow> {
    const found = await this.uow.manager.findOneBy(BattlePlayerRow, { memberId });
    return found ?? { memberId, lendsRecords: true, survivalBest: 0, survivalBestAt: null, survivalRuns: 0 };
  }

  async savePlayer(row: BattlePlayerRow): Promise<void> {
    const { memberId, ...change } = row;
    if ((await insertIgnore(this.uow, BattlePlayerRow, row)) === 1) return;
    await this.uow.manager.createQueryBuilder().update(BattlePlayerRow).set(change).where({ memberId }).execute();
  }

  async addGame(game: BattleGameRow, seats: readonly BattleSeatRow[]): Promise<void> {
    await insertRows(this.uow, BattleGameRow, [game]);
    await insertRows(this.uow, BattleSeatRow, seats);
  }

  async playedSeat(memberId: string, gameId: string): Promise<PlayedSeat | null> {
    const seat = await this.uow.manager.findOneBy(BattleSeatRow, { memberId, gameId });
    const game = seat && (await this.games([gameId])).get(gameId);
    return seat && game ? { game, seat } : null;
  }

  async hasPlayed(memberId: string, gameId: string): Promise<boolean> {
    return this.uow.manager.existsBy(BattleSeatRow, { memberId, gameId });
  }

  /** A member's games, newest first: ids are time-ordered. */
  async gamesOf(memberId: string, limit: number): Promise<PlayedSeat[]> {
    const seats = await this.uow.manager
      .createQueryBuilder(BattleSeatRow, 'seat')
      .where('seat.memberId = :memberId', { memberId })
      .orderBy('seat.gameId', 'DESC')
      .limit(limit)
      .getMany();
    const games = await this.games(seats.map(({ gameId }) => gameId));
    return seats.flatMap((seat) => {
      const game = games.get(seat.gameId);
      return game ? [{ game, seat }] : [];
    });
  }

  /** The newest games of a mode that were played to their end, with the persons who lend their records. */
  async recorded(mode: BattleMode, limit: number): Promise<PlayedSeat[]> {
    const games = await this.uow.manager
      .createQueryBuilder(BattleGameRow, 'game')
      .where("game.mode = :mode AND game.ending = 'played'", { mode })
      .orderBy('game.endedAt', 'DESC')
      .limit(limit)
      .getMany();
    if (games.length === 0) return [];
    const seats = await this.uow.manager
      .createQueryBuilder(BattleSeatRow, 'seat')
      .leftJoin(BattlePlayerRow, 'player', 'player.memberId = seat.memberId')
      .where('seat.gameId IN (:...ids)', { ids: games.map(({ id }) => id) })
      .andWhere('(player.lendsRecords IS NULL OR player.lendsRecords = 1)')
      .getMany();
    const gameOf = new Map(games.map((game) => [game.id, game]));
    return seats.map((seat) => ({ seat, game: gameOf.get(seat.gameId)! }));
  }

  private async games(ids: readonly string[]): Promise<Map<string, BattleGameRow>> {
    if (ids.length === 0) return new Map();
    const games = this.uow.manager.createQueryBuilder(BattleGameRow, 'game').where('game.id IN (:...ids)', { ids });
    return new Map((await games.getMany()).map((game) => [game.id, game]));
  }
}
