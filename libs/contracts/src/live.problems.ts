import type { ProblemText } from './problem.js';

/** Refusals of `live`: code to HTTP status and Chinese text. */
export const liveProblems = {} as const satisfies Record<string, ProblemText>;
