import { useTranslation } from 'react-i18next';
import type { Role } from '../data/operations.ts';

/** The name of a role: those that a shop starts with are named in the language of the screen, its own as they are. */
export function useRoleName(): (role: Role | undefined) => string {
  const { t } = useTranslation('staff');
  return (role) => {
    if (role === undefined) return '';
    if (role.name === 'cashier' || role.name === 'manager') return t(`role.${role.name}`);
    return role.name;
  };
}
