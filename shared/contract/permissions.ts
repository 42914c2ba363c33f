/**
 * Every permission there is. Roles are rows that hold some of them; the code asks for a permission, never for a role.
 */
export const permissions = [
  'sale.create',
  'sale.view',
  'sale.override_price',
  'sale.discount',
  'basket.void',
  'refund.create',
  'refund.without_receipt',
  'shift.open',
  'shift.close',
  'shift.report',
  'drawer.move_cash',
  'product.view',
  'product.edit',
  'stock.view',
  'stock.adjust',
  'stock.count',
  'stock.post_count',
  'stock.transfer',
  'staff.view',
  'staff.edit',
  'settings.edit',
  'sync.view',
  'report.view',
  'till.enrol',
  'support.collect',
] as const;

export type Permission = (typeof permissions)[number];

/** The roles that a new shop starts with. Names are translated where they are shown; a shop can change all of it. */
export const startingRoles: Readonly<Record<'cashier' | 'manager', readonly Permission[]>> = {
  cashier: [
    'sale.create',
    'sale.view',
    'basket.void',
    'refund.create',
    'shift.open',
    'shift.close',
    'product.view',
    'stock.view',
    'stock.count',
    'sync.view',
    // Whoever meets a fault is who can say what it was; nothing of anybody is in it.
    'support.collect',
  ],
  manager: [...permissions],
};
