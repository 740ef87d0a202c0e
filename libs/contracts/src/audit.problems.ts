import type { ProblemText } from './problem.js';

/** Refusals of `audit`: code to HTTP status and Chinese text. */
export const auditProblems = {
  'audit.range.reversed': { status: 422, title: '日期范围有误', detail: '起始日期 {from} 晚于截止日期 {to}。' },
  'audit.date.unreal': { status: 422, title: '日期不存在', detail: '“{date}”不是日历上的日期。' },
} as const satisfies Record<string, ProblemText>;
