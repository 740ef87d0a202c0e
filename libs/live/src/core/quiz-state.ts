import type {
  QuizBoard,
  QuizChoice,
  QuizKey,
  QuizPhase,
  QuizQuestionType,
  QuizResult,
  QuizReveal,
  QuizScoring,
  QuizTiming,
} from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';

/** A question as the room keeps it from its preparation on, with the key that nobody sees before the reveal. */
export interface QuizQuestion {
  readonly versionId: string;
  readonly type: QuizQuestionType;
  readonly stem: string;
  readonly options: readonly string[];
  readonly key: QuizKey;
  readonly explanation: string | null;
}

export interface QuizOptions {
  readonly scoring: QuizScoring;
  /** Hundredths for a right answer. */
  readonly points: number;
  /** Time to answer a question. */
  readonly limitMs: number;
  /** Stem alone on show before the options open; at least 300 ms, so that all phones open together. */
  readonly readingMs: number;
  /** An answer on its way when the time ran out still counts, marked late. */
  readonly graceMs: number;
  /** False: the first answer is final. True: it may be changed until the lock. */
  readonly changeable: boolean;
  readonly lateJoin: boolean;
  readonly shuffleOptions: boolean;
  readonly lockWhenAllAnswered: boolean;
  readonly autoAdvance: boolean;
  readonly boardSize: number;
  /** A unit with fewer participants is listed without a place. */
  readonly minUnitParticipants: number;
  readonly seatLimit: number;
}

export const leastLeadMs = 300;

/** Flat scoring: knowledge first, speed only by choice. Source: live.md §2 complaint 18, §6. */
export const defaultQuizOptions: QuizOptions = {
  scoring: 'flat',
  points: 1000,
  limitMs: 20_000,
  readingMs: 3_000,
  graceMs: 500,
  changeable: false,
  lateJoin: true,
  shuffleOptions: true,
  lockWhenAllAnswered: true,
  autoAdvance: false,
  boardSize: 10,
  minUnitParticipants: 1,
  seatLimit: 20_000,
};

/** How long each screen stays when the room advances by itself. */
export const autoAdvanceMs = { locked: 1_000, revealed: 7_000, scoreboard: 6_000 } as const;

export interface QuizSetup {
  readonly title: string;
  readonly rehearsal: boolean;
  readonly options: QuizOptions;
  readonly questions: readonly QuizQuestion[];
}

/** Who takes a seat, with his unit as it is today. */
export interface QuizPlayer {
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly unitRoll: number;
}

export interface QuizSeat {
  /** From 1, by order of joining. */
  readonly seat: number;
  readonly player: QuizPlayer;
  kicked: boolean;
  points: number;
  correct: number;
  answered: number;
  scoringMs: number;
  place: number | null;
  last: Omit<QuizResult, 'place' | 'points'> | null;
}

export interface QuizAnswer {
  readonly choice: QuizChoice;
  /** Between opening and closing, on the room's clock. */
  readonly elapsedMs: number;
  readonly late: boolean;
  /** Decided once, on arrival: a later change of the rules of comparison must not change a replay. */
  readonly correct: boolean;
}

export interface QuizState {
  readonly roomId: string;
  setup: QuizSetup | null;
  phase: QuizPhase;
  /** Index of the question on show, -1 in the lobby. */
  index: number;
  phaseAt: Instant;
  timing: QuizTiming | null;
  pausedAt: Instant | null;
  joiningLocked: boolean;
  baton: { readonly console: string; readonly name: string } | null;
  readonly seats: QuizSeat[];
  readonly seatOf: Map<string, number>;
  kickedSeats: number;
  /** Answers to the question on show, by seat. */
  answers: Map<number, QuizAnswer>;
  reveal: QuizReveal | null;
  board: QuizBoard | null;
}

export function emptyQuiz(roomId: string): QuizState {
  return {
    roomId,
    setup: null,
    phase: 'lobby',
    index: -1,
    phaseAt: 0,
    timing: null,
    pausedAt: null,
    joiningLocked: false,
    baton: null,
    seats: [],
    seatOf: new Map(),
    kickedSeats: 0,
    answers: new Map(),
    reveal: null,
    board: null,
  };
}

export function encodeQuiz(state: QuizState): string {
  return JSON.stringify({ ...state, seatOf: undefined, answers: [...state.answers] });
}

export function decodeQuiz(text: string): QuizState {
  const stored = JSON.parse(text) as Omit<QuizState, 'answers' | 'seatOf'> & { answers: [number, QuizAnswer][] };
  return {
    ...stored,
    answers: new Map(stored.answers),
    seatOf: new Map(stored.seats.map(({ player, seat }) => [player.memberId, seat])),
  };
}

export function seatOfMember(state: QuizState, memberId: string): QuizSeat | undefined {
  const seat = state.seatOf.get(memberId);
  return seat === undefined ? undefined : state.seats[seat - 1];
}

export function questionOnShow(state: QuizState): QuizQuestion | undefined {
  return state.setup?.questions[state.index];
}
