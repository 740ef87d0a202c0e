import type { QuestionPicture, QuestionType } from './bank.js';

/** Phases of a hall quiz and what the host may do next. Source: live.md §1. */
export const quizPhases = {
  lobby: '候场',
  question: '答题中',
  locked: '停止作答',
  revealed: '公布答案',
  scoreboard: '排行榜',
  podium: '颁奖',
  ended: '已结束',
} as const;
export type QuizPhase = keyof typeof quizPhases;

export const quizScorings = {
  flat: '只看对错',
  'half-speed': '答对且越快越高（最低一半）',
  'linear-floor': '答对且越快越高（最低一成）',
  'first-n': '只有最先答对的若干人得分',
} as const;
export type QuizScoring = keyof typeof quizScorings;

/** Who may still come in. A seat once taken stays whatever the policy says. */
export const quizJoinings = {
  open: '随时可以入场',
  'before-first': '首题开始前可以入场',
  locked: '由主持人开放入场',
} as const;
export type QuizJoining = keyof typeof quizJoinings;

/** What may be odd about a seat's answers; told to hosts alone, and followed by nothing. */
export const quizSeatFlags = {
  'too-fast': '作答时间中位数低于0.4秒',
  'too-even': '作答时间几乎没有差异',
  'same-pattern': '与他人选择相同且时间一致',
} as const;
export type QuizSeatFlag = keyof typeof quizSeatFlags;

/** Audiences of a room: one broadcast each. */
export type QuizAudience = 'player' | 'host' | 'screen';

/** Types that a room can play: answered by a tap or a few words, judged at once. */
export const quizQuestionTypes = [
  'single',
  'multiple',
  'true-false',
  'blank',
  'ordering',
  'matching',
] as const satisfies readonly QuestionType[];
export type QuizQuestionType = (typeof quizQuestionTypes)[number];

export function isQuizQuestionType(type: QuestionType): type is QuizQuestionType {
  return (quizQuestionTypes as readonly QuestionType[]).includes(type);
}

/**
 * What is given to a question, by its type. Options by their index in the question, whatever order a phone shows them in;
 * blanks by their number; `order` every option's index, first to last; `pairs` per option the index of its target, -1 for none.
 */
export type QuizChoice =
  | { readonly options: readonly number[] }
  | { readonly blanks: readonly string[] }
  | { readonly order: readonly number[] }
  | { readonly pairs: readonly number[] };

/** What is right. `blanks` lists the accepted texts of each blank; with `orderFree` they may be filled in any order. */
export type QuizKey =
  | { readonly options: readonly number[] }
  | { readonly blanks: readonly (readonly string[])[]; readonly orderFree?: boolean }
  | { readonly order: readonly number[] }
  | { readonly pairs: readonly number[] };

/** What several questions ask about, as far as a room shows it. */
export interface QuizMaterial {
  readonly title: string;
  readonly text: string;
  readonly pictures?: readonly QuestionPicture[];
}

/** What of a question is shown beside its words; left out where there is none. Pictures by index, null for a part without. */
export interface QuizShown {
  readonly material?: QuizMaterial;
  readonly pictures?: readonly QuestionPicture[];
  readonly optionPictures?: readonly (QuestionPicture | null)[];
  readonly targetPictures?: readonly (QuestionPicture | null)[];
}

export interface QuizQuestionView extends QuizShown {
  readonly index: number;
  readonly total: number;
  readonly type: QuizQuestionType;
  readonly stem: string;
  readonly options: readonly string[];
  /** Matchings only: what the options belong to. */
  readonly targets?: readonly string[];
  readonly blanks: number;
  /** Hundredths of a point for a right answer. */
  readonly points: number;
}

/** Server times. Phones show the stem from `shownAt`, the options from `openAt`; answers count until `closeAt`. */
export interface QuizTiming {
  readonly shownAt: number;
  readonly openAt: number;
  readonly closeAt: number;
}

export interface QuizHistogram {
  /** Answers per option; of an ordering or matching, how many put that option right; empty for blanks. */
  readonly counts: readonly number[];
  readonly answered: number;
  readonly correct: number;
}

export interface QuizReveal {
  readonly question: number;
  readonly key: QuizKey;
  readonly explanation: string | null;
  readonly histogram: QuizHistogram;
}

export interface QuizBoardRow {
  readonly seat: number;
  readonly name: string;
  readonly unitName: string;
  /** Hundredths. */
  readonly points: number;
  readonly correct: number;
  /** Sum of the times of the right answers. */
  readonly scoringMs: number;
  /** 1, 2, 2, 4: equal results share a place. */
  readonly place: number;
}

export interface QuizUnitRow {
  readonly unitId: string;
  readonly unitName: string;
  /** Hundredths, floored, over those who answered at least once. */
  readonly meanPoints: number;
  readonly participants: number;
  /** Members on the unit's roll. */
  readonly roll: number;
  /** Null while fewer take part than the rule asks for. */
  readonly place: number | null;
}

export interface QuizArrival {
  readonly name: string;
  readonly unitName: string;
}

/** Who has come so far, by unit. */
export interface QuizUnitSeats {
  readonly unitName: string;
  readonly seats: number;
  /** Members on the unit's roll. */
  readonly roll: number;
}

export interface QuizBoard {
  readonly seats: readonly QuizBoardRow[];
  readonly units: readonly QuizUnitRow[];
}

/** One player's result of one question. */
export interface QuizResult {
  readonly question: number;
  readonly answered: boolean;
  readonly correct: boolean;
  /** Hundredths; below zero where a wrong answer costs. */
  readonly gained: number;
  readonly points: number;
  readonly place: number;
  /** Right answers in a row, this one included. */
  readonly streak: number;
}

export interface QuizMe {
  readonly seat: number;
  readonly name: string;
  readonly points: number;
  readonly place: number | null;
  readonly kicked: boolean;
  readonly choice: QuizChoice | null;
  readonly result: QuizResult | null;
  /** Time to answer in percent of the common time, 100 to 200: his own end is `ownCloseAt(timing, timePercent)`. */
  readonly timePercent: number;
  /** With the question's index it gives this player's order of options; null where everybody sees the same order. */
  readonly orderSeed: string | null;
  /** Index of the option to be shown first, second, …; null when unshuffled or no question is open. */
  readonly optionOrder: readonly number[] | null;
}

/** A seat in the host's searchable list. */
export interface QuizListedSeat {
  readonly seat: number;
  readonly memberId: string;
  readonly name: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly points: number;
  readonly place: number | null;
  readonly correct: number;
  readonly answers: number;
  /** The question on show. */
  readonly answered: boolean;
  readonly kicked: boolean;
  readonly timePercent: number;
  readonly flags: readonly QuizSeatFlag[];
}

export const quizSeatFilters = {
  all: '全部',
  waiting: '未作答',
  answered: '已作答',
  flagged: '待留意',
  removed: '已移出',
  extended: '延长时限',
} as const;
export type QuizSeatFilter = keyof typeof quizSeatFilters;

/** Who of a unit has not answered the question on show. */
export interface QuizUnitWaiting {
  readonly unitId: string;
  readonly unitName: string;
  readonly seats: number;
  readonly waiting: number;
  /** The first of them, by seat. */
  readonly names: readonly string[];
}

/** The whole screen of one viewer; what is not his to see yet is null. */
export interface QuizView {
  readonly roomId: string;
  readonly title: string;
  readonly rehearsal: boolean;
  readonly phase: QuizPhase;
  readonly paused: boolean;
  readonly joiningLocked: boolean;
  /** Whether an answer may be changed until the lock. */
  readonly changeable: boolean;
  /** Whether each player sees the options in an order of his own: letters then mean nothing on the big screen. */
  readonly shuffled: boolean;
  readonly total: number;
  readonly question: QuizQuestionView | null;
  readonly timing: QuizTiming | null;
  readonly reveal: QuizReveal | null;
  readonly board: QuizBoard | null;
  readonly seats: number;
  readonly answered: number;
  /** Lobby of host and screen only. */
  readonly units: readonly QuizUnitSeats[] | null;
  /** Who came last, newest at the end; as `units`. */
  readonly newest: readonly QuizArrival[] | null;
  readonly me: QuizMe | null;
  /** Host only: who holds the baton, and how the room goes on. Seats are listed by pages. */
  readonly host: {
    readonly baton: { readonly console: string; readonly name: string } | null;
    /** Seats with more than the common time: an open question waits for them. */
    readonly extended: number;
    /** The room goes on by itself: because it was told to, or because no console is left and its options say so. */
    readonly advances: boolean;
    readonly autoAdvance: boolean;
    readonly attended: boolean;
    /** When the screen on show gives way by itself; null while it waits for the host, and in an open question. */
    readonly nextAt: number | null;
  } | null;
}
