import { i18n } from '../../i18n/index.js';

export function examTabs() {
  const { t } = i18n.global;
  return [
    { to: '/console/exams', label: t('desk.exam.tab.own') },
    { to: '/console/exams/external', label: t('desk.exam.tab.external') },
  ];
}
