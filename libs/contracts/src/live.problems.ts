import type { ProblemText } from './problem.js';

/** Refusals of `live`: code to HTTP status and Chinese text. */
export const liveProblems = {
  'live.room.not-ready': { status: 409, title: '房间尚未就绪' },
  'live.room.started': { status: 409, title: '竞赛已经开始', detail: '本场不允许中途加入。' },
  'live.room.locked': { status: 409, title: '主持人已停止入场' },
  'live.room.full': { status: 409, title: '人数已满', detail: '本场最多 {limit} 人。' },
  'live.room.ended': { status: 410, title: '竞赛已结束' },
  'live.room.paused': { status: 409, title: '竞赛已暂停', detail: '请等待主持人继续。' },
  'live.code.unknown': { status: 404, title: '没有这个竞赛码', detail: '请核对竞赛码 {code}。' },
  'live.seat.unknown': { status: 403, title: '尚未加入本场竞赛' },
  'live.seat.kicked': { status: 403, title: '您已被主持人移出', detail: '如有疑问请联系主持人，恢复后可继续作答。' },
  'live.seat.not-a-member': { status: 403, title: '只有名册内的人员可以参赛' },
  'live.answer.too-early': { status: 409, title: '题目尚未开放作答' },
  'live.answer.closed': { status: 409, title: '本题已停止作答', detail: '第 {number} 题已截止，本次作答未计入。' },
  'live.answer.already': { status: 409, title: '本题已作答', detail: '以首次提交的答案为准。' },
  'live.answer.invalid': { status: 400, title: '答案格式有误', detail: '请按题型作答后重新提交。' },
  'live.command.out-of-step': { status: 409, title: '现场进度已变化', detail: '当前环节：{phase}。请按最新画面操作。' },
  'live.command.not-now': { status: 409, title: '当前环节不能执行此操作', detail: '当前环节：{phase}。' },
  'live.baton.elsewhere': {
    status: 409,
    title: '控制权在其他主持台',
    detail: '当前由 {holder} 主持，可先接管再操作。',
  },
  'live.screen.invalid': { status: 401, title: '大屏链接无效或已过期', detail: '请在主持台重新打开大屏。' },
  'live.set.empty': { status: 400, title: '题组中没有题目' },
  'live.set.too-long': { status: 400, title: '题组题目过多', detail: '最多 {limit} 题。' },
  'live.set.unknown-questions': {
    status: 400,
    title: '部分题目不可用',
    detail: '以下题目不存在或题型不支持：{versionIds}。',
  },
  'live.set.in-use': { status: 409, title: '题组已被竞赛使用，不能删除' },
  'live.contest.not-over': { status: 409, title: '竞赛尚未结束', detail: '结束后可查看。' },
  'live.code.exhausted': { status: 503, title: '暂时无法分配竞赛码', detail: '请稍后重试。' },
} as const satisfies Record<string, ProblemText>;
