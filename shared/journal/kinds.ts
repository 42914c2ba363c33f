/** Every kind of entry that this version of Evertill writes and projects. */
import { categoryRecorded, productCreated, productEdited, taxRecorded } from './kinds/catalogue-kinds.ts';
import { adopted, epochOpened, erased } from './kinds/chain-kinds.ts';
import { cashMoved, shiftClosed, shiftOpened } from './kinds/drawer-kinds.ts';
import { productEditProposed, productProposed } from './kinds/proposal-kinds.ts';
import { basketVoided, refundCompleted, saleCompleted } from './kinds/sale-kinds.ts';
import {
  stockAdjusted,
  stockCounted,
  stockReceiptCorrected,
  stockReceived,
  stockSent,
  stockTransferCancelled,
} from './kinds/stock-kinds.ts';
import {
  roleRecorded,
  settingsRecorded,
  staffCreated,
  staffCredentialSet,
  staffEdited,
  staffLockedOut,
  tillJoined,
  tillOpened,
} from './kinds/store-kinds.ts';
import type { BodyOf } from './kind.ts';

export const kinds = {
  'epoch.opened': epochOpened,
  adopted,
  erased,
  'till.opened': tillOpened,
  'till.joined': tillJoined,
  'settings.recorded': settingsRecorded,
  'role.recorded': roleRecorded,
  'staff.created': staffCreated,
  'staff.edited': staffEdited,
  'staff.credential_set': staffCredentialSet,
  'staff.locked_out': staffLockedOut,
  'tax.recorded': taxRecorded,
  'category.recorded': categoryRecorded,
  'product.created': productCreated,
  'product.edited': productEdited,
  'product.proposed': productProposed,
  'product.edit_proposed': productEditProposed,
  'shift.opened': shiftOpened,
  'shift.closed': shiftClosed,
  'cash.moved': cashMoved,
  'sale.completed': saleCompleted,
  'refund.completed': refundCompleted,
  'basket.voided': basketVoided,
  'stock.adjusted': stockAdjusted,
  'stock.counted': stockCounted,
  'stock.sent': stockSent,
  'stock.received': stockReceived,
  'stock.receipt_corrected': stockReceiptCorrected,
  'stock.transfer_cancelled': stockTransferCancelled,
} as const;

export type KindName = keyof typeof kinds;

/** The body of a kind, by its name. */
export type Body<Name extends KindName> = BodyOf<(typeof kinds)[Name]>;

/** Whether this version knows the kind at that version of its body. What it doesn't know it keeps raw. */
export function isKnownKind(kind: string, version: number): kind is KindName {
  return Object.hasOwn(kinds, kind) && kinds[kind as KindName].version === version;
}
