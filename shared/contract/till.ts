/** Everything that a screen may ask of a till. */
import { basket } from './till/basket.ts';
import { catalogue, product } from './till/product.ts';
import { refund, sale } from './till/sale.ts';
import { session } from './till/session.ts';
import { settings, sync } from './till/settings.ts';
import { setup } from './till/setup.ts';
import { shift } from './till/shift.ts';
import { staff } from './till/staff.ts';
import { stock, stock_take } from './till/stock.ts';
import { support } from './till/support.ts';
import { transfer } from './till/transfer.ts';

export const tillContract = {
  setup,
  session,
  shift,
  basket,
  sale,
  refund,
  product,
  catalogue,
  stock,
  stock_take,
  transfer,
  staff,
  settings,
  sync,
  support,
} as const;

export type TillContract = typeof tillContract;

export const tillEvents = [
  'basket',
  'sale',
  'shift',
  'catalogue',
  'staff',
  'settings',
  'sync',
  'session',
  'stock',
] as const;

/** What a till tells its screens when something changed: ask again. Never the change itself. */
export interface TillEvent {
  readonly kind: (typeof tillEvents)[number];
}
