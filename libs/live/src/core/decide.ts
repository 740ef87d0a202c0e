import type { QuizTiming } from '@xuekao/contracts';
import { assertNever, isRefusal, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { isCorrect, parseChoice, sameChoice } from './grading.js';
import type { QuizRules } from './grading.js';
import { decideHost, decideStep, shifted, stepAfter } from './host-acts.js';
import type { QuizCommand, QuizEvent } from './quiz-events.js';
import { countedMs, lastCloseAt, nextScreenAt, ownCloseAt } from './room-clock.js';
import { questionOnShow, seatOfMember } from './quiz-state.js';
import type { QuizPlayer, QuizState } from './quiz-state.js';

type Decision = readonly QuizEvent[] | Refusal;
type Command<Type extends QuizCommand['type']> = Extract<QuizCommand, { type: Type }>;

/** The whole of the quiz' rules: what follows from a command in a state at an instant. Changes nothing. */
export function decideQuiz(state: QuizState, command: QuizCommand, now: Instant, rules: QuizRules): Decision {
  switch (command.type) {
    case 'prepare':
      return state.setup ? [] : [{ type: 'room-prepared', setup: command.setup, at: now }];
    case 'join':
      return decideJoin(state, command.player);
    case 'answer':
      return decideAnswer(state, command, now, rules);
    case 'host':
      return state.phase === 'ended' ? refuse('live.room.ended') : decideHost(state, command, now);
    case 'attend':
      return decideAttend(state, command.attended, now);
    case 'clock':
      return decideClock(state, command, now);
    case 'outage':
      return decideOutage(state, command, now);
    default:
      return assertNever(command);
  }
}

function decideJoin(state: QuizState, player: QuizPlayer): Decision {
  if (!state.setup) return refuse('live.room.not-ready');
  if (state.phase === 'ended') return refuse('live.room.ended');
  const seat = seatOfMember(state, player.memberId);
  if (seat) return seat.kicked ? refuse('live.seat.kicked') : [];
  const { options } = state.setup;
  if (state.joiningLocked) return refuse('live.room.locked');
  if (state.phase !== 'lobby' && options.joining === 'before-first') return refuse('live.room.started');
  if (state.seats.length >= options.seatLimit) return refuse('live.room.full', { limit: options.seatLimit });
  return [{ type: 'seat-taken', seat: state.seats.length + 1, player }];
}

function decideAnswer(state: QuizState, command: Command<'answer'>, now: Instant, rules: QuizRules): Decision {
  const { setup, timing } = state;
  if (!setup) return refuse('live.room.not-ready');
  const seat = seatOfMember(state, command.memberId);
  if (!seat) return refuse('live.seat.unknown');
  if (seat.kicked) return refuse('live.seat.kicked');
  const question = questionOnShow(state);
  const closed = refuse('live.answer.closed', { number: command.question + 1 });
  if (!question || !timing || command.question !== state.index || state.phase !== 'question') return closed;
  if (state.pausedAt !== null) return refuse('live.room.paused');
  if (now < timing.openAt) return refuse('live.answer.too-early', { openAt: timing.openAt });
  const closeAt = ownCloseAt(timing, seat.timePercent);
  if (now > closeAt + setup.options.graceMs) return closed;
  const choice = parseChoice(question, command.choice);
  if (!choice) return refuse('live.answer.invalid', { type: question.type });
  const former = state.answers.get(seat.seat);
  if (former && sameChoice(former.choice, choice)) return [];
  if (former && !setup.options.changeable) return refuse('live.answer.already', { number: command.question + 1 });
  const elapsedMs = Math.min(now, closeAt) - timing.openAt;
  const answered = {
    type: 'answered',
    seat: seat.seat,
    question: state.index,
    choice,
    elapsedMs,
    countedMs: countedMs(elapsedMs, seat.timePercent),
    late: now > closeAt,
    correct: isCorrect(question, choice, rules),
  } as const;
  const isLast = !former && setup.options.lockWhenAllAnswered && waitsForNobodyElse(state);
  if (!isLast || setup.options.changeable) return [answered];
  return [answered, { type: 'answers-locked', question: state.index, by: 'all-answered', at: now }];
}

/** Whether the next new answer is the last one possible. Kicked seats may have answered before. */
function waitsForNobodyElse(state: QuizState): boolean {
  if (state.answers.size + 1 < state.seats.length - state.kickedSeats) return false;
  const waiting = state.seats.filter((seat) => !seat.kicked && !state.answers.has(seat.seat));
  return waiting.length === 1;
}

/** The next instant at which the room moves by itself; null while it waits for the host. */
export function nextQuizDeadline(state: QuizState): { at: Instant; command: QuizCommand } | null {
  const { setup, phase, timing } = state;
  if (!setup || state.pausedAt !== null) return null;
  const command = { type: 'clock', phase, question: state.index } as const;
  if (phase === 'question') return timing && { at: lastCloseAt(state, timing) + setup.options.graceMs + 1, command };
  const at = nextScreenAt(state);
  return at === null ? null : { at, command };
}

function decideAttend(state: QuizState, attended: boolean, now: Instant): Decision {
  if (!state.setup?.options.advanceUnattended || state.phase === 'ended') return [];
  return attended === state.attended ? [] : [{ type: 'attended', attended, at: now }];
}

function decideClock(state: QuizState, command: Command<'clock'>, now: Instant): Decision {
  const due = nextQuizDeadline(state);
  if (!due || now < due.at || command.phase !== state.phase || command.question !== state.index) return [];
  if (state.phase === 'question') return [{ type: 'answers-locked', question: state.index, by: 'clock', at: now }];
  const decided = decideStep(state, stepAfter(state), now);
  return isRefusal(decided) ? [] : decided;
}

/** An outage counts for nobody: every clock of the room goes on where it stood when it was last known to run. */
function decideOutage(state: QuizState, { from, to }: Command<'outage'>, now: Instant): Decision {
  const byMs = to - Math.max(from, state.phaseAt);
  if (byMs <= 0 || nextQuizDeadline(state) === null) return [];
  const timing: QuizTiming | null = state.phase === 'question' ? shifted(state.timing, byMs) : state.timing;
  return [{ type: 'clock-shifted', at: now, byMs, timing }];
}
