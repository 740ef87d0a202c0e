import type {
  BattleEnd,
  BattleMode,
  BattleNews,
  BattlePhase,
  BattleReveal,
  BattleSeatResult,
  QuizTiming,
} from '@xuekao/contracts';
import { assertNever } from '@xuekao/kernel';
import type { Instant } from '@xuekao/kernel';
import { shiftedTiming } from './game-question.js';
import type { GameQuestion, RecordedAnswer } from './game-question.js';

export interface BattleSeatSetup {
  /** From 1. */
  readonly seat: number;
  /** Null for a ghost. */
  readonly memberId: string | null;
  readonly name: string | null;
  readonly unitName: string | null;
  /** What a ghost will answer, at the times of the recorded game. */
  readonly ghost: readonly RecordedAnswer[] | null;
}

export interface BattleSetup {
  readonly mode: BattleMode;
  readonly questions: readonly GameQuestion[];
  readonly seats: readonly BattleSeatSetup[];
}

export type BattleEvent =
  | BattleNews
  /** Written but never broadcast: the questions with their keys, the ghosts' answers, and everybody's own. */
  | { readonly type: 'battle-prepared'; readonly setup: BattleSetup; readonly at: Instant; readonly nextAt: Instant }
  | {
      readonly type: 'answer-taken';
      readonly seat: number;
      readonly question: number;
      /** Null for a ghost: only whether it was right is known. */
      readonly choice: readonly number[] | null;
      readonly elapsedMs: number;
      readonly correct: boolean;
    };

export type BattleCommand =
  | { readonly type: 'prepare'; readonly setup: BattleSetup }
  | {
      readonly type: 'answer';
      readonly memberId: string;
      readonly question: number;
      readonly choice: { readonly options: readonly number[] };
    }
  | { readonly type: 'act'; readonly memberId: string; readonly act: 'leave' | 'revive' }
  | { readonly type: 'clock'; readonly phase: BattlePhase; readonly question: number }
  | { readonly type: 'outage'; readonly from: Instant; readonly to: Instant };

export interface BattleSeat extends BattleSeatSetup {
  readonly hasLeft: boolean;
  readonly correct: number;
  readonly scoringMs: number;
  readonly place: number | null;
  /** Of the revealed questions. */
  readonly answers: readonly RecordedAnswer[];
}

export interface HeldAnswer {
  readonly choice: readonly number[] | null;
  readonly elapsedMs: number;
  readonly correct: boolean;
}

/** Plain JSON. */
export interface BattleState {
  readonly roomId: string;
  readonly setup: BattleSetup | null;
  readonly phase: BattlePhase;
  /** Of the question on show, −1 before the first. */
  readonly index: number;
  readonly phaseAt: Instant;
  readonly nextAt: Instant | null;
  readonly timing: QuizTiming | null;
  readonly seats: readonly BattleSeat[];
  /** To the question on show, by seat. */
  readonly answers: Readonly<Record<number, HeldAnswer>>;
  readonly reveal: BattleReveal | null;
  readonly end: BattleEnd | null;
  /** Questions in a row that no person answered. */
  readonly idle: number;
}

export function emptyBattle(roomId: string): BattleState {
  return {
    roomId,
    setup: null,
    phase: 'ready',
    index: -1,
    phaseAt: 0,
    nextAt: null,
    timing: null,
    seats: [],
    answers: {},
    reveal: null,
    end: null,
    idle: 0,
  };
}

export const seatOf = (state: BattleState, memberId: string): BattleSeat | undefined =>
  state.seats.find((seat) => seat.memberId === memberId);

/** Seats that still play: ghosts, and persons that have not left. */
export const playingSeats = (state: BattleState): readonly BattleSeat[] => state.seats.filter((seat) => !seat.hasLeft);

/** Folds one event; the state given stays as it is. */
export function evolveBattle(state: BattleState, event: BattleEvent): BattleState {
  switch (event.type) {
    case 'battle-prepared': {
      const seats = event.setup.seats.map((seat) => ({
        ...seat,
        hasLeft: false,
        correct: 0,
        scoringMs: 0,
        place: null,
        answers: [],
      }));
      return { ...state, setup: event.setup, seats, phaseAt: event.at, nextAt: event.nextAt };
    }
    case 'battle-opened': {
      const { question, timing } = event;
      const opened = { index: question.index, timing, answers: {}, reveal: null, nextAt: null };
      return { ...state, ...opened, phase: 'question', phaseAt: timing.shownAt };
    }
    case 'answer-taken': {
      const { choice, elapsedMs, correct } = event;
      return { ...state, answers: { ...state.answers, [event.seat]: { choice, elapsedMs, correct } } };
    }
    case 'battle-answered':
      return state;
    case 'battle-revealed': {
      const { question, key, explanation, results, nextAt, at } = event;
      const seats = state.seats.map((seat) => withResult(seat, question, results, state.answers[seat.seat]));
      const isAnswered = state.seats.some((seat) => seat.memberId !== null && state.answers[seat.seat] !== undefined);
      const reveal = { question, key, explanation, results };
      return { ...state, phase: 'revealed', phaseAt: at, nextAt, seats, reveal, idle: isAnswered ? 0 : state.idle + 1 };
    }
    case 'battle-left': {
      const seats = state.seats.map((seat) => (seat.seat === event.seat ? { ...seat, hasLeft: true } : seat));
      return { ...state, seats };
    }
    case 'battle-shifted': {
      const { byMs, timing } = event;
      const nextAt = state.nextAt === null ? null : state.nextAt + byMs;
      return { ...state, timing, nextAt, phaseAt: state.phaseAt + byMs };
    }
    case 'battle-ended': {
      const placeOf = new Map(event.places.map(({ seat, place }) => [seat, place]));
      const seats = state.seats.map((seat) => ({ ...seat, place: placeOf.get(seat.seat) ?? null }));
      return { ...state, phase: 'ended', phaseAt: event.at, nextAt: null, end: event.end, seats };
    }
    default:
      return assertNever(event);
  }
}

function withResult(
  seat: BattleSeat,
  question: number,
  results: readonly BattleSeatResult[],
  held: HeldAnswer | undefined,
): BattleSeat {
  const result = results.find((other) => other.seat === seat.seat);
  if (!result?.answered) return seat;
  const { correct, elapsedMs } = result;
  const answer = { question, elapsedMs, correct, ...(held?.choice && { choice: held.choice }) };
  return {
    ...seat,
    correct: seat.correct + (correct ? 1 : 0),
    scoringMs: seat.scoringMs + (correct ? elapsedMs : 0),
    answers: [...seat.answers, answer],
  };
}

export const shiftedBattle = (state: BattleState, byMs: number): BattleNews => ({
  type: 'battle-shifted',
  byMs,
  timing: state.phase === 'question' ? shiftedTiming(state.timing, byMs) : state.timing,
});
