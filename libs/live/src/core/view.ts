import type {
  QuizArrival,
  QuizMe,
  QuizPersonalNews,
  QuizProgress,
  QuizResult,
  QuizTiming,
  QuizUnitSeats,
  QuizUntold,
  QuizView,
} from '@xuekao/contracts';
import { seededRng } from '@xuekao/kernel';
import { fittedView } from './fitted-view.js';
import { questionView } from './host-acts.js';
import type { QuizEvent } from './quiz-events.js';
import { questionOnShow, seatOfMember } from './quiz-state.js';
import type { QuizSeat, QuizState } from './quiz-state.js';
import { advancesSince, nextScreenAt } from './room-clock.js';

/** Audiences see news, not secrets; players and screens do not see the host's housekeeping. */
export function isVisible(event: QuizEvent, audience: string): boolean {
  switch (event.type) {
    case 'room-prepared':
    case 'seat-taken':
    case 'answered':
    case 'attended':
      return false;
    case 'joining-locked':
    case 'seat-kicked':
    case 'baton-taken':
    case 'auto-advance-set':
    case 'time-factor-set':
      return audience === 'host';
    default:
      return audience === 'player' || audience === 'host' || audience === 'screen';
  }
}

/** The order in which one player sees the options: a permutation of their indices, the same on server and phone. */
export function optionOrderOf(orderSeed: string, question: number, options: number): number[] {
  return seededRng(`${orderSeed}:${question}`).shuffle([...Array(options).keys()]);
}

const newestNames = 12;

/** What a viewer may see now. `seat` is the member's id for the player audience. */
export function quizViewFor(state: QuizState, audience: string, memberId: string | null): QuizView {
  const { setup, phase } = state;
  const inQuestion = state.index >= 0 && phase !== 'podium' && phase !== 'ended';
  const question =
    setup && inQuestion && questionOnShow(state)
      ? questionView(setup.questions, state.index, setup.options.points)
      : null;
  const timing: QuizTiming | null = phase === 'question' || phase === 'locked' ? state.timing : null;
  const showsBoard = phase === 'scoreboard' || phase === 'podium' || phase === 'ended';
  const view: QuizView = {
    roomId: state.roomId,
    title: setup?.title ?? '',
    rehearsal: setup?.rehearsal ?? false,
    phase,
    paused: state.pausedAt !== null,
    ...quizUntold(state, audience, memberId),
    changeable: setup?.options.changeable ?? false,
    shuffled: setup?.options.shuffleOptions ?? false,
    total: setup?.questions.length ?? 0,
    question,
    timing,
    reveal: phase === 'revealed' || phase === 'scoreboard' ? state.reveal : null,
    board: showsBoard ? state.board : null,
  };
  return audience === 'player' ? fittedView(view) : view;
}

/** What no frame tells of a view; `isVisible` and this leave nothing out between them. */
export function quizUntold(state: QuizState, audience: string, memberId: string | null): QuizUntold {
  const seat = memberId === null ? undefined : seatOfMember(state, memberId);
  return {
    joiningLocked: state.joiningLocked,
    seats: state.seats.length,
    answered: state.answers.size,
    units: state.phase === 'lobby' && audience !== 'player' ? unitSeats(state) : null,
    newest: state.phase === 'lobby' && audience !== 'player' ? newestOf(state) : null,
    me: audience === 'player' && seat ? meOf(state, seat) : null,
    host: audience === 'host' ? hostOf(state) : null,
  };
}

function hostOf(state: QuizState): QuizView['host'] {
  return { baton: state.baton, autoAdvance: state.autoAdvance, ...houseOf(state) };
}

function houseOf(state: QuizState) {
  const { attended, extended } = state;
  const advances = advancesSince(state) !== null;
  return { attended, extended: extended.length, advances, nextAt: nextScreenAt(state) };
}

const listedUnits = 24;

const newestOf = ({ seats }: QuizState): QuizArrival[] =>
  seats.slice(-newestNames).map(({ player: { name, unitName } }) => ({ name, unitName }));

/** The units with most seats taken first; removed seats do not count. */
function unitSeats(state: QuizState): QuizUnitSeats[] {
  const units = new Map<string, { unitName: string; seats: number; roll: number }>();
  for (const { player, kicked } of state.seats) {
    if (kicked) continue;
    const unit = units.get(player.unitId) ?? { unitName: player.unitName, seats: 0, roll: 0 };
    unit.seats += 1;
    unit.roll = Math.max(unit.roll, player.unitRoll, unit.seats);
    units.set(player.unitId, unit);
  }
  return [...units.values()].sort((a, b) => b.seats - a.seats).slice(0, listedUnits);
}

function meOf(state: QuizState, seat: QuizSeat): QuizMe {
  const shuffles = state.setup?.options.shuffleOptions ?? false;
  const orderSeed = shuffles ? `${state.roomId}:${seat.seat}` : null;
  const question = questionOnShow(state);
  const shuffled = orderSeed !== null && question !== undefined && isShuffled(question.type);
  return {
    seat: seat.seat,
    name: seat.player.name,
    points: seat.points,
    place: seat.place,
    kicked: seat.kicked,
    choice: state.answers.get(seat.seat)?.choice ?? null,
    result: resultOf(seat),
    timePercent: seat.timePercent,
    orderSeed,
    optionOrder: shuffled ? optionOrderOf(orderSeed, state.index, question.options.length) : null,
  };
}

/** Right and wrong keep their usual order, blanks have none, and a matching stands in an order that tells nothing. */
export function isShuffled(type: string): boolean {
  return type === 'single' || type === 'multiple' || type === 'ordering';
}

function resultOf(seat: QuizSeat): QuizResult | null {
  return seat.last && { ...seat.last, points: seat.points, place: seat.place ?? 0 };
}

/** What a seat is told of itself alone. */
export function* personalNews(state: QuizState, event: QuizEvent): Iterable<readonly [string, QuizPersonalNews]> {
  if (event.type === 'time-factor-set') {
    const seat = state.seats[event.seat - 1];
    if (seat) yield [seat.player.memberId, { type: 'time-factor', percent: seat.timePercent }];
  }
  if (event.type === 'seat-kicked') {
    const seat = state.seats[event.seat - 1];
    if (seat) yield [seat.player.memberId, { type: 'kicked', kicked: event.kicked }];
  }
  // On the podium again: somebody's place may have changed by a removal after the last reveal.
  if (event.type !== 'revealed' && event.type !== 'podium-shown') return;
  for (const seat of state.seats) {
    const result = resultOf(seat);
    if (result && (event.type === 'podium-shown' || result.question === event.question))
      yield [seat.player.memberId, { type: 'result', result }];
  }
}

export function quizProgress(state: QuizState, audience: string): Omit<QuizProgress, 'seq'> {
  const seen = { seats: state.seats.length, answered: state.answers.size };
  if (audience === 'player') return seen;
  const counts = audience === 'host' ? { ...seen, ...houseOf(state) } : seen;
  if (state.phase !== 'lobby') return counts;
  return { ...counts, newest: newestOf(state), units: unitSeats(state) };
}
