import type {
  BattleMe,
  SurvivalEnd,
  SurvivalNews,
  SurvivalPhase,
  SurvivalReveal,
  SurvivalView,
} from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import type { QuizTiming } from '@xuekao/contracts';
import type { BattleCommand } from './battle-state.js';
import {
  elapsedOf,
  gameQuestionView,
  graceMs,
  isRight,
  orderFor,
  orderSeedOf,
  parseOptions,
  shiftedTiming,
  timingFrom,
} from './game-question.js';
import type { GameQuestion, RecordedAnswer } from './game-question.js';

export interface SurvivalSetup {
  readonly memberId: string;
  readonly questions: readonly GameQuestion[];
}

export type SurvivalEvent =
  | SurvivalNews
  | {
      readonly type: 'survival-prepared';
      readonly setup: SurvivalSetup;
      readonly at: Instant;
      readonly nextAt: Instant;
    }
  | ({ readonly type: 'survival-answered' } & RecordedAnswer);

export type SurvivalCommand =
  | { readonly type: 'prepare'; readonly setup: SurvivalSetup }
  | { readonly type: 'clock'; readonly phase: SurvivalPhase; readonly question: number }
  | Exclude<BattleCommand, { type: 'prepare' | 'clock' }>;

/** Plain JSON. */
export interface SurvivalState {
  readonly roomId: string;
  readonly setup: SurvivalSetup | null;
  readonly phase: SurvivalPhase;
  readonly index: number;
  readonly phaseAt: Instant;
  readonly nextAt: Instant | null;
  readonly timing: QuizTiming | null;
  readonly streak: number;
  readonly isRevived: boolean;
  readonly reveal: SurvivalReveal | null;
  readonly end: SurvivalEnd | null;
  readonly answers: readonly RecordedAnswer[];
}

const readyMs = 2_000;
const limitMs = 30_000;
const revealMs = 2_500;
const reviveWithinMs = 20_000;
/** After the last mistake its answer stays so long, unless the player goes on to the result before. */
const lastLookMs = 15_000;

export const emptySurvival = (roomId: string): SurvivalState => ({
  roomId,
  setup: null,
  phase: 'ready',
  index: -1,
  phaseAt: 0,
  nextAt: null,
  timing: null,
  streak: 0,
  isRevived: false,
  reveal: null,
  end: null,
  answers: [],
});

/** Right answers until the second mistake; the first may be made good by one revive. No answer in time is a mistake. */
export function decideSurvival(
  state: SurvivalState,
  command: SurvivalCommand,
  now: Instant,
): readonly SurvivalEvent[] | Refusal {
  switch (command.type) {
    case 'prepare':
      if (state.setup) return [];
      return [{ type: 'survival-prepared', setup: command.setup, at: now, nextAt: now + readyMs }];
    case 'answer':
      return decideAnswer(state, command, now);
    case 'act':
      return decideAct(state, command, now);
    case 'clock':
      return command.phase === state.phase && command.question === state.index ? decideClock(state, now) : [];
    case 'outage': {
      const byMs = command.to - Math.max(command.from, state.phaseAt);
      if (byMs <= 0 || nextSurvivalDeadline(state) === null) return [];
      const timing = state.phase === 'question' ? shiftedTiming(state.timing, byMs) : state.timing;
      return [{ type: 'survival-shifted', byMs, timing }];
    }
    default:
      return assertNever(command);
  }
}

export function nextSurvivalDeadline(state: SurvivalState): { at: Instant; command: SurvivalCommand } | null {
  if (!state.setup || state.phase === 'ended') return null;
  const at = state.phase === 'question' && state.timing ? state.timing.closeAt + graceMs + 1 : state.nextAt;
  return at === null ? null : { at, command: { type: 'clock', phase: state.phase, question: state.index } };
}

function decideAnswer(
  state: SurvivalState,
  command: Extract<SurvivalCommand, { type: 'answer' }>,
  now: Instant,
): readonly SurvivalEvent[] | Refusal {
  if (command.memberId !== state.setup?.memberId) return refuse('live.seat.unknown');
  const closed = refuse('live.answer.closed', { number: command.question + 1 });
  const question = state.setup.questions[state.index];
  if (!question || !state.timing || state.phase !== 'question' || command.question !== state.index) return closed;
  if (now < state.timing.openAt) return refuse('live.answer.too-early', { openAt: state.timing.openAt });
  if (now > state.timing.closeAt + graceMs) return closed;
  const choice = parseOptions(question, command.choice.options);
  if (!choice) return refuse('live.answer.invalid', { type: question.type });
  const correct = isRight(question, choice);
  const elapsedMs = elapsedOf(state.timing, now);
  return [
    { type: 'survival-answered', question: state.index, elapsedMs, correct, choice },
    ...revealed(state, choice, now),
  ];
}

function revealed(state: SurvivalState, choice: readonly number[] | null, at: Instant): SurvivalEvent[] {
  const question = state.setup!.questions[state.index]!;
  const correct = choice !== null && isRight(question, choice);
  const streak = state.streak + (correct ? 1 : 0);
  const mayRevive = !correct && !state.isRevived;
  const { key, explanation } = question;
  const reveal: SurvivalEvent = {
    type: 'survival-revealed',
    question: state.index,
    key,
    explanation,
    choice,
    correct,
    streak,
    mayRevive,
    at,
    nextAt: at + (correct ? revealMs : mayRevive ? reviveWithinMs : lastLookMs),
  };
  return [reveal];
}

/** The last mistake is on show: what is left is to look at it. */
const isLost = ({ phase, reveal }: SurvivalState): boolean => phase === 'revealed' && reveal?.correct === false;

function decideAct(
  state: SurvivalState,
  { memberId, act }: Extract<SurvivalCommand, { type: 'act' }>,
  at: Instant,
): readonly SurvivalEvent[] | Refusal {
  if (memberId !== state.setup?.memberId) return refuse('live.seat.unknown');
  if (state.phase === 'ended') return refuse('live.room.ended');
  const end = isLost(state) ? 'mistake' : 'gave-up';
  if (act === 'leave') return [{ type: 'survival-ended', end, streak: state.streak, at }];
  if (state.phase !== 'revive') return refuse('live.battle.not-now', { phase: state.phase });
  return [{ type: 'survival-revived', at, nextAt: at + readyMs }];
}

function decideClock(state: SurvivalState, now: Instant): readonly SurvivalEvent[] {
  const due = nextSurvivalDeadline(state);
  if (!due || now < due.at || !state.setup) return [];
  const { streak } = state;
  if (state.phase === 'question') return revealed(state, null, now);
  if (state.phase === 'revive') return [{ type: 'survival-ended', end: 'not-revived', streak, at: now }];
  if (isLost(state)) return [{ type: 'survival-ended', end: 'mistake', streak, at: now }];
  const question = state.setup.questions[state.index + 1];
  if (!question) return [{ type: 'survival-ended', end: 'all-answered', streak, at: now }];
  const view = gameQuestionView(question, state.index + 1);
  return [{ type: 'survival-opened', question: view, timing: timingFrom(now, limitMs) }];
}

/** Folds one event; the state given stays as it is. */
export function evolveSurvival(state: SurvivalState, event: SurvivalEvent): SurvivalState {
  switch (event.type) {
    case 'survival-prepared':
      return { ...state, setup: event.setup, phaseAt: event.at, nextAt: event.nextAt };
    case 'survival-opened': {
      const { question, timing } = event;
      const opened = { index: question.index, timing, reveal: null, nextAt: null };
      return { ...state, ...opened, phase: 'question', phaseAt: timing.shownAt };
    }
    case 'survival-answered': {
      const { type: _type, ...answer } = event;
      return { ...state, answers: [...state.answers, answer] };
    }
    case 'survival-revealed': {
      const { question, key, explanation, choice, correct, streak, nextAt, at } = event;
      const reveal = { question, key, explanation, choice, correct };
      return { ...state, phase: event.mayRevive ? 'revive' : 'revealed', phaseAt: at, nextAt, streak, reveal };
    }
    case 'survival-revived':
      return { ...state, phase: 'ready', phaseAt: event.at, nextAt: event.nextAt, isRevived: true };
    case 'survival-shifted': {
      const nextAt = state.nextAt === null ? null : state.nextAt + event.byMs;
      return { ...state, timing: event.timing, nextAt, phaseAt: state.phaseAt + event.byMs };
    }
    case 'survival-ended':
      return { ...state, phase: 'ended', phaseAt: event.at, nextAt: null, end: event.end };
    default:
      return assertNever(event);
  }
}

export function survivalViewFor(state: SurvivalState, memberId: string | null): SurvivalView {
  const question = state.setup?.questions[state.index];
  const isMine = memberId !== null && memberId === state.setup?.memberId;
  return {
    game: 'survival',
    roomId: state.roomId,
    phase: state.phase,
    streak: state.streak,
    isRevived: state.isRevived,
    question: question ? gameQuestionView(question, state.index) : null,
    timing: state.phase === 'question' ? state.timing : null,
    nextAt: state.nextAt,
    reveal: state.reveal,
    end: state.end,
    me: isMine ? meOf(state, question) : null,
  };
}

function meOf(state: SurvivalState, question: GameQuestion | undefined): BattleMe {
  const orderSeed = orderSeedOf(state.roomId, 1);
  const optionOrder = orderFor(orderSeed, question, state.index);
  return { seat: 1, choice: state.reveal?.choice ?? null, orderSeed, optionOrder };
}

export const isSurvivalNews = (event: SurvivalEvent): boolean =>
  event.type !== 'survival-prepared' && event.type !== 'survival-answered';

/** In the shape of a room machine. */
export const survivalMachine = {
  kind: 'live.survival',
  version: 1,
  audiences: { player: { progressMs: 60_000 } },
  initial: emptySurvival,
  decide: (state: SurvivalState, command: SurvivalCommand, now: number) => decideSurvival(state, command, now),
  evolve: evolveSurvival,
  nextDeadline: nextSurvivalDeadline,
  afterOutage: (state: SurvivalState, from: number, to: number): SurvivalCommand | null =>
    nextSurvivalDeadline(state) === null ? null : { type: 'outage', from, to },
  isOver: (state: SurvivalState): boolean => state.phase === 'ended',
  viewFor: (state: SurvivalState, viewer: { seat: string | null }): SurvivalView => survivalViewFor(state, viewer.seat),
  visible: (event: SurvivalEvent): 'full' | 'skip' => (isSurvivalNews(event) ? 'full' : 'skip'),
  personal: (): [] => [],
  progress: (): null => null,
  encode: (state: SurvivalState): string => JSON.stringify(state),
  decode: (text: string): SurvivalState => JSON.parse(text) as SurvivalState,
};
