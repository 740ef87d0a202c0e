import type { QuizBoard, QuizBoardRow, QuizUnitRow } from '@xuekao/contracts';
import type { QuizSeat, QuizState } from './quiz-state.js';

export const unitRowsOnBoard = 50;

/** Gives 1, 2, 2, 4 to items in their order; `equal` says whether two neighbours share a place. */
export function sharedPlaces<T>(ordered: readonly T[], equal: (a: T, b: T) => boolean): number[] {
  const places: number[] = [];
  ordered.forEach((item, index) => {
    const before = ordered[index - 1];
    places.push(index > 0 && equal(before as T, item) ? places[index - 1]! : index + 1);
  });
  return places;
}

/** More points first; equal points by less time over the right answers; then a shared place, listed by seat. Source: live.md §6. */
export function rankedSeats(seats: readonly QuizSeat[]): { readonly seat: QuizSeat; readonly place: number }[] {
  const ordered = seats
    .filter((seat) => !seat.kicked)
    .sort((a, b) => b.points - a.points || a.scoringMs - b.scoringMs || a.seat - b.seat);
  const places = sharedPlaces(ordered, (a, b) => a.points === b.points && a.scoringMs === b.scoringMs);
  return ordered.map((seat, index) => ({ seat, place: places[index]! }));
}

/** Units by mean of those who took part, then by the share of the roll that did. Source: live.md §1 no. 17. */
export function rankedUnits(seats: readonly QuizSeat[], minParticipants: number): QuizUnitRow[] {
  const units = new Map<string, { name: string; roll: number; sum: number; participants: number }>();
  for (const { player, kicked, answered, points } of seats) {
    if (kicked) continue;
    const unit = units.get(player.unitId) ?? { name: player.unitName, roll: player.unitRoll, sum: 0, participants: 0 };
    unit.roll = Math.max(unit.roll, player.unitRoll);
    unit.sum += points;
    unit.participants += answered > 0 ? 1 : 0;
    units.set(player.unitId, unit);
  }
  const rows = [...units].map(([unitId, { name, roll, sum, participants }]) => {
    const meanPoints = participants === 0 ? 0 : Math.floor(sum / participants);
    // The roll was read when each member joined; later joiners may make a stale roll too small.
    const wholeRoll = Math.max(roll, participants);
    return {
      unitId,
      unitName: name,
      meanPoints,
      participants,
      roll: wholeRoll,
      counts: participants >= minParticipants,
    };
  });
  const shareOf = (
    row: { participants: number; roll: number },
    other: { participants: number; roll: number },
  ): number => row.participants * other.roll - other.participants * row.roll;
  rows.sort(
    (a, b) =>
      Number(b.counts) - Number(a.counts) ||
      b.meanPoints - a.meanPoints ||
      shareOf(b, a) ||
      (a.unitId < b.unitId ? -1 : 1),
  );
  const places = sharedPlaces(rows, (a, b) => a.meanPoints === b.meanPoints && shareOf(a, b) === 0);
  return rows.map(({ counts, ...row }, index) => ({ ...row, place: counts ? places[index]! : null }));
}

export function boardRow({ seat, place }: { readonly seat: QuizSeat; readonly place: number }): QuizBoardRow {
  const { points, correct, scoringMs, player } = seat;
  return { seat: seat.seat, name: player.name, unitName: player.unitName, points, correct, scoringMs, place };
}

export function boardOf(state: QuizState): QuizBoard {
  const options = state.setup?.options;
  const seats = rankedSeats(state.seats)
    .slice(0, options?.boardSize ?? 10)
    .map(boardRow);
  return { seats, units: rankedUnits(state.seats, options?.minUnitParticipants ?? 1).slice(0, unitRowsOnBoard) };
}
