import type { RouteRecordRaw } from 'vue-router';
import { consolePaths, menu } from './menu.js';

const permissionsOf = (key: string) => menu.find((item) => item.key === key)?.permissions ?? [];

/** Console pages; the first one of each menu entry carries the entry's path. */
const pages: RouteRecordRaw[] = [
  {
    path: '',
    component: () => import('./overview/OverviewPage.vue'),
    meta: { section: 'overview', title: 'console.menu.overview', permissions: permissionsOf('overview') },
  },
];

for (const page of pages) consolePaths.add(page.path === '' ? '/console' : `/console/${page.path}`);

export const consoleRoutes: RouteRecordRaw[] = [
  { path: '/console', component: () => import('./shell/ConsoleShell.vue'), children: pages },
];
