import { useAuth } from '../../auth/auth.store.js';
import { i18n } from '../../i18n/index.js';

export function systemTabs() {
  const { t } = i18n.global;
  const auth = useAuth();
  if (!auth.may('auth.accounts') || !auth.may('audit.read')) return [];
  return [
    { to: '/console/system', label: t('desk.system.accounts') },
    { to: '/console/system/audit', label: t('desk.system.audit') },
  ];
}
