import { i18n } from '../../i18n/index.js';

export function sessionTabs() {
  const { t } = i18n.global;
  return [
    { to: '/console/sessions', label: t('desk.schedule.tab.list') },
    { to: '/console/sessions/calendar', label: t('desk.schedule.tab.calendar') },
  ];
}
