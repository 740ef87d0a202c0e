import type { ProblemText } from './problem.js';

/** Refusals of `handbook`: code to HTTP status and Chinese text. */
export const handbookProblems = {} as const satisfies Record<string, ProblemText>;
