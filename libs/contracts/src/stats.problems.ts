import type { ProblemText } from './problem.js';

/** Refusals of `stats`: code to HTTP status and Chinese text. */
export const statsProblems = {
  'stats.period.both': { status: 422, title: '统计时段重复', detail: '季度和月份只能选择一个。' },
  'stats.scope.empty': { status: 404, title: '没有可统计的单位', detail: '您目前没有任何单位的统计权限。' },
} as const satisfies Record<string, ProblemText>;
