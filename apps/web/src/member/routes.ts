import type { RouteRecordRaw } from 'vue-router';

/** Pages under the bottom tabs. */
const tabbed: RouteRecordRaw[] = [
  { path: '', component: () => import('./home/HomePage.vue'), meta: { section: 'home' } },
  {
    path: 'handbook',
    component: () => import('./handbook/HandbookPage.vue'),
    meta: { section: 'handbook', title: 'handbook.title' },
  },
  {
    path: 'handbook/search',
    component: () => import('./handbook/SearchPage.vue'),
    meta: { section: 'handbook', title: 'handbook.search', up: '/handbook' },
  },
  {
    path: 'handbook/favourites',
    component: () => import('./handbook/FavouritesPage.vue'),
    meta: { section: 'handbook', title: 'handbook.favourites', up: '/handbook' },
  },
  {
    path: 'handbook/:key',
    component: () => import('./handbook/EntryPage.vue'),
    meta: { section: 'handbook', title: 'handbook.title', up: '/handbook' },
  },
  {
    path: 'exams',
    component: () => import('./exam/ExamsPage.vue'),
    meta: { section: 'me', title: 'exam.title', up: '/me' },
  },
  {
    path: 'exams/:id',
    component: () => import('./exam/RulesPage.vue'),
    meta: { section: 'me', title: 'exam.rules', up: '/exams' },
  },
  {
    path: 'exams/:id/check',
    component: () => import('./exam/CheckPage.vue'),
    meta: { section: 'me', title: 'exam.check.title', up: '/exams' },
  },
  {
    path: 'attempts/:id/result',
    component: () => import('./exam/ResultPage.vue'),
    meta: { section: 'me', title: 'exam.result', up: '/exams' },
  },
  {
    path: 'attempts/:id/review',
    component: () => import('./exam/ReviewPage.vue'),
    meta: { section: 'me', title: 'exam.review', up: '/exams' },
  },
  {
    path: 'sessions',
    component: () => import('./session/SessionsPage.vue'),
    meta: { section: 'sessions', title: 'session.title' },
  },
  {
    path: 'sessions/:id',
    alias: 'sessions/:id/check-in',
    component: () => import('./session/SessionPage.vue'),
    meta: { section: 'sessions', title: 'session.title', up: '/sessions' },
  },
  {
    path: 'battle',
    component: () => import('./battle/BattlePage.vue'),
    meta: { section: 'home', title: 'battle.title', up: '/' },
  },
  {
    path: 'battle/games/:id',
    component: () => import('./battle/ReviewPage.vue'),
    meta: { section: 'home', title: 'battle.review.title', up: '/battle' },
  },
  { path: 'me', component: () => import('./me/MePage.vue'), meta: { section: 'me', title: 'me.title' } },
  {
    path: 'me/hours',
    component: () => import('./me/HoursPage.vue'),
    meta: { section: 'me', title: 'me.hours', up: '/me' },
  },
  {
    path: 'me/certificates',
    component: () => import('./me/certificates/CertificatesPage.vue'),
    meta: { section: 'me', title: 'me.certificates', up: '/me' },
  },
  {
    path: 'me/devices',
    component: () => import('./me/DevicesPage.vue'),
    meta: { section: 'me', title: 'me.devices', up: '/me' },
  },
];

/** Contests: entered by code or QR, nothing around them. */
const live: RouteRecordRaw[] = [
  {
    path: '/join/:code?',
    component: () => import('./live/JoinPage.vue'),
    meta: { title: 'live.join', quiet: true },
  },
  {
    path: '/live/:roomId',
    component: () => import('./live/RoomPage.vue'),
    meta: { title: 'live.title', quiet: true },
  },
  {
    path: '/stage/:roomId',
    component: () => import('./live/stage/StagePage.vue'),
    meta: { title: 'live.title', quiet: true },
  },
  {
    path: '/battle/wait/:mode(duel|four|survival)',
    component: () => import('./battle/WaitPage.vue'),
    meta: { title: 'battle.title', quiet: true },
  },
  {
    path: '/battle/play/:roomId',
    component: () => import('./battle/GamePage.vue'),
    meta: { title: 'battle.title', quiet: true },
  },
  {
    path: '/judge/:roomId',
    component: () => import('../console/live/stage/JudgePage.vue'),
    meta: { title: 'live.title', quiet: true },
  },
];

export const memberRoutes: RouteRecordRaw[] = [
  { path: '/', component: () => import('./shell/MemberShell.vue'), children: tabbed },
  ...live,
  {
    path: '/certificates/:code',
    component: () => import('./me/certificates/VerifyPage.vue'),
    meta: { public: true, title: 'me.certificate.verifyTitle' },
  },
  {
    path: '/attempts/:id',
    component: () => import('./exam/PaperPage.vue'),
    meta: { title: 'exam.title', quiet: true },
  },
];
