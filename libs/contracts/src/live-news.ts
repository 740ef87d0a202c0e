import type {
  QuizArrival,
  QuizBoard,
  QuizQuestionView,
  QuizResult,
  QuizReveal,
  QuizTiming,
  QuizUnitSeats,
} from './live.js';

/** What sockets see, in the order of the log. The room's housekeeping reaches hosts alone. */
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
  | { readonly type: 'auto-advance-set'; readonly on: boolean; readonly at: number }
  | { readonly type: 'time-factor-set'; readonly seat: number; readonly percent: number }
  | { readonly type: 'ended'; readonly at: number };

/** For one seat alone. `time-factor`: how long he may answer, in percent of the common time. */
export type QuizPersonalNews =
  | { readonly type: 'result'; readonly result: QuizResult }
  | { readonly type: 'kicked'; readonly kicked: boolean }
  | { readonly type: 'time-factor'; readonly percent: number };

export interface QuizProgress {
  /** Newest frame of this audience: a client behind it asks for what it missed. */
  readonly seq: number;
  readonly seats: number;
  readonly answered: number;
  /** Who came last, newest at the end, for the lobby of host and screen. */
  readonly newest?: readonly QuizArrival[];
  /** Who has come, for the lobby of host and screen. */
  readonly units?: readonly QuizUnitSeats[];
  /** To hosts: whether the room goes on by itself now, and whether it thinks that a console is there. */
  readonly advances?: boolean;
  readonly attended?: boolean;
  readonly extended?: number;
  readonly nextAt?: number | null;
}
