import type { ProblemText } from './problem.js';

/** Refusals of `org`: code to HTTP status and Chinese text. */
export const orgProblems = {} as const satisfies Record<string, ProblemText>;
