import { i18n } from '../../i18n/index.js';
import { useAuth } from '../../auth/auth.store.js';

/** The sister pages of 组织与党员 that the person may open. */
export function orgTabs() {
  const { t } = i18n.global;
  const auth = useAuth();
  return [
    { to: '/console/org', label: t('desk.org.tab.members') },
    { to: '/console/org/transfers', label: t('desk.org.tab.transfers') },
    { to: '/console/org/roles', label: t('desk.org.tab.roles') },
    { to: '/console/org/exemptions', label: t('desk.org.tab.exemptions') },
    ...(auth.may('org.import') ? [{ to: '/console/org/import', label: t('desk.org.tab.import') }] : []),
  ];
}
