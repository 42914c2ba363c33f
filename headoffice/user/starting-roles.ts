import type { Permission } from '../../shared/contract/permissions.ts';

/**
 * The roles that a head office starts with, made with its first user. Rows from then on: names are translated where they
 * are shown, and what a role may do can be changed.
 */
export const startingOfficeRoles: Readonly<Record<'owner' | 'office' | 'viewer', readonly Permission[]>> = {
  owner: [
    'sale.view',
    'report.view',
    'sync.view',
    'product.view',
    'product.edit',
    'stock.view',
    'staff.view',
    'staff.edit',
    'settings.edit',
    'till.enrol',
    'support.collect',
  ],
  office: [
    'sale.view',
    'report.view',
    'sync.view',
    'product.view',
    'product.edit',
    'stock.view',
    'staff.view',
    'staff.edit',
    'till.enrol',
    'support.collect',
  ],
  viewer: ['sale.view', 'report.view', 'sync.view', 'product.view', 'stock.view', 'staff.view'],
};
