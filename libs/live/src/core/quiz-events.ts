import type { QuizChoice, QuizHostAct, QuizNews, QuizPhase } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import type { QuizPlayer, QuizSetup } from './quiz-state.js';

/** What is written but never broadcast: the prepared questions with their keys, the roll, and the answers. */
export type QuizSecret =
  | { readonly type: 'room-prepared'; readonly setup: QuizSetup; readonly at: Instant }
  | { readonly type: 'seat-taken'; readonly seat: number; readonly player: QuizPlayer }
  | {
      readonly type: 'answered';
      readonly seat: number;
      readonly question: number;
      readonly choice: QuizChoice;
      readonly elapsedMs: number;
      readonly countedMs: number;
      readonly late: boolean;
      readonly correct: boolean;
    }
  | { readonly type: 'attended'; readonly attended: boolean; readonly at: Instant };

export type QuizEvent = QuizNews | QuizSecret;

export type QuizCommand =
  | { readonly type: 'prepare'; readonly setup: QuizSetup }
  | { readonly type: 'join'; readonly player: QuizPlayer }
  | { readonly type: 'answer'; readonly memberId: string; readonly question: number; readonly choice: QuizChoice }
  | {
      readonly type: 'host';
      readonly console: string;
      readonly name: string;
      readonly act: QuizHostAct;
      readonly expect?: { readonly phase: QuizPhase; readonly question: number };
    }
  /** The sockets' word on whether any console is there. */
  | { readonly type: 'attend'; readonly attended: boolean }
  /** The room's own clock: close the question, or go on where the room advances by itself. */
  | { readonly type: 'clock'; readonly phase: QuizPhase; readonly question: number }
  | { readonly type: 'outage'; readonly from: Instant; readonly to: Instant };
