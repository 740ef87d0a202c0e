import { assertNever } from '@xuekao/kernel';
import { pointsFor } from './grading.js';
import type { QuizEvent } from './quiz-events.js';
import { questionOnShow } from './quiz-state.js';
import type { QuizState } from './quiz-state.js';
import { rankedSeats } from './ranking.js';

/** Folds one event into the state it is given. */
export function evolveQuiz(state: QuizState, event: QuizEvent): QuizState {
  switch (event.type) {
    case 'room-prepared':
      state.setup = event.setup;
      state.phaseAt = event.at;
      return state;
    case 'seat-taken':
      return takeSeat(state, event);
    case 'answered': {
      const { choice, elapsedMs, late, correct } = event;
      state.answers.set(event.seat, { choice, elapsedMs, late, correct });
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
      score(state);
      return enter(state, 'revealed', event.at);
    }
    case 'scoreboard-shown':
    case 'podium-shown':
      state.board = { seats: event.seats, units: event.units };
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
      state.seats[event.seat - 1]!.kicked = event.kicked;
      state.kickedSeats += event.kicked ? 1 : -1;
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
  state.seats.push({ seat, player, ...start });
  state.seatOf.set(player.memberId, seat);
  return state;
}

/** Marks the answers of the question on show and places every seat. Kicked seats gain nothing and have no place. */
function score(state: QuizState): void {
  const question = questionOnShow(state);
  if (!question || !state.setup) return;
  const { scoring, points, limitMs } = state.setup.options;
  for (const seat of state.seats) {
    const answer = state.answers.get(seat.seat);
    const counts = answer !== undefined && !seat.kicked;
    const correct = counts && answer.correct;
    const gained = correct ? pointsFor(scoring, points, answer.elapsedMs, limitMs) : 0;
    seat.answered += counts ? 1 : 0;
    seat.correct += correct ? 1 : 0;
    seat.points += gained;
    seat.scoringMs += correct ? answer.elapsedMs : 0;
    seat.place = null;
    seat.last = { question: state.index, answered: answer !== undefined, correct, gained };
  }
  for (const { seat, place } of rankedSeats(state.seats)) seat.place = place;
}
