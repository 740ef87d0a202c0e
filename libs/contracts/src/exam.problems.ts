import type { ProblemText } from './problem.js';

/** Refusals of `exam`: code to HTTP status and Chinese text. */
export const examProblems = {} as const satisfies Record<string, ProblemText>;
