import { choiceHash } from './flags.js';
import { pointsFor } from './grading.js';
import { questionOnShow, streakSteps } from './quiz-state.js';
import type { QuizAnswer, QuizOptions, QuizSeat, QuizState } from './quiz-state.js';
import { rankedSeats } from './ranking.js';

/** Marks the answers of the question on show and places every seat. Kicked seats gain nothing and have no place. */
export function scoreQuestion(state: QuizState): void {
  const question = questionOnShow(state);
  if (!question || !state.setup) return;
  const { options } = state.setup;
  const winners = options.scoring === 'first-n' ? firstRight(state, options.firstCount) : null;
  for (const seat of state.seats) {
    const answer = state.answers.get(seat.seat);
    const counted = answer !== undefined && !seat.kicked ? answer : null;
    const base = counted && (winners === null || winners.has(seat.seat)) ? baseOf(counted, options) : 0;
    markSeat(state, seat, counted, base);
  }
  placeSeats(state);
}

/** The seats of the first right answers, by the time they are judged by, then by arrival. */
function firstRight(state: QuizState, count: number): ReadonlySet<number> {
  const right = [...state.answers].filter(([seat, { correct }]) => correct && !state.seats[seat - 1]!.kicked);
  right.sort(([, a], [, b]) => a.countedMs - b.countedMs);
  return new Set(right.slice(0, count).map(([seat]) => seat));
}

function baseOf({ correct, countedMs }: QuizAnswer, { scoring, points, limitMs }: QuizOptions): number {
  return correct ? pointsFor(scoring, points, countedMs, limitMs) : 0;
}

function markSeat(state: QuizState, seat: QuizSeat, answer: QuizAnswer | null, base: number): void {
  const { streakBonus, wrongPenalty } = state.setup!.options;
  const correct = answer?.correct ?? false;
  seat.streak = correct ? seat.streak + 1 : 0;
  const bonus = correct ? streakBonus * Math.min(seat.streak - 1, streakSteps) : 0;
  const penalty = answer && !correct ? Math.min(wrongPenalty, seat.points) : 0;
  const gained = base + bonus - penalty;
  seat.points += gained;
  seat.answered += answer ? 1 : 0;
  seat.correct += correct ? 1 : 0;
  seat.scoringMs += correct ? answer!.countedMs : 0;
  if (answer) seat.times.push(answer.elapsedMs);
  seat.pattern = choiceHash(seat.pattern, state.index, answer?.choice ?? null);
  const answered = state.answers.has(seat.seat);
  seat.last = { question: state.index, answered, correct, gained, streak: seat.streak };
}

/** Gives every seat that plays its place; one that has seen no reveal yet is told none. */
export function placeSeats(state: QuizState): void {
  for (const seat of state.seats) seat.place = null;
  for (const { seat, place } of rankedSeats(state.seats)) seat.place = seat.last ? place : null;
}
