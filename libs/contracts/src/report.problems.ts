import type { ProblemText } from './problem.js';

/** Refusals of `report`: code to HTTP status and Chinese text. */
export const reportProblems = {} as const satisfies Record<string, ProblemText>;
