import type { ProblemText } from './problem.js';

/** Refusals of `rooms`: code to HTTP status and Chinese text. */
export const roomsProblems = {} as const satisfies Record<string, ProblemText>;
