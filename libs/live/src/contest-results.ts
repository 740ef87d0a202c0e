import type { QuizBoard } from '@xuekao/contracts';
import { periodOf } from '@xuekao/kernel';
import type { QuizState } from './core/quiz-state.js';
import { rankedSeats, rankedUnits, unitRowsOnBoard } from './core/ranking.js';
import type { ContestResultRow, ContestUnitRow } from './live.entity.js';

/** One row per seat; a removed seat has no place. */
export function resultRows(state: QuizState, endedAt: number, zone: string): ContestResultRow[] {
  const period = periodOf(endedAt, zone);
  const places = new Map(rankedSeats(state.seats).map(({ seat, place }) => [seat.seat, place]));
  return state.seats.map(({ seat, player, points, correct, answered, scoringMs }) => ({
    contestId: state.roomId,
    seat,
    memberId: player.memberId,
    memberName: player.name,
    unitId: player.unitId,
    unitName: player.unitName,
    points,
    correct,
    answered,
    scoringMs,
    place: places.get(seat) ?? null,
    endedAt,
    ...period,
  }));
}

/** One row per unit that had a seat, in the order of the ranking. */
export function unitRows(state: QuizState): ContestUnitRow[] {
  const ranked = rankedUnits(state.seats, state.setup?.options.minUnitParticipants ?? 1);
  return ranked.map((row, index) => ({ contestId: state.roomId, number: index + 1, ...row }));
}

/** The last board as it was shown, from what was stored. */
export function finalBoard(
  rows: readonly ContestResultRow[],
  units: readonly ContestUnitRow[],
  boardSize: number,
): QuizBoard {
  const placed = rows.filter((row) => row.place !== null).toSorted((a, b) => a.place! - b.place! || a.seat - b.seat);
  return {
    seats: placed.slice(0, boardSize).map(({ seat, memberName, unitName, points, correct, scoringMs, place }) => ({
      seat,
      name: memberName,
      unitName,
      points,
      correct,
      scoringMs,
      place: place!,
    })),
    units: units.slice(0, unitRowsOnBoard).map(({ unitId, unitName, meanPoints, participants, roll, place }) => ({
      unitId,
      unitName,
      meanPoints,
      participants,
      roll,
      place,
    })),
  };
}
