import type { Permission } from './permissions.js';

const member: readonly Permission[] = ['handbook.read', 'exam.sit', 'session.attend', 'live.join'];
const branchWork: readonly Permission[] = [
  ...member,
  'org.read',
  'exam.read',
  'exam.mark',
  'session.read',
  'session.manage',
  'stats.read',
  'bank.read',
  'live.host',
];
const committeeWork: readonly Permission[] = [
  ...branchWork,
  'org.write',
  'org.import',
  'handbook.edit',
  'bank.edit',
  'exam.manage',
  'exam.import',
  'report.read',
  'report.write',
];

export interface RoleDefinition {
  readonly name: string;
  readonly permissions: readonly Permission[];
  /**
   * The three administrators exclude each other and every business role (三员分立). They keep people, accounts and
   * roles, and see no study, exam or report data.
   */
  readonly administrator?: 'system' | 'security' | 'audit';
}

/** Dated roles are held in a unit and reach its subtree. Source: domain.md §2.2, §7.1. */
export const roles = {
  'party-group-secretary': { name: '党组书记', permissions: committeeWork },
  'party-group-member': { name: '党组成员', permissions: [...member, 'stats.read', 'report.read'] },
  'general-branch-secretary': { name: '总支书记', permissions: committeeWork },
  'general-branch-deputy': { name: '专职副书记', permissions: committeeWork },
  'branch-secretary': { name: '支部书记', permissions: branchWork },
  'branch-deputy': { name: '支部副书记', permissions: branchWork },
  'organisation-commissioner': { name: '组织委员', permissions: branchWork },
  'publicity-commissioner': { name: '宣传委员', permissions: branchWork },
  'discipline-commissioner': {
    name: '纪检委员',
    permissions: [...member, 'org.read', 'exam.read', 'session.read', 'stats.read'],
  },
  'study-commissioner': { name: '学习委员', permissions: branchWork },
  'group-leader': { name: '党小组长', permissions: [...member, 'org.read', 'session.read', 'session.manage'] },
  'study-group-leader': { name: '中心组组长', permissions: [...member, 'session.read', 'stats.read'] },
  'study-group-member': { name: '中心组成员', permissions: member },
  'study-secretary': { name: '学习秘书', permissions: branchWork },
  'party-affairs-officer': { name: '党务工作者', permissions: committeeWork },
  'department-head': { name: '科室负责人', permissions: [...member, 'org.read', 'session.read', 'session.manage'] },
  'system-admin': {
    name: '系统管理员',
    permissions: ['system.manage', 'auth.accounts', 'org.read', 'org.write', 'org.import'],
    administrator: 'system',
  },
  'security-admin': {
    name: '安全管理员',
    permissions: ['security.manage', 'role.grant', 'org.read'],
    administrator: 'security',
  },
  'audit-admin': { name: '审计管理员', permissions: ['audit.read'], administrator: 'audit' },
} as const satisfies Record<string, RoleDefinition>;

export type RoleName = keyof typeof roles;
/** What every member may do with his own study, without a role. */
export const memberPermissions: readonly Permission[] = member;

export function isRoleName(name: string): name is RoleName {
  return Object.hasOwn(roles, name);
}
