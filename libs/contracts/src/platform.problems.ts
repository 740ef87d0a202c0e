import type { ProblemText } from './problem.js';

/** Refusals that any request can meet: code to HTTP status and Chinese text. */
export const platformProblems = {
  'request.invalid': { status: 400, title: '提交的内容有误', detail: '请按提示修改后重新提交。' },
  'request.malformed': { status: 400, title: '无法读取请求内容' },
  'request.too-large': { status: 413, title: '提交的内容过大', detail: '上限为 {limitBytes} 字节。' },
  'request.unsupported-type': { status: 415, title: '不支持的内容类型' },
  'request.rate-limited': { status: 429, title: '操作过于频繁', detail: '请 {retryAfterSeconds} 秒后再试。' },
  'request.idempotency-mismatch': { status: 409, title: '同一幂等键对应了不同的请求' },
  'request.in-progress': { status: 409, title: '同一请求正在处理', detail: '请稍候，不要重复提交。' },
  'auth.password-change-required': { status: 403, title: '请先修改初始密码' },
  'auth.members-only': { status: 403, title: '此功能只对党员账号开放' },
  'auth.required': { status: 401, title: '请先登录' },
  'auth.forbidden': { status: 403, title: '没有此项权限', detail: '需要权限：{permission}。' },
  'resource.not-found': { status: 404, title: '没有找到' },
  'resource.conflict': { status: 409, title: '数据已被他人修改', detail: '请刷新后重试。' },
  'storage.unavailable': { status: 503, title: '未保存', detail: '数据库暂时不可用，本次操作没有保存，请稍后重试。' },
  'storage.full': { status: 507, title: '未保存', detail: '存储空间不足，本次操作没有保存。' },
  'internal.fault': { status: 500, title: '系统出错', detail: '错误已记录，编号 {requestId}。' },
} as const satisfies Record<string, ProblemText>;
