/** How the act that a record tells of ended. */
export const auditResults = { done: '成功', refused: '拒绝', failed: '失败' } as const;
export type AuditResult = keyof typeof auditResults;

/** What is wrong with the first broken record of the chain. */
export const auditFaults = {
  changed: '内容被改动',
  removed: '记录缺失',
  swapped: '记录被调换',
  unlinked: '与前一条记录不衔接',
} as const;
export type AuditFault = keyof typeof auditFaults;

/** First part of an event's type to the area shown beside it. */
export const auditAreas: Readonly<Record<string, string>> = {
  auth: '登录与账号',
  org: '组织与党员',
  role: '角色授权',
  handbook: '学习手册',
  bank: '题库',
  practice: '练习',
  exam: '考试',
  session: '学习活动',
  'study-hours': '学时规则',
  live: '竞赛',
  stats: '统计',
  report: '年度报告',
  notify: '通知',
  audit: '审计',
  system: '系统运维',
};

/** Hash before the first record. */
export const auditGenesis = '0'.repeat(64);
