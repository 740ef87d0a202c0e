import type { QuizListedSeat, QuizSeatFilter, QuizSeatFlag, QuizUnitWaiting } from '@xuekao/contracts';
import { assertNever, normalText } from '@xuekao/kernel';
import { flagsOf } from './flags.js';
import type { QuizSeat, QuizState } from './quiz-state.js';

/** What a host may ask of a room besides its view. */
export type QuizInquiry =
  | {
      readonly what: 'seats';
      readonly show: QuizSeatFilter;
      /** Part of a name or unit name; empty for all. */
      readonly q: string;
      readonly after: number;
      readonly limit: number;
    }
  | { readonly what: 'waiting' };

export interface QuizSeatPage {
  readonly items: readonly QuizListedSeat[];
  readonly total: number;
  /** Give it as `after` for the next page; null at the end. */
  readonly next: number | null;
}

export interface QuizWaiting {
  /** Index of the question on show, -1 in the lobby. */
  readonly question: number;
  readonly units: readonly QuizUnitWaiting[];
}

const listedNames = 20;

export function answerInquiry(state: QuizState, inquiry: QuizInquiry): QuizSeatPage | QuizWaiting {
  switch (inquiry.what) {
    case 'seats':
      return seatPage(state, inquiry);
    case 'waiting':
      return { question: state.index, units: waitingByUnit(state) };
    default:
      return assertNever(inquiry);
  }
}

function seatPage(state: QuizState, inquiry: Extract<QuizInquiry, { what: 'seats' }>): QuizSeatPage {
  const flags = flagsOf(state.seats);
  const q = normalText(inquiry.q);
  const found = state.seats.filter(
    (seat) =>
      isListed(state, seat, inquiry.show, flags.has(seat.seat)) &&
      (q === '' || normalText(`${seat.player.name} ${seat.player.unitName}`).includes(q)),
  );
  const rest = found.filter((seat) => seat.seat > inquiry.after);
  const page = rest.slice(0, inquiry.limit);
  const items = page.map((seat) => listed(state, seat, flags.get(seat.seat) ?? []));
  return { items, total: found.length, next: rest.length > page.length ? page.at(-1)!.seat : null };
}

function isListed(state: QuizState, seat: QuizSeat, show: QuizSeatFilter, isFlagged: boolean): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'waiting':
      return !seat.kicked && !state.answers.has(seat.seat);
    case 'answered':
      return state.answers.has(seat.seat);
    case 'flagged':
      return isFlagged;
    case 'removed':
      return seat.kicked;
    case 'extended':
      return seat.timePercent > 100;
    default:
      return assertNever(show);
  }
}

function listed(state: QuizState, seat: QuizSeat, flags: readonly QuizSeatFlag[]): QuizListedSeat {
  const { player, points, kicked, correct, place, timePercent, answered: answers } = seat;
  const { memberId, name, unitId, unitName } = player;
  const answered = state.answers.has(seat.seat);
  const person = { seat: seat.seat, memberId, name, unitId, unitName };
  return { ...person, points, correct, answers, answered, place, kicked, timePercent, flags };
}

/** Units with somebody still to answer, most first. */
function waitingByUnit(state: QuizState): QuizUnitWaiting[] {
  const units = new Map<string, { unitName: string; seats: number; waiting: number; names: string[] }>();
  for (const { seat, player, kicked } of state.seats) {
    if (kicked) continue;
    const unit = units.get(player.unitId) ?? { unitName: player.unitName, seats: 0, waiting: 0, names: [] };
    units.set(player.unitId, unit);
    unit.seats += 1;
    if (state.answers.has(seat)) continue;
    unit.waiting += 1;
    if (unit.names.length < listedNames) unit.names.push(player.name);
  }
  const rows = [...units].map(([unitId, unit]) => ({ unitId, ...unit }));
  return rows.filter((row) => row.waiting > 0).sort((a, b) => b.waiting - a.waiting || (a.unitId < b.unitId ? -1 : 1));
}
