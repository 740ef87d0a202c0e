import type { ProblemText } from './problem.js';

/** Refusals of `audit`: code to HTTP status and Chinese text. */
export const auditProblems = {} as const satisfies Record<string, ProblemText>;
