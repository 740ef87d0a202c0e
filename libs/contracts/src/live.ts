import type { QuestionType } from './bank.js';

import type { Problem } from './problem.js';
import type { SocketReply } from './socket.js';
import type { RoomCatchUp, RoomFrame, RoomReceipt } from './rooms.js';

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

/** Options by their index in the question, whatever order a phone shows them in; blanks by their number. */
export type QuizChoice = { readonly options: readonly number[] } | { readonly blanks: readonly string[] };

/** What a right answer is. `blanks` lists the accepted texts of each blank. */
export type QuizKey = { readonly options: readonly number[] } | { readonly blanks: readonly (readonly string[])[] };

/**
 * Beside those, `order`: every option's index, first to last; `pairs`: per option the index of its target, -1 for none.
 * Pages that know these types read `QuizChoice` and `QuizKey` of an ordering or matching as these.
 */
export type QuizAnyChoice = QuizChoice | { readonly order: readonly number[] } | { readonly pairs: readonly number[] };

/** With `orderFree` the blanks may be filled in any order. */
export type QuizAnyKey =
  | { readonly options: readonly number[] }
  | { readonly blanks: readonly (readonly string[])[]; readonly orderFree?: boolean }
  | { readonly order: readonly number[] }
  | { readonly pairs: readonly number[] };

export interface QuizQuestionView {
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

/** What sockets see, in the order of the log. */
export type QuizNews =
  | { readonly type: 'question-opened'; readonly question: QuizQuestionView; readonly timing: QuizTiming }
  | {
      readonly type: 'answers-locked';
      readonly question: number;
      readonly by: 'host' | 'clock' | 'all-answered';
      readonly at: number;
    }
  | ({ readonly type: 'revealed'; readonly at: number } & QuizReveal)
  | ({ readonly type: 'scoreboard-shown'; readonly at: number } & QuizBoard)
  | ({ readonly type: 'podium-shown'; readonly at: number } & QuizBoard)
  | { readonly type: 'paused'; readonly at: number }
  | { readonly type: 'resumed'; readonly at: number; readonly timing: QuizTiming | null }
  | { readonly type: 'clock-shifted'; readonly at: number; readonly byMs: number; readonly timing: QuizTiming | null }
  | { readonly type: 'joining-locked'; readonly locked: boolean }
  | { readonly type: 'seat-kicked'; readonly seat: number; readonly kicked: boolean }
  | { readonly type: 'baton-taken'; readonly console: string; readonly name: string }
  | { readonly type: 'ended'; readonly at: number };

/** Housekeeping in the frames of hosts, beside `QuizNews`. */
export type QuizHouseNews =
  | { readonly type: 'auto-advance-set'; readonly on: boolean; readonly at: number }
  | { readonly type: 'time-factor-set'; readonly seat: number; readonly percent: number };

/** For one seat alone, beside `QuizPersonalNews`: how long he may answer, in percent of the common time. */
export type QuizSeatNews = { readonly type: 'time-factor'; readonly percent: number };

/** For one seat alone. */
export type QuizPersonalNews =
  { readonly type: 'result'; readonly result: QuizResult } | { readonly type: 'kicked'; readonly kicked: boolean };

export interface QuizProgress {
  /** Newest frame of this audience: a client behind it asks for what it missed. */
  readonly seq: number;
  readonly seats: number;
  readonly answered: number;
  /** Names that came last, for the lobby of host and screen. */
  readonly newest?: readonly string[];
  /** Who has come, for the lobby of host and screen. */
  readonly units?: readonly QuizUnitSeats[];
  /** To hosts: whether the room goes on by itself now, and whether it thinks that a console is there. */
  readonly advances?: boolean;
  readonly attended?: boolean;
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

export interface QuizHostSeat {
  readonly seat: number;
  readonly name: string;
  readonly unitName: string;
  readonly points: number;
  readonly kicked: boolean;
  readonly answered: boolean;
  readonly timePercent: number;
}

/** A seat in the host's searchable list. */
export interface QuizListedSeat extends QuizHostSeat {
  readonly memberId: string;
  readonly unitId: string;
  readonly correct: number;
  readonly answers: number;
  readonly place: number | null;
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
  readonly me: QuizMe | null;
  /** Host only: who holds the baton, and the first hundred seats. */
  readonly host: {
    readonly baton: { readonly console: string; readonly name: string } | null;
    readonly seats: readonly QuizHostSeat[];
    /** The room goes on by itself: because it was told to, or because no console is left and its options say so. */
    readonly advances: boolean;
    readonly autoAdvance: boolean;
    readonly attended: boolean;
  } | null;
}

export type QuizHostAct =
  | { readonly type: 'next' | 'open' | 'lock' | 'reveal' | 'scoreboard' | 'podium' | 'end' }
  | { readonly type: 'pause' | 'resume' | 'take-baton' }
  | { readonly type: 'kick' | 'unkick'; readonly seat: number }
  | { readonly type: 'lock-joining' | 'unlock-joining' | 'auto-advance-on' | 'auto-advance-off' }
  | { readonly type: 'time-factor'; readonly seat: number; readonly percent: number };
export const quizHostActs = [
  'next',
  'open',
  'lock',
  'reveal',
  'scoreboard',
  'podium',
  'end',
  'pause',
  'resume',
  'take-baton',
  'kick',
  'unkick',
  'lock-joining',
  'unlock-joining',
  'auto-advance-on',
  'auto-advance-off',
  'time-factor',
] as const satisfies readonly QuizHostAct['type'][];

export type LiveReply<T> = SocketReply<T>;

export interface LiveJoinBody {
  readonly code: string;
}
export interface LiveJoined {
  readonly roomId: string;
  readonly role: QuizAudience;
  readonly seq: number;
  readonly view: QuizView;
  readonly serverTime: number;
}
export interface LiveWatchBody {
  readonly roomId: string;
}
export interface LiveResumeBody {
  readonly roomId: string;
  readonly role: QuizAudience;
  readonly lastSeq: number;
}
export interface LiveAnswerBody {
  /** A UUID made once per intention; the same for every retry. */
  readonly commandId: string;
  readonly roomId: string;
  readonly question: number;
  /** One of these alone. */
  readonly choice: {
    readonly options?: readonly number[];
    readonly blanks?: readonly string[];
    readonly order?: readonly number[];
    readonly pairs?: readonly number[];
  };
}
export interface LiveCommandBody {
  readonly commandId: string;
  readonly roomId: string;
  /** Made by a console tab and kept over its refresh; holds the baton. */
  readonly console: string;
  readonly act: { readonly type: QuizHostAct['type']; readonly seat?: number; readonly percent?: number };
  /** What the console showed when the button was pressed; a room that has moved on refuses. */
  readonly expect?: { readonly phase: QuizPhase; readonly question: number };
}
export interface LiveTimeBody {
  /** The client's own clock, for its bookkeeping; the server does not believe it. */
  readonly sentAt?: number;
}
export interface LiveTimeReply {
  readonly receivedAt: number;
  readonly sentAt: number;
}
export interface LivePresence {
  readonly roomId: string;
  /** Persons online by audience; several devices of one player count once. */
  readonly online: Readonly<Partial<Record<QuizAudience, number>>>;
}

export type QuizFrame = RoomFrame<QuizNews>;
export type QuizCatchUp = RoomCatchUp<QuizNews, QuizView>;

/** Socket.io namespace `/live`, browser to server. Every message is acknowledged. */
export interface LiveClientMessages {
  'room:join': (body: LiveJoinBody, ack: (reply: LiveReply<LiveJoined>) => void) => void;
  'room:watch': (body: LiveWatchBody, ack: (reply: LiveReply<LiveJoined>) => void) => void;
  'room:resume': (body: LiveResumeBody, ack: (reply: LiveReply<QuizCatchUp>) => void) => void;
  'room:answer': (body: LiveAnswerBody, ack: (reply: LiveReply<RoomReceipt>) => void) => void;
  'room:command': (body: LiveCommandBody, ack: (reply: LiveReply<RoomReceipt>) => void) => void;
  'time:sync': (body: LiveTimeBody, ack: (reply: LiveReply<LiveTimeReply>) => void) => void;
}

/** Server to browser. `room:progress` and `room:presence` may be lost; the others not while the socket lives. */
export interface LiveServerMessages {
  'room:event': (frame: QuizFrame) => void;
  'room:personal': (message: {
    readonly roomId: string;
    readonly seq: number;
    readonly news: QuizPersonalNews;
  }) => void;
  'room:progress': (message: { readonly roomId: string } & QuizProgress) => void;
  'room:presence': (message: LivePresence) => void;
  /** The sign-in session has ended; the server closes the socket. */
  'session:ended': (problem: Problem) => void;
}
