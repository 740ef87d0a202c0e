import type { QuizUntold, QuizView } from '@xuekao/contracts';
import { decideQuiz, nextQuizDeadline } from './decide.js';
import { evolveQuiz } from './evolve.js';
import type { QuizRules } from './grading.js';
import { answerInquiry } from './host-lists.js';
import type { QuizInquiry } from './host-lists.js';
import type { QuizCommand, QuizEvent } from './quiz-events.js';
import { decodeQuiz, emptyQuiz, encodeQuiz } from './quiz-state.js';
import type { QuizState } from './quiz-state.js';
import { isVisible, personalNews, quizProgress, quizUntold, quizViewFor } from './view.js';

/** The hall quiz in the shape of a room machine; rooms knows the shape, the core does not know rooms. */
export const quizMachineOf = (rules: QuizRules) => ({
  kind: 'live.quiz',
  version: 2,
  audiences: { player: { progressMs: 5000 }, host: { progressMs: 500 }, screen: { progressMs: 500 } },
  initial: emptyQuiz,
  decide: (state: QuizState, command: QuizCommand, now: number) => decideQuiz(state, command, now, rules),
  evolve: evolveQuiz,
  nextDeadline: nextQuizDeadline,
  afterOutage(state: QuizState, from: number, to: number): QuizCommand | null {
    return nextQuizDeadline(state) === null ? null : { type: 'outage', from, to };
  },
  /** The hall waits for its host, not for company. */
  isUrgent: (command: QuizCommand): boolean => command.type === 'host',
  isOver: (state: QuizState): boolean => state.phase === 'ended',
  viewFor: (state: QuizState, viewer: { audience: string; seat: string | null }): QuizView =>
    quizViewFor(state, viewer.audience, viewer.seat),
  untold: (state: QuizState, viewer: { audience: string; seat: string | null }): QuizUntold =>
    quizUntold(state, viewer.audience, viewer.seat),
  visible: (event: QuizEvent, audience: string): 'full' | 'skip' => (isVisible(event, audience) ? 'full' : 'skip'),
  personal: personalNews,
  inspect: (state: QuizState, inquiry: unknown): unknown => answerInquiry(state, inquiry as QuizInquiry),
  progress: quizProgress,
  encode: encodeQuiz,
  decode: decodeQuiz,
});
