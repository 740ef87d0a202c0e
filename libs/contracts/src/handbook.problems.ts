import type { ProblemText } from './problem.js';

/** Refusals of `handbook`: code to HTTP status and Chinese text. */
export const handbookProblems = {
  'handbook.content.invalid': { status: 422, title: '手册内容有误', detail: '条目 {key} 的 {field} 不符合要求。' },
  'handbook.reading.too-short': {
    status: 422,
    title: '阅读时间太短',
    detail: '停留 {minimumSeconds} 秒或读到末尾才记为已读。',
  },
  'handbook.empty': { status: 404, title: '手册还没有内容' },
  'handbook.note.too-many': { status: 409, title: '笔记太多', detail: '每个条目最多 {limit} 条笔记。' },
} as const satisfies Record<string, ProblemText>;
