import type { ProblemText } from './problem.js';

/** Refusals of `bank`: code to HTTP status and Chinese text. */
export const bankProblems = {} as const satisfies Record<string, ProblemText>;
