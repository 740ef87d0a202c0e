/** Every permission by name. A route that names another one stops the boot. */
export const permissions = {
  'org.read': '查看组织与党员',
  'org.write': '维护组织与党员',
  'org.import': '导入党员名册',
  'auth.accounts': '管理账号',
  'role.grant': '授予角色',
  'handbook.read': '阅读手册',
  'handbook.edit': '编辑手册',
  'bank.read': '查看题库',
  'bank.edit': '编辑题库',
  'exam.read': '查看考试安排与成绩',
  'exam.manage': '组织考试',
  'exam.sit': '参加考试',
  'exam.mark': '评阅试卷',
  'exam.import': '导入外部考试成绩',
  'session.read': '查看学习活动',
  'session.manage': '组织学习活动',
  'session.attend': '参加学习活动',
  'live.host': '主持竞赛',
  'live.join': '参加竞赛',
  'stats.read': '查看统计',
  'report.read': '查看年度报告',
  'report.write': '编辑年度报告',
  'audit.read': '查看审计日志',
  'system.manage': '系统运维',
  'security.manage': '安全策略管理',
} as const;

export type Permission = keyof typeof permissions;

export function isPermission(name: string): name is Permission {
  return Object.hasOwn(permissions, name);
}
