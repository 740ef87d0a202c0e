import { assertNever } from '@xuekao/kernel';
import type { QuizEvent } from './quiz-events.js';
import type { QuizState } from './quiz-state.js';
import { placeSeats, scoreQuestion } from './scoring.js';

/** Folds one event into the state it is given. */
export function evolveQuiz(state: QuizState, event: QuizEvent): QuizState {
  switch (event.type) {
    case 'room-prepared':
      state.setup = event.setup;
      state.phaseAt = event.at;
      state.joiningLocked = event.setup.options.joining === 'locked';
      state.autoAdvance = event.setup.options.autoAdvance;
      return state;
    case 'seat-taken':
      return takeSeat(state, event);
    case 'answered': {
      const { choice, elapsedMs, countedMs, late, correct } = event;
      // A changed answer moves to the end: the order of the map is the order of arrival.
      state.answers.delete(event.seat);
      state.answers.set(event.seat, { choice, elapsedMs, countedMs, late, correct });
      return state;
    }
    case 'question-opened':
      state.index = event.question.index;
      state.timing = event.timing;
      state.answers = new Map();
      state.reveal = null;
      return enter(state, 'question', event.timing.shownAt);
    case 'answers-locked':
      return enter(state, 'locked', event.at);
    case 'revealed': {
      const { question, key, explanation, histogram } = event;
      state.reveal = { question, key, explanation, histogram };
      scoreQuestion(state);
      return enter(state, 'revealed', event.at);
    }
    case 'scoreboard-shown':
    case 'podium-shown':
      state.board = { seats: event.seats, units: event.units };
      if (event.type === 'podium-shown') placeSeats(state);
      return enter(state, event.type === 'podium-shown' ? 'podium' : 'scoreboard', event.at);
    case 'ended':
      state.pausedAt = null;
      return enter(state, 'ended', event.at);
    case 'paused':
      state.pausedAt = event.at;
      return state;
    case 'resumed':
      return goOn(state, event.timing, event.at - (state.pausedAt ?? event.at));
    case 'clock-shifted':
      return goOn(state, event.timing, event.byMs);
    case 'joining-locked':
      state.joiningLocked = event.locked;
      return state;
    case 'seat-kicked':
      return kick(state, event.seat, event.kicked);
    case 'time-factor-set':
      return setTimeFactor(state, event.seat, event.percent);
    case 'auto-advance-set':
      state.autoAdvance = event.on;
      state.autoAdvanceAt = event.at;
      return state;
    case 'attended':
      state.attended = event.attended;
      state.attendedAt = event.at;
      return state;
    case 'baton-taken':
      state.baton = { console: event.console, name: event.name };
      return state;
    default:
      return assertNever(event);
  }
}

function enter(state: QuizState, phase: QuizState['phase'], at: number): QuizState {
  state.phase = phase;
  state.phaseAt = at;
  return state;
}

function goOn(state: QuizState, timing: QuizState['timing'], byMs: number): QuizState {
  state.pausedAt = null;
  state.timing = timing;
  state.phaseAt += byMs;
  return state;
}

function takeSeat(state: QuizState, { seat, player }: Extract<QuizEvent, { type: 'seat-taken' }>): QuizState {
  const start = { kicked: false, points: 0, correct: 0, answered: 0, scoringMs: 0, place: null, last: null };
  const pace = { streak: 0, timePercent: 100, times: [], pattern: 0 };
  state.seats.push({ seat, player, ...start, ...pace });
  state.seatOf.set(player.memberId, seat);
  return state;
}

function setTimeFactor(state: QuizState, number: number, percent: number): QuizState {
  state.seats[number - 1]!.timePercent = percent;
  state.extended = state.extended.filter((other) => other !== number);
  if (percent > 100) state.extended.push(number);
  return state;
}

/** The places of the others stay as they were shown until the next reveal or the podium. */
function kick(state: QuizState, number: number, kicked: boolean): QuizState {
  state.seats[number - 1]!.kicked = kicked;
  state.kickedSeats += kicked ? 1 : -1;
  return state;
}
