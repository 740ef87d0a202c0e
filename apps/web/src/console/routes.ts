import type { Permission } from '@xuekao/contracts';
import type { RouteRecordRaw } from 'vue-router';
import { consolePaths, menu } from './menu.js';

const permissionsOf = (key: string) => menu.find((item) => item.key === key)?.permissions ?? [];

/** A page below a menu entry; without permissions of its own it opens to whoever holds one of the entry's. */
function page(
  section: string,
  path: string,
  component: () => Promise<unknown>,
  permissions: readonly Permission[] = permissionsOf(section),
): RouteRecordRaw {
  return {
    path,
    component: component as () => Promise<object>,
    meta: { section, title: `console.menu.${section}`, permissions },
  } as RouteRecordRaw;
}

/** Console pages; the first one of each menu entry carries the entry's path. */
const pages: RouteRecordRaw[] = [
  page('overview', '', () => import('./overview/OverviewPage.vue')),
  page('org', 'org', () => import('./org/OrgPage.vue')),
  page('org', 'org/transfers', () => import('./org/TransfersPage.vue')),
  page('org', 'org/roles', () => import('./org/RolesPage.vue')),
  page('org', 'org/exemptions', () => import('./org/ExemptionsPage.vue')),
  page('org', 'org/import', () => import('./org/ImportPage.vue'), ['org.import']),
  page('bank', 'bank', () => import('./bank/BankPage.vue')),
  page('bank', 'bank/materials', () => import('./bank/life/MaterialsPage.vue')),
  page('bank', 'bank/twins', () => import('./bank/life/TwinsPage.vue'), ['bank.edit']),
  page('bank', 'bank/imports', () => import('./bank/import/ImportsPage.vue'), ['bank.edit']),
  page('bank', 'bank/imports/:id', () => import('./bank/import/ImportPage.vue'), ['bank.edit']),
  page('exams', 'exams', () => import('./exam/ExamsPage.vue')),
  page('exams', 'exams/new', () => import('./exam/ExamEditPage.vue'), ['exam.manage']),
  page('exams', 'exams/external', () => import('./exam/ExternalExamsPage.vue')),
  page('exams', 'exams/external/:id', () => import('./exam/ExternalExamPage.vue')),
  page('exams', 'exams/marking', () => import('./exam/marking/MarkerTasksPage.vue'), ['exam.mark']),
  page('exams', 'exams/marking/:examId/:number', () => import('./exam/marking/MarkPage.vue'), ['exam.mark']),
  page('exams', 'exams/:id', () => import('./exam/ExamDeskPage.vue')),
  page('exams', 'exams/:id/edit', () => import('./exam/ExamEditPage.vue'), ['exam.manage']),
  page('sessions', 'sessions', () => import('./schedule/SessionsPage.vue')),
  page('sessions', 'sessions/calendar', () => import('./schedule/CalendarPage.vue')),
  page('sessions', 'sessions/new', () => import('./schedule/SessionEditPage.vue'), ['session.manage']),
  page('sessions', 'sessions/:id', () => import('./schedule/SessionDeskPage.vue')),
  page('sessions', 'sessions/:id/edit', () => import('./schedule/SessionEditPage.vue'), ['session.manage']),
  page('sessions', 'sessions/:id/hall', () => import('./schedule/HallPage.vue'), ['session.manage']),
  page('contests', 'contests', () => import('./live/ContestsPage.vue')),
  page('contests', 'contests/sets', () => import('./live/SetsPage.vue')),
  page('contests', 'contests/sets/:id', () => import('./live/SetPage.vue')),
  page('contests', 'contests/preflight', () => import('./live/preflight/PreflightPage.vue')),
  page('contests', 'contests/stages', () => import('./live/stage/StagesPage.vue')),
  page('contests', 'contests/stages/new', () => import('./live/stage/StageNewPage.vue')),
  page('contests', 'contests/stages/:id', () => import('./live/stage/StageDeskPage.vue')),
  page('contests', 'contests/stages/:id/results', () => import('./live/stage/StageResultsPage.vue')),
  page('contests', 'contests/stages/:id/replay', () => import('./live/replay/ReplayPage.vue')),
  page('contests', 'contests/sheets', () => import('./live/stage/SheetsPage.vue')),
  page('contests', 'contests/sheets/:id', () => import('./live/stage/SheetPage.vue')),
  page('contests', 'contests/:id', () => import('./live/RoomPage.vue')),
  page('contests', 'contests/:id/replay', () => import('./live/replay/ReplayPage.vue')),
  page('contests', 'contests/:id/results', () => import('./live/ResultsPage.vue')),
  page('stats', 'stats', () => import('./stats/StatsPage.vue')),
  page('report', 'report', () => import('./report/ReportsPage.vue')),
  page('report', 'report/:id', () => import('./report/ReportDeskPage.vue')),
  page('handbook', 'handbook', () => import('./handbook/HandbookDeskPage.vue')),
  page('system', 'system', () => import('./system/SystemPage.vue')),
  page('system', 'system/audit', () => import('./system/AuditPage.vue'), ['audit.read']),
];

for (const { path } of pages) consolePaths.add(path === '' ? '/console' : `/console/${path}`);

export const consoleRoutes: RouteRecordRaw[] = [
  { path: '/console', component: () => import('./shell/ConsoleShell.vue'), children: pages },
];
