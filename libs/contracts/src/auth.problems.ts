import type { ProblemText } from './problem.js';

/** Refusals of `auth`: code to HTTP status and Chinese text. */
export const authProblems = {
  'auth.sign-in.failed': { status: 401, title: '账号或密码不正确' },
  'auth.sign-in.locked': {
    status: 423,
    title: '登录失败次数过多，账号暂时锁定',
    detail: '请在 {minutes} 分钟后再试。',
  },
  'auth.session.expired': { status: 401, title: '登录已过期，请重新登录' },
  'auth.password.wrong': { status: 422, title: '当前密码不正确' },
  'auth.password.weak': { status: 422, title: '新密码不符合要求', detail: '{sentences}' },
  'auth.account.login-taken': { status: 409, title: '登录名已被使用', detail: '“{loginName}”已存在。' },
  'auth.account.login-invalid': {
    status: 422,
    title: '登录名不符合要求',
    detail: '3 到 32 个字符，只能用字母、数字、点、下划线和短横线，以字母或数字开头。',
  },
  'auth.account.member-has-account': { status: 409, title: '此人已有账号', detail: '登录名为“{loginName}”。' },
  'auth.account.own': { status: 403, title: '不能对自己的账号做此操作' },
  'auth.account.administrator': {
    status: 403,
    title: '三员账号只能由运维人员在服务器上重置或停用',
    detail: '此人现任系统、安全或审计管理员。',
  },
  'auth.setup.needed': { status: 409, title: '系统尚未完成初始设置', detail: '请先在设置页建立组织和第一个管理员。' },
  'auth.setup.done': { status: 409, title: '系统已完成初始设置' },
} as const satisfies Record<string, ProblemText>;
