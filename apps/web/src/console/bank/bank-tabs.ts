import { i18n } from '../../i18n/index.js';

/** Sister pages of the bank; the list alone for who only reads. */
export function bankTabs(mayEdit: boolean) {
  const { t } = i18n.global;
  const list = { to: '/console/bank', label: t('desk.bank.tab') };
  return mayEdit ? [list, { to: '/console/bank/imports', label: t('desk.bank.import.title') }] : [list];
}
