import type { QuizTiming } from '@xuekao/contracts';
import type { Instant } from '@xuekao/kernel';
import { autoAdvanceMs, unattendedAfterMs } from './quiz-state.js';
import type { QuizState } from './quiz-state.js';

/** When a question closes for a player with `percent` of the common time. Phones count down to it. */
export function ownCloseAt({ openAt, closeAt }: QuizTiming, percent: number): Instant {
  return openAt + Math.round(((closeAt - openAt) * percent) / 100);
}

/** The time an answer is judged by: twice the time used with twice the time given is the same speed. */
export function countedMs(elapsedMs: number, percent: number): number {
  return Math.round((elapsedMs * 100) / percent);
}

/** When nobody is left whose time still runs: later than the common end while someone with more time may answer. */
export function lastCloseAt(state: QuizState, timing: QuizTiming): Instant {
  const changeable = state.setup?.options.changeable ?? false;
  let last = timing.closeAt;
  for (const number of state.extended) {
    const seat = state.seats[number - 1]!;
    if (seat.kicked || (!changeable && state.answers.has(number))) continue;
    last = Math.max(last, ownCloseAt(timing, seat.timePercent));
  }
  return last;
}

/** Since when the room goes on by itself; null while it waits for its host. */
export function advancesSince({ autoAdvance, autoAdvanceAt, attended, attendedAt }: QuizState): Instant | null {
  if (autoAdvance) return autoAdvanceAt;
  return attended ? null : attendedAt + unattendedAfterMs;
}

/** When the screen on show gives way by itself; null while it waits for the host, and in an open question. */
export function nextScreenAt(state: QuizState): Instant | null {
  const { phase, phaseAt, pausedAt } = state;
  if (pausedAt !== null || (phase !== 'locked' && phase !== 'revealed' && phase !== 'scoreboard')) return null;
  const since = advancesSince(state);
  return since === null ? null : Math.max(phaseAt, since) + autoAdvanceMs[phase];
}
