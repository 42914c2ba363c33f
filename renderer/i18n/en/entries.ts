import type { KindName } from '../../../shared/journal/kinds.ts';

type Key<Name extends string> = Name extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : Name;

/** Entries of the journal as till and head office both call them. */
export const entries = {
  /** By the name of the kind, with `_` for its dot. */
  kinds: {
    sale_completed: 'Sale',
    refund_completed: 'Refund',
    basket_voided: 'Voided basket',
    shift_opened: 'Shift opened',
    shift_closed: 'Shift closed (Z)',
    cash_moved: 'Cash in or out',
    stock_adjusted: 'Stock correction',
    stock_counted: 'Stock take',
    stock_sent: 'Goods sent to a store',
    stock_received: 'Goods received',
    stock_receipt_corrected: 'Receipt of goods corrected',
    stock_transfer_cancelled: 'Transfer cancelled',
    product_created: 'New product',
    product_edited: 'Changed product',
    product_proposed: 'Product made at a till',
    product_edit_proposed: 'Product changed at a till',
    category_recorded: 'Category',
    tax_recorded: 'Tax',
    role_recorded: 'Role',
    staff_created: 'New person',
    staff_edited: 'Changed person',
    staff_credential_set: 'PIN or password set',
    staff_locked_out: 'Sign-in locked',
    settings_recorded: 'Settings of the shop',
    till_opened: 'Set-up of the till',
    till_joined: 'Joining of the head office',
    epoch_opened: 'New receipt series',
    adopted: 'Taken over from another copy',
    erased: 'Personal data deleted',
    other: 'Other ({{kind}})',
  },
} as const satisfies { readonly kinds: Readonly<Record<Key<KindName> | 'other', string>> };
