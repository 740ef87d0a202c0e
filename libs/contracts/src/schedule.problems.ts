import type { ProblemText } from './problem.js';

/** Refusals of `schedule`: code to HTTP status and Chinese text. */
export const scheduleProblems = {} as const satisfies Record<string, ProblemText>;
