import type { QuizAudience, QuizPhase, QuizView } from './live.js';
import type { QuizNews, QuizPersonalNews, QuizProgress } from './live-news.js';
import type { Problem } from './problem.js';
import type { RoomCatchUp, RoomFrame, RoomReceipt } from './rooms.js';
import type { SocketReply } from './socket.js';

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
/** What a frame does not tell of a view: counters, and what concerns its viewer alone. */
export type QuizUntold = Pick<QuizView, 'joiningLocked' | 'seats' | 'answered' | 'units' | 'newest' | 'me' | 'host'>;
export type QuizCatchUp = RoomCatchUp<QuizNews, QuizView, QuizUntold>;

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
