import 'vue-router';
import type { Permission } from '@xuekao/contracts';
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router';
import { useAuth } from '../auth/auth.store.js';
import { consoleRoutes } from '../console/routes.js';
import { i18n } from '../i18n/index.js';
import { memberRoutes } from '../member/routes.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** Opens without a sign-in. */
    public?: boolean;
    /** Any one of these opens the page; without them the person is shown that there is no such page. */
    permissions?: readonly Permission[];
    /** Message key of the document title. */
    title?: string;
    /** The bottom tab or side-menu entry that is lit. */
    section?: string;
    /** Nothing may interrupt: a paper, a contest, the big screen. */
    quiet?: boolean;
    /** Where the back arrow leads when the page was opened directly. */
    up?: string;
  }
}

const NotFound = () => import('../shared/NotFoundPage.vue');

/** The big screen opens by the token of its link alone. */
const screenRoutes: RouteRecordRaw[] = [
  {
    path: '/screen/:roomId',
    component: () => import('../screen/ScreenPage.vue'),
    meta: { public: true, quiet: true, title: 'live.title' },
  },
  {
    path: '/stage-screen/:roomId',
    component: () => import('../screen/StageScreenPage.vue'),
    meta: { public: true, quiet: true, title: 'live.title' },
  },
];

const authRoutes: RouteRecordRaw[] = [
  {
    path: '/sign-in',
    component: () => import('../auth/SignInPage.vue'),
    meta: { public: true, title: 'auth.signIn' },
  },
  {
    path: '/change-password',
    component: () => import('../auth/ChangePasswordPage.vue'),
    meta: { title: 'auth.changeTitle' },
  },
  {
    path: '/setup',
    component: () => import('../auth/SetupPage.vue'),
    meta: { public: true, title: 'auth.setupTitle' },
  },
];

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...memberRoutes,
    ...authRoutes,
    ...consoleRoutes,
    ...screenRoutes,
    { path: '/:path(.*)*', name: 'not-found', component: NotFound, meta: { public: true, title: 'common.notFound' } },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
});

async function admit(to: RouteLocationNormalized) {
  if (to.meta.public) return true;
  const auth = useAuth();
  await auth.ready();
  if (!auth.isSignedIn) return { path: '/sign-in', query: to.path === '/' ? {} : { to: to.fullPath } };
  if (auth.mustChangePassword && to.path !== '/change-password') return { path: '/change-password' };
  if (to.meta.permissions && !auth.mayAny(to.meta.permissions)) {
    return { name: 'not-found', params: { path: to.path.split('/').slice(1) } };
  }
  return true;
}

router.beforeEach(admit);
router.afterEach((to) => {
  const product = i18n.global.t('common.product');
  document.title = to.meta.title ? `${i18n.global.t(to.meta.title)} · ${product}` : product;
});
/** A deployment replaced the chunks under an open page: load the page anew, once. */
router.onError((error, to) => {
  if (!/dynamically imported module|Importing a module script/.test(String(error)) || !navigator.onLine) return;
  const key = `xuekao.reloaded.${to.fullPath}`;
  if (sessionStorage.getItem(key)) return;
  sessionStorage.setItem(key, '1');
  location.assign(to.fullPath);
});
