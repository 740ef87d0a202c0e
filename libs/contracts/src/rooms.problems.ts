import type { ProblemText } from './problem.js';

/** Refusals of `rooms`: code to HTTP status and Chinese text. */
export const roomsProblems = {
  'rooms.not-found': { status: 404, title: '没有找到房间' },
  'rooms.closed': { status: 410, title: '房间已结束' },
  'rooms.unreachable': { status: 503, title: '房间暂时无法连接', detail: '正在恢复，请稍候，已提交的内容不会丢失。' },
  'rooms.busy': { status: 503, title: '房间繁忙', detail: '请稍后重试，重复提交不会重复计分。' },
} as const satisfies Record<string, ProblemText>;
