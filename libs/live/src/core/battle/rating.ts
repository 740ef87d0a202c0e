/** Used for matching alone, told to nobody. */
export const startingRating = 1_000;
const leastRating = 100;
const mostRating = 3_000;

export interface RatedPlayer {
  readonly memberId: string;
  readonly rating: number;
  readonly games: number;
  readonly place: number;
}

/**
 * Ratings after a game among persons: each pair counts as one Elo game, weighted so that a whole game moves a rating by at most
 * K (40 in the first 20 games, then 20). Integers. One player alone, or one against ghosts, gains and loses nothing.
 */
export function ratingsAfter(players: readonly RatedPlayer[]): Map<string, number> {
  return new Map(
    players.map((me) => {
      const others = players.filter((other) => other !== me);
      const k = me.games < 20 ? 40 : 20;
      const gain = others.reduce((sum, other) => sum + scoreAgainst(me, other) - expectedAgainst(me, other), 0);
      const change = others.length === 0 ? 0 : Math.round((k * gain) / others.length);
      return [me.memberId, Math.min(mostRating, Math.max(leastRating, me.rating + change))];
    }),
  );
}

const scoreAgainst = (me: RatedPlayer, other: RatedPlayer): number =>
  me.place < other.place ? 1 : me.place === other.place ? 0.5 : 0;

const expectedAgainst = (me: RatedPlayer, other: RatedPlayer): number =>
  1 / (1 + 10 ** ((other.rating - me.rating) / 400));
