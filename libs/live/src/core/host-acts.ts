import type {
  QuestionPicture,
  QuizHostAct,
  QuizNews,
  QuizPhase,
  QuizQuestionView,
  QuizShown,
  QuizTiming,
} from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { histogramOf } from './grading.js';
import type { QuizCommand } from './quiz-events.js';
import { leastLeadMs, questionOnShow, timePercents } from './quiz-state.js';
import type { QuizQuestion, QuizSetup, QuizState } from './quiz-state.js';
import { boardOf } from './ranking.js';

type HostCommand = Extract<QuizCommand, { type: 'host' }>;
type Decision = readonly QuizNews[] | Refusal;

/** What follows from a console's button; only the console with the baton moves the room, the first to act takes it. */
export function decideHost(state: QuizState, command: HostCommand, now: Instant): Decision {
  if (!state.setup) return refuse('live.room.not-ready');
  const { act, console, name, expect } = command;
  const taken: QuizNews = { type: 'baton-taken', console, name };
  const holds = state.baton?.console === console;
  if (act.type === 'take-baton') return holds ? [] : [taken];
  if (state.baton && !holds) return refuse('live.baton.elsewhere', { holder: state.baton.name });
  if (expect && (expect.phase !== state.phase || expect.question !== state.index)) {
    return refuse('live.command.out-of-step', { phase: state.phase, question: state.index });
  }
  const decided = decideAct(state, act, now);
  return 'kind' in decided ? decided : holds ? decided : [taken, ...decided];
}

const notNow = (state: QuizState): Refusal => refuse('live.command.not-now', { phase: state.phase });

function decideAct(state: QuizState, act: QuizHostAct, now: Instant): Decision {
  switch (act.type) {
    case 'next':
      return decideAct(state, { type: stepAfter(state) }, now);
    case 'open':
    case 'lock':
    case 'reveal':
    case 'scoreboard':
    case 'podium':
    case 'end':
      return decideStep(state, act.type, now);
    case 'pause':
      return state.pausedAt !== null || state.phase === 'ended' ? notNow(state) : [{ type: 'paused', at: now }];
    case 'resume':
      return state.pausedAt === null ? notNow(state) : [resumed(state, state.pausedAt, now)];
    case 'kick':
    case 'unkick':
      return decideKick(state, act.seat, act.type === 'kick');
    case 'lock-joining':
    case 'unlock-joining': {
      const locked = act.type === 'lock-joining';
      return locked === state.joiningLocked ? [] : [{ type: 'joining-locked', locked }];
    }
    case 'auto-advance-on':
    case 'auto-advance-off': {
      const on = act.type === 'auto-advance-on';
      return on === state.autoAdvance ? [] : [{ type: 'auto-advance-set', on, at: now }];
    }
    case 'time-factor':
      return decideTimeFactor(state, act.seat, act.percent);
    case 'take-baton':
      return [];
    default:
      return assertNever(act);
  }
}

type Step = 'open' | 'lock' | 'reveal' | 'scoreboard' | 'podium' | 'end';

function hasMore(state: QuizState): boolean {
  return state.index + 1 < (state.setup?.questions.length ?? 0);
}

/** The step of the one big button. */
export function stepAfter(state: QuizState): Step {
  switch (state.phase) {
    case 'lobby':
      return 'open';
    case 'question':
      return 'lock';
    case 'locked':
      return 'reveal';
    case 'revealed':
      return 'scoreboard';
    case 'scoreboard':
      return hasMore(state) ? 'open' : 'podium';
    case 'podium':
    case 'ended':
      return 'end';
    default:
      return assertNever(state.phase);
  }
}

const allowedFrom: Readonly<Record<Step, readonly QuizPhase[]>> = {
  open: ['lobby', 'revealed', 'scoreboard'],
  lock: ['question'],
  reveal: ['locked', 'question'],
  scoreboard: ['revealed'],
  podium: ['revealed', 'scoreboard'],
  end: ['lobby', 'question', 'locked', 'revealed', 'scoreboard', 'podium'],
};

export function decideStep(state: QuizState, step: Step, now: Instant): Decision {
  const { setup, index } = state;
  if (!setup || !allowedFrom[step].includes(state.phase)) return notNow(state);
  if (state.pausedAt !== null && step !== 'end') return refuse('live.room.paused');
  const question = questionOnShow(state);
  switch (step) {
    case 'open':
      return hasMore(state) ? [opened(setup, index + 1, now)] : notNow(state);
    case 'lock':
      return [{ type: 'answers-locked', question: index, by: 'host', at: now }];
    case 'reveal': {
      if (!question) return notNow(state);
      const locked: QuizNews = { type: 'answers-locked', question: index, by: 'host', at: now };
      return [...(state.phase === 'question' ? [locked] : []), revealed(state, question, now)];
    }
    case 'scoreboard':
      return [{ type: 'scoreboard-shown', at: now, ...boardOf(state) }];
    case 'podium':
      return [{ type: 'podium-shown', at: now, ...boardOf(state) }];
    case 'end':
      return endOf(state, now);
    default:
      return assertNever(step);
  }
}

/** The last board is the one that is stored: shown anew where it was not yet, or someone was removed after it. */
function endOf(state: QuizState, now: Instant): QuizNews[] {
  const board = boardOf(state);
  const isShown = state.phase === 'podium' && JSON.stringify(state.board) === JSON.stringify(board);
  return [...(isShown ? [] : [{ type: 'podium-shown' as const, at: now, ...board }]), { type: 'ended', at: now }];
}

function opened({ questions, options }: QuizSetup, index: number, now: Instant): QuizNews {
  const openAt = now + Math.max(leastLeadMs, options.readingMs);
  const timing = { shownAt: now, openAt, closeAt: openAt + options.limitMs };
  return { type: 'question-opened', question: questionView(questions, index, options.points), timing };
}

/** The question without anything of its key. */
export function questionView(questions: readonly QuizQuestion[], index: number, points: number): QuizQuestionView {
  const { type, stem, options, targets, material, pictures, optionPictures, targetPictures, key } = questions[index]!;
  const blanks = 'blanks' in key ? key.blanks.length : 0;
  const beside = { targets, material, pictures, optionPictures, targetPictures };
  const present = Object.fromEntries(Object.entries(beside).filter(([, part]) => part !== undefined));
  return { index, total: questions.length, type, stem, options, ...present, blanks, points };
}

/** Every picture that is shown with the question. */
export function picturesOf({ material, pictures, optionPictures, targetPictures }: QuizShown): QuestionPicture[] {
  const all = [
    ...(material?.pictures ?? []),
    ...(pictures ?? []),
    ...(optionPictures ?? []),
    ...(targetPictures ?? []),
  ];
  return all.filter((picture) => picture !== null);
}

function revealed(state: QuizState, question: QuizQuestion, now: Instant): QuizNews {
  const counted = [...state.answers].filter(([seat]) => !state.seats[seat - 1]?.kicked).map(([, answer]) => answer);
  const { key, explanation } = question;
  return {
    type: 'revealed',
    at: now,
    question: state.index,
    key,
    explanation,
    histogram: histogramOf(question, counted),
  };
}

export function shifted(timing: QuizTiming | null, byMs: number): QuizTiming | null {
  return timing && { shownAt: timing.shownAt + byMs, openAt: timing.openAt + byMs, closeAt: timing.closeAt + byMs };
}

/** The pause is given back, and a lead so that all phones go on together. */
function resumed(state: QuizState, pausedAt: Instant, now: Instant): QuizNews {
  const timing = state.phase === 'question' ? shifted(state.timing, now - pausedAt + leastLeadMs) : state.timing;
  return { type: 'resumed', at: now, timing };
}

function decideKick(state: QuizState, seatNumber: number, kicked: boolean): Decision {
  const seat = state.seats[seatNumber - 1];
  if (!seat) return refuse('live.seat.unknown', { seat: seatNumber });
  return seat.kicked === kicked ? [] : [{ type: 'seat-kicked', seat: seatNumber, kicked }];
}

function decideTimeFactor(state: QuizState, seatNumber: number, percent: number): Decision {
  const seat = state.seats[seatNumber - 1];
  if (!seat) return refuse('live.seat.unknown', { seat: seatNumber });
  const { least, most } = timePercents;
  if (!Number.isInteger(percent) || percent < least || percent > most) return refuse('live.seat.time-factor');
  return seat.timePercent === percent ? [] : [{ type: 'time-factor-set', seat: seatNumber, percent }];
}
