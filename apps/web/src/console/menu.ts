import type { Permission } from '@xuekao/contracts';
import type { IconName } from '../shared/icons.js';

export interface MenuItem {
  readonly key: string;
  readonly path: string;
  readonly icon: IconName;
  /** Any one of these shows the entry. */
  readonly permissions: readonly Permission[];
}

/** The side menu in its order. An entry shows when its page exists and the person holds one of its permissions. */
export const menu: readonly MenuItem[] = [
  {
    key: 'overview',
    path: '/console',
    icon: 'home',
    permissions: ['org.read', 'exam.read', 'session.read', 'stats.read'],
  },
  { key: 'org', path: '/console/org', icon: 'people', permissions: ['org.read'] },
  { key: 'handbook', path: '/console/handbook', icon: 'book', permissions: ['handbook.edit'] },
  { key: 'bank', path: '/console/bank', icon: 'bank', permissions: ['bank.read', 'bank.edit'] },
  { key: 'exams', path: '/console/exams', icon: 'exam', permissions: ['exam.read', 'exam.manage'] },
  { key: 'sessions', path: '/console/sessions', icon: 'calendar', permissions: ['session.read', 'session.manage'] },
  { key: 'contests', path: '/console/contests', icon: 'contest', permissions: ['live.host'] },
  { key: 'stats', path: '/console/stats', icon: 'chart', permissions: ['stats.read'] },
  { key: 'report', path: '/console/report', icon: 'report', permissions: ['report.read'] },
  { key: 'supervision', path: '/console/supervision', icon: 'shield', permissions: ['stats.read'] },
  {
    key: 'system',
    path: '/console/system',
    icon: 'gear',
    permissions: ['system.manage', 'security.manage', 'auth.accounts', 'role.grant', 'audit.read'],
  },
];

/** The first console page that the person may open, null where there is none. */
export function consoleHome(mayAny: (permissions: readonly Permission[]) => boolean): string | null {
  return menu.find((item) => consolePaths.has(item.path) && mayAny(item.permissions))?.path ?? null;
}

/** Paths whose pages exist; filled by the routes. */
export const consolePaths = new Set<string>();
