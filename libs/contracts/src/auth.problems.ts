import type { ProblemText } from './problem.js';

/** Refusals of `auth`: code to HTTP status and Chinese text. */
export const authProblems = {} as const satisfies Record<string, ProblemText>;
