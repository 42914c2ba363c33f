import type { Deal } from './ledger.ts';

/** The entry that a deal becomes; its command may have opened an epoch before. */
export const kindOf: Readonly<Record<Deal['kind'], string>> = {
  sale: 'sale.completed',
  refund: 'refund.completed',
  adjustment: 'stock.adjusted',
  closing: 'shift.closed',
  edit: 'product.edit_proposed',
  product: 'product.proposed',
  sent: 'stock.sent',
  received: 'stock.received',
  corrected: 'stock.receipt_corrected',
  cancelled: 'stock.transfer_cancelled',
  counted: 'stock.counted',
  discarded: '',
  tax: 'tax.recorded',
  category: 'category.recorded',
  role: 'role.recorded',
  person: 'staff.created',
};
