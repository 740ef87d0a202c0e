import type { ProblemText } from './problem.js';

/** Refusals of `stats`: code to HTTP status and Chinese text. */
export const statsProblems = {} as const satisfies Record<string, ProblemText>;
