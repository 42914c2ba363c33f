import { useTranslation } from 'react-i18next';

/** The name of a role. The ones that a shop starts with are translated; what a shop named itself stands as it is. */
export function useRoleName(): (name: string) => string {
  const { t } = useTranslation('headoffice');
  const known = new Map([
    ['cashier', t('role.cashier')],
    ['manager', t('role.manager')],
    ['owner', t('role.owner')],
    ['office', t('role.office')],
    ['viewer', t('role.viewer')],
  ]);
  return (name) => known.get(name) ?? name;
}
