import type { QuizChoice, QuizSeatFlag } from '@xuekao/contracts';
import type { QuizSeat } from './quiz-state.js';

/** Fewer answers than this say nothing about anybody. */
export const flagsFromAnswers = 5;
const fastMedianMs = 400;
/** People's times to different questions differ by seconds; a program's by less than its network. */
const evenDeviationMs = 25;
const sameTimeMs = 30;

/** Running hash of what a seat chose, question by question (FNV-1a over the text of the choice). */
export function choiceHash(former: number, question: number, choice: QuizChoice | null): number {
  let hash = (former ^ 0x811c9dc5) >>> 0;
  for (const char of `${question}:${JSON.stringify(choice)}`) {
    hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  }
  return hash;
}

/**
 * What is odd about seats, by seat number; seats without a flag are missing. For hosts to look at: nothing follows from a
 * flag. Source: live.md §1 no. 16.
 */
export function flagsOf(seats: readonly QuizSeat[]): ReadonlyMap<number, readonly QuizSeatFlag[]> {
  const flags = new Map<number, QuizSeatFlag[]>();
  const flag = (seat: QuizSeat, name: QuizSeatFlag): void => {
    flags.set(seat.seat, [...(flags.get(seat.seat) ?? []), name]);
  };
  const judged = seats.filter((seat) => seat.times.length >= flagsFromAnswers);
  for (const seat of judged) {
    if (medianOf(seat.times) < fastMedianMs) flag(seat, 'too-fast');
    if (deviationOf(seat.times) < evenDeviationMs) flag(seat, 'too-even');
  }
  for (const seat of twinsAmong(judged)) flag(seat, 'same-pattern');
  return flags;
}

function medianOf(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function deviationOf(times: readonly number[]): number {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length);
}

/** Seats that chose the same all along, each within 30 ms of another one. Neighbours by their whole time are compared. */
function twinsAmong(seats: readonly QuizSeat[]): ReadonlySet<QuizSeat> {
  const groups = new Map<string, QuizSeat[]>();
  for (const seat of seats) {
    const key = `${seat.pattern}:${seat.times.length}`;
    const group = groups.get(key);
    if (group) group.push(seat);
    else groups.set(key, [seat]);
  }
  const twins = new Set<QuizSeat>();
  for (const group of groups.values()) {
    const sorted = group.toSorted((a, b) => sumOf(a.times) - sumOf(b.times));
    sorted.slice(1).forEach((seat, index) => {
      const before = sorted[index]!;
      const isSame = seat.times.every((time, at) => Math.abs(time - before.times[at]!) <= sameTimeMs);
      if (isSame) twins.add(seat).add(before);
    });
  }
  return twins;
}

const sumOf = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0);
