import type { ExamState, Permission } from '@xuekao/contracts';
import { type Component, defineAsyncComponent } from 'vue';
import { useAuth } from '../../auth/auth.store.js';
import { i18n } from '../../i18n/index.js';

export function examTabs() {
  const { t } = i18n.global;
  return [
    { to: '/console/exams', label: t('desk.exam.tab.own') },
    { to: '/console/exams/external', label: t('desk.exam.tab.external') },
    ...(useAuth().may('exam.mark') ? [{ to: '/console/exams/marking', label: t('desk.exam.tab.marking') }] : []),
  ];
}

interface ExamPanel {
  readonly component: Component;
  readonly permission: Permission;
  readonly states: readonly ExamState[];
}
const sat = ['published', 'closed', 'archived'] as const;

/** Views of one exam beside the desk's own, in their order; each takes the exam and loads when it is opened. */
export const examPanels: Readonly<Record<string, ExamPanel>> = {
  analysis: {
    component: defineAsyncComponent(() => import('./analysis/AnalysisPanel.vue')),
    permission: 'exam.read',
    states: sat,
  },
  access: {
    component: defineAsyncComponent(() => import('./access/AccessPanel.vue')),
    permission: 'exam.manage',
    states: ['draft', 'published'],
  },
  marking: {
    component: defineAsyncComponent(() => import('./marking/MarkingPanel.vue')),
    permission: 'exam.read',
    states: ['draft', ...sat],
  },
  rules: {
    component: defineAsyncComponent(() => import('./marking/RulesPanel.vue')),
    permission: 'exam.read',
    states: ['draft', ...sat],
  },
  regrade: {
    component: defineAsyncComponent(() => import('./regrade/RegradePanel.vue')),
    permission: 'exam.manage',
    states: ['closed', 'archived'],
  },
  appeals: {
    component: defineAsyncComponent(() => import('./appeals/AppealsPanel.vue')),
    permission: 'exam.manage',
    states: ['closed', 'archived'],
  },
  certificates: {
    component: defineAsyncComponent(() => import('./certificates/CertificatesPanel.vue')),
    permission: 'exam.manage',
    states: ['closed', 'archived'],
  },
  papers: {
    component: defineAsyncComponent(() => import('./papers/PapersPanel.vue')),
    permission: 'exam.manage',
    states: ['draft', ...sat],
  },
};

export const panelsOf = (state: ExamState, may: (permission: Permission) => boolean): string[] =>
  Object.entries(examPanels)
    .filter(([, panel]) => panel.states.includes(state) && may(panel.permission))
    .map(([name]) => name);
