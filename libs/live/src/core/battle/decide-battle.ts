import type { BattleEnd, BattleNews } from '@xuekao/contracts';
import { assertNever, refuse } from '@xuekao/kernel';
import type { Instant, Refusal } from '@xuekao/kernel';
import { sharedPlaces } from '../ranking.js';
import { evolveBattle, playingSeats, seatOf, shiftedBattle } from './battle-state.js';
import type { BattleCommand, BattleEvent, BattleSeat, BattleState } from './battle-state.js';
import { elapsedOf, gameQuestionView, graceMs, isRight, parseOptions, timingFrom } from './game-question.js';

type Decision = readonly BattleEvent[] | Refusal;

/** Time for the phones to open the page. */
const readyMs = 3_000;
const limitMs = 15_000;
const revealMs = 3_000;
/** After so many questions in a row that no person answered there is nobody there. */
const idleMost = 3;

/** What follows from a player's answer, from leaving, and from the clock. Changes nothing. */
export function decideBattle(state: BattleState, command: BattleCommand, now: Instant): Decision {
  switch (command.type) {
    case 'prepare':
      if (state.setup) return [];
      return [{ type: 'battle-prepared', setup: command.setup, at: now, nextAt: now + readyMs }];
    case 'answer':
      return decideAnswer(state, command, now);
    case 'act':
      return command.act === 'leave' ? decideLeave(state, command.memberId, now) : notNow(state);
    case 'clock':
      return command.phase === state.phase && command.question === state.index ? decideClock(state, now) : [];
    case 'outage': {
      const byMs = command.to - Math.max(command.from, state.phaseAt);
      return byMs > 0 && nextBattleDeadline(state) !== null ? [shiftedBattle(state, byMs)] : [];
    }
    default:
      return assertNever(command);
  }
}

/** The next instant at which the battle moves by itself: a ghost answers, or the phase is over. */
export function nextBattleDeadline(state: BattleState): { at: Instant; command: BattleCommand } | null {
  if (!state.setup || state.phase === 'ended') return null;
  const command = { type: 'clock', phase: state.phase, question: state.index } as const;
  if (state.phase !== 'question' || !state.timing) return state.nextAt === null ? null : { at: state.nextAt, command };
  const { openAt, closeAt } = state.timing;
  const ghosts = waitingGhosts(state).map(({ elapsedMs }) => openAt + elapsedMs);
  return { at: Math.min(closeAt + graceMs + 1, ...ghosts), command };
}

const notNow = (state: BattleState): Refusal => refuse('live.battle.not-now', { phase: state.phase });

const ghostAnswer = (seat: BattleSeat, question: number) => seat.ghost?.find((answer) => answer.question === question);

/** Ghosts that answered this question in their game and have not yet done so here. */
function waitingGhosts(
  state: BattleState,
): { readonly seat: number; readonly elapsedMs: number; readonly correct: boolean }[] {
  return state.seats.flatMap((seat) => {
    const answer = ghostAnswer(seat, state.index);
    return answer && !state.answers[seat.seat] ? [{ ...answer, seat: seat.seat }] : [];
  });
}

/** Nobody who could still answer has not: a ghost that let the question pass is not waited for. */
function isComplete(state: BattleState): boolean {
  const persons = playingSeats(state).filter((seat) => seat.memberId !== null);
  return persons.every((seat) => state.answers[seat.seat]) && waitingGhosts(state).length === 0;
}

function decideAnswer(state: BattleState, command: Extract<BattleCommand, { type: 'answer' }>, now: Instant): Decision {
  const seat = seatOf(state, command.memberId);
  if (!seat) return refuse('live.seat.unknown');
  if (seat.hasLeft) return refuse('live.battle.left');
  const question = state.setup?.questions[state.index];
  const closed = refuse('live.answer.closed', { number: command.question + 1 });
  if (!question || !state.timing || state.phase !== 'question' || command.question !== state.index) return closed;
  if (now < state.timing.openAt) return refuse('live.answer.too-early', { openAt: state.timing.openAt });
  if (now > state.timing.closeAt + graceMs) return closed;
  const choice = parseOptions(question, command.choice.options);
  if (!choice) return refuse('live.answer.invalid', { type: question.type });
  const former = state.answers[seat.seat];
  if (former) {
    return JSON.stringify(former.choice) === JSON.stringify(choice)
      ? []
      : refuse('live.answer.already', { number: command.question + 1 });
  }
  const elapsedMs = elapsedOf(state.timing, now);
  const taken = answered(state, { seat: seat.seat, choice, elapsedMs, correct: isRight(question, choice) });
  return withReveal(state, taken, now);
}

interface Answer {
  readonly seat: number;
  readonly choice: readonly number[] | null;
  readonly elapsedMs: number;
  readonly correct: boolean;
}

function answered({ index }: BattleState, answer: Answer): BattleEvent[] {
  const news: BattleEvent = { type: 'battle-answered', seat: answer.seat, question: index };
  return [{ type: 'answer-taken', question: index, ...answer }, news];
}

/** The events, and the reveal after them when they leave nobody to wait for. */
function withReveal(state: BattleState, events: readonly BattleEvent[], now: Instant): readonly BattleEvent[] {
  const after = events.reduce(evolveBattle, state);
  return after.phase === 'question' && isComplete(after) ? [...events, revealed(after, now)] : events;
}

function revealed(state: BattleState, at: Instant): BattleNews {
  const { key, explanation } = state.setup!.questions[state.index]!;
  const results = state.seats.map(({ seat }) => {
    const answer = state.answers[seat];
    const { correct = false, elapsedMs = 0 } = answer ?? {};
    return { seat, answered: answer !== undefined, correct, elapsedMs };
  });
  return { type: 'battle-revealed', question: state.index, key, explanation, results, at, nextAt: at + revealMs };
}

function decideLeave(state: BattleState, memberId: string, now: Instant): Decision {
  const seat = seatOf(state, memberId);
  if (!seat) return refuse('live.seat.unknown');
  if (state.phase === 'ended') return refuse('live.room.ended');
  if (seat.hasLeft) return [];
  const left: BattleEvent = { type: 'battle-left', seat: seat.seat, at: now };
  const after = evolveBattle(state, left);
  const playing = playingSeats(after);
  const isDeserted = playing.every(({ memberId: id }) => id === null) || playing.length < 2;
  return isDeserted ? [left, ended(after, 'left', now)] : withReveal(state, [left], now);
}

function decideClock(state: BattleState, now: Instant): Decision {
  const due = nextBattleDeadline(state);
  if (!due || now < due.at || !state.setup) return [];
  if (state.phase !== 'question' || !state.timing) {
    if (state.idle >= idleMost) return [ended(state, 'nobody-answers', now)];
    const question = state.setup.questions[state.index + 1];
    if (!question) return [ended(state, 'played', now)];
    const view = gameQuestionView(question, state.index + 1);
    return [{ type: 'battle-opened', question: view, timing: timingFrom(now, limitMs) }];
  }
  const { openAt, closeAt } = state.timing;
  const ghosts = waitingGhosts(state)
    .filter(({ elapsedMs }) => openAt + elapsedMs <= now)
    .flatMap(({ seat, elapsedMs, correct }) => answered(state, { seat, choice: null, elapsedMs, correct }));
  if (now <= closeAt + graceMs) return withReveal(state, ghosts, now);
  return [...ghosts, revealed(ghosts.reduce(evolveBattle, state), now)];
}

/** More right answers first, then less time over them, then a shared place; who left comes after all that stayed. */
function ended(state: BattleState, end: BattleEnd, at: Instant): BattleNews {
  const order = state.seats.toSorted(
    (a, b) =>
      Number(a.hasLeft) - Number(b.hasLeft) || b.correct - a.correct || a.scoringMs - b.scoringMs || a.seat - b.seat,
  );
  const places = sharedPlaces(
    order,
    (a, b) => a.hasLeft === b.hasLeft && a.correct === b.correct && a.scoringMs === b.scoringMs,
  );
  return { type: 'battle-ended', end, at, places: order.map(({ seat }, index) => ({ seat, place: places[index]! })) };
}
