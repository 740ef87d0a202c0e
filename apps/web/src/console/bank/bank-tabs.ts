import { i18n } from '../../i18n/index.js';

/** Sister pages of the bank; who only reads has the questions and the materials. */
export function bankTabs(mayEdit: boolean) {
  const { t } = i18n.global;
  const forEditors = [
    { to: '/console/bank/twins', label: t('desk.bank.twins.title') },
    { to: '/console/bank/imports', label: t('desk.bank.import.title') },
  ];
  return [
    { to: '/console/bank', label: t('desk.bank.tab') },
    { to: '/console/bank/materials', label: t('desk.bank.materials.title') },
    ...(mayEdit ? forEditors : []),
  ];
}
