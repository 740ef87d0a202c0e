import type {
  QuizBoard,
  QuizChoice,
  QuizJoining,
  QuizKey,
  QuizPhase,
  QuizQuestionType,
  QuizResult,
  QuizReveal,
  QuizScoring,
  QuizShown,
  QuizTiming,
} from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';

/** A question as the room keeps it from its preparation on, with the key that nobody sees before the reveal. */
export interface QuizQuestion extends QuizShown {
  readonly versionId: string;
  readonly type: QuizQuestionType;
  readonly stem: string;
  readonly options: readonly string[];
  /** What the options of a matching belong to. */
  readonly targets?: readonly string[];
  readonly key: QuizKey;
  readonly explanation: string | null;
}

export interface QuizOptions {
  readonly scoring: QuizScoring;
  /** Hundredths for a right answer. */
  readonly points: number;
  /** How many right answers earn points with `first-n`. */
  readonly firstCount: number;
  /** Hundredths more for the second and each further right answer in a row, up to `streakSteps` times. */
  readonly streakBonus: number;
  /** Hundredths that a wrong answer costs; nobody falls below zero, and no answer costs nothing. */
  readonly wrongPenalty: number;
  /** Time to answer a question. */
  readonly limitMs: number;
  /** Stem alone on show before the options open; at least 300 ms, so that all phones open together. */
  readonly readingMs: number;
  /** An answer on its way when the time ran out still counts, marked late. */
  readonly graceMs: number;
  /** False: the first answer is final. True: it may be changed until the lock. */
  readonly changeable: boolean;
  readonly joining: QuizJoining;
  readonly shuffleOptions: boolean;
  readonly lockWhenAllAnswered: boolean;
  /** How the room starts; the host switches it as he likes. */
  readonly autoAdvance: boolean;
  /** The room goes on by itself while no console is there; otherwise it waits. */
  readonly advanceUnattended: boolean;
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
  firstCount: 3,
  streakBonus: 0,
  wrongPenalty: 0,
  limitMs: 20_000,
  readingMs: 3_000,
  graceMs: 500,
  changeable: false,
  joining: 'open',
  shuffleOptions: true,
  lockWhenAllAnswered: true,
  autoAdvance: false,
  advanceUnattended: false,
  boardSize: 10,
  minUnitParticipants: 1,
  seatLimit: 20_000,
};

/** How long each screen stays when the room advances by itself. */
export const autoAdvanceMs = { locked: 1_000, revealed: 7_000, scoreboard: 6_000 } as const;

/** A console that is reloaded or loses its network for a moment has not left. */
export const unattendedAfterMs = 10_000;

/** The bonus grows no further than this many steps. */
export const streakSteps = 5;

export const timePercents = { least: 100, most: 200 } as const;

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
  streak: number;
  /** Time to answer in percent of the common time. */
  timePercent: number;
  /** Times of the answers that were scored, and a running hash of what was chosen: for `flagsOf`. */
  readonly times: number[];
  pattern: number;
  last: Omit<QuizResult, 'place' | 'points'> | null;
}

export interface QuizAnswer {
  readonly choice: QuizChoice;
  /** Between opening and closing, on the room's clock. */
  readonly elapsedMs: number;
  /** `elapsedMs` over the seat's time factor: what speed is judged by. */
  readonly countedMs: number;
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
  autoAdvance: boolean;
  /** Since when the room has been told to go on by itself, or not to. */
  autoAdvanceAt: Instant;
  /** Whether a console is there, as far as the sockets say; kept only where `advanceUnattended` asks for it. */
  attended: boolean;
  attendedAt: Instant;
  /** Seats with more than the common time. */
  extended: number[];
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
    autoAdvance: false,
    autoAdvanceAt: 0,
    attended: true,
    attendedAt: 0,
    extended: [],
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
