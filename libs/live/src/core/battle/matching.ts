import type { BattleMode } from '@xuekao/contracts';
import { battleSeats } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import type { RecordedAnswer } from './game-question.js';

/** A member who waits for others. */
export interface Ticket {
  readonly memberId: string;
  readonly rating: number;
  readonly since: Instant;
}

/** Members that play together now; recorded games fill the seats up to the mode's number where `wantsGhosts`. */
export interface MatchGroup {
  readonly members: readonly string[];
  readonly wantsGhosts: boolean;
}

/** From this age on nobody waits for a person any more; the rest of eight seconds is for making the room. */
export const ghostsAfterMs = 6_500;
const startingTolerance = 100;
const tolerancePerSecond = 75;

/** How far apart two ratings may be for two who have waited since then: the one who waited longer decides. */
export function toleranceOf(a: Ticket, b: Ticket, now: Instant): number {
  const waitedMs = Math.max(0, now - Math.min(a.since, b.since));
  return startingTolerance + Math.floor((waitedMs * tolerancePerSecond) / 1_000);
}

/** Symmetric. */
export const fits = (a: Ticket, b: Ticket, now: Instant): boolean =>
  Math.abs(a.rating - b.rating) <= toleranceOf(a, b, now);

/**
 * Who plays with whom now. The longest waiting choose first, and take those nearest in rating that fit; who has waited
 * `ghostsAfterMs` takes whoever is there. The same tickets in any order give the same groups.
 */
export function matchTickets(mode: BattleMode, tickets: readonly Ticket[], now: Instant): MatchGroup[] {
  const size = battleSeats[mode];
  const waiting = tickets.toSorted((a, b) => a.since - b.since || (a.memberId < b.memberId ? -1 : 1));
  const taken = new Set<string>();
  const groups: MatchGroup[] = [];
  for (const first of waiting) {
    if (taken.has(first.memberId)) continue;
    const isPatient = now - first.since < ghostsAfterMs;
    const others = waiting
      .filter((other) => other !== first && !taken.has(other.memberId) && (!isPatient || fits(first, other, now)))
      .toSorted((a, b) => distance(first, a) - distance(first, b))
      .slice(0, size - 1);
    // Three of four seats are worth a wait, as long as nobody has waited too long.
    if (isPatient && others.length < size - 1) continue;
    if (isPatient && !others.every((a) => others.every((b) => fits(a, b, now)))) continue;
    const members = [first, ...others].map(({ memberId }) => memberId);
    for (const memberId of members) taken.add(memberId);
    groups.push({ members, wantsGhosts: members.length < size });
  }
  return groups;
}

const distance = (a: Ticket, b: Ticket): number => Math.abs(a.rating - b.rating);

/** One player of a finished game whose answers may be replayed. */
export interface GhostSeat {
  readonly seat: number;
  readonly memberId: string;
  readonly rating: number;
  readonly answers: readonly RecordedAnswer[];
}

/** A finished game with what of it may be replayed. */
export interface GhostGame {
  readonly gameId: string;
  readonly questionIds: readonly string[];
  readonly seats: readonly GhostSeat[];
}

/**
 * The recorded game whose players fill `wanted` seats: the one that fills most of them, then the nearest in rating. Its
 * questions are new to everybody who plays, and nobody meets himself. Null when there is none.
 */
export function chooseGhosts(
  games: readonly GhostGame[],
  given: {
    readonly members: readonly string[];
    readonly recentQuestions: ReadonlySet<string>;
    readonly rating: number;
    readonly wanted: number;
  },
): { readonly game: GhostGame; readonly seats: readonly GhostSeat[] } | null {
  const members = new Set(given.members);
  const farness = (seat: GhostSeat): number => Math.abs(seat.rating - given.rating);
  const fitting = games.flatMap((game) => {
    if (game.questionIds.some((id) => given.recentQuestions.has(id))) return [];
    if (game.seats.some((seat) => members.has(seat.memberId))) return [];
    const seats = game.seats.toSorted((a, b) => farness(a) - farness(b) || a.seat - b.seat).slice(0, given.wanted);
    return seats.length > 0 ? [{ game, seats, far: Math.max(...seats.map(farness)) }] : [];
  });
  fitting.sort((a, b) => b.seats.length - a.seats.length || a.far - b.far || (a.game.gameId < b.game.gameId ? 1 : -1));
  return fitting[0] ?? null;
}
