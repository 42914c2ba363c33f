/** A valid input for every operation of the till, in a shop where it can succeed. A missing one does not compile. */
import type { GivenTo, Operation, OperationName } from '../../shared/contract/define.ts';
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { TillContract } from '../../shared/contract/till.ts';
import type {
  CategoryId,
  CommandId,
  CountId,
  LineId,
  ProductId,
  RoleId,
  ShiftId,
  SaleId,
  StaffId,
  StoreId,
  TaxId,
  TenderId,
} from '../../shared/ids.ts';
import type { StoreSettings } from '../../shared/journal/kinds/store-kinds.ts';

/** What is in the shop that the samples are for. */
export interface World {
  readonly settings: StoreSettings;
  readonly manager: StaffId;
  readonly cashier: StaffId;
  readonly role: RoleId;
  readonly tax: TaxId;
  readonly category: CategoryId;
  /** Listed, by the piece, with a barcode. */
  readonly product: ProductId;
  readonly revision: string;
  readonly barcode: string;
  /** A completed sale and its line. */
  readonly sale: SaleId;
  readonly soldLine: LineId;
  /** The shift: open, or closed in the state without one. */
  readonly shift: ShiftId;
  /** The open basket: one line. */
  readonly basket: SaleId;
  readonly line: LineId;
  /** Where the shop's state asks for it: a card tender of 1.00. */
  readonly tender: TenderId;
  readonly total_minor: number;
  /** The stock take: open where the shop's state asks for it, posted in the state after one. */
  readonly count: CountId;
  /** Another store of the company, and the number of a transfer to it: in the state that asks for it. */
  readonly otherStore: StoreId;
  readonly sentNumber: string;
  readonly newId: <Id>() => Id;
}

/** The state that an operation needs beside an ordinary open shop. */
export type State =
  | 'not set up'
  | 'shop'
  | 'counting'
  | 'counted'
  | 'sent'
  | 'received'
  | 'no shift'
  | 'empty basket'
  | 'tender taken'
  | 'paid'
  | 'joinable';

type NounVerb<Name extends string> = Name extends `${infer Noun}.${infer Verb}` ? [Noun, Verb] : never;
type OperationOf<Name extends OperationName<TillContract>> =
  NounVerb<Name> extends [infer Noun extends keyof TillContract, infer Verb]
    ? Verb extends keyof TillContract[Noun]
      ? TillContract[Noun][Verb]
      : never
    : never;
type InputFor<Name extends OperationName<TillContract>> =
  OperationOf<Name> extends infer O extends { input: unknown } ? GivenTo<O & Operation> : never;

export type Samples = {
  readonly [Name in OperationName<TillContract>]: {
    readonly in?: State;
    readonly input: (world: World) => InputFor<Name>;
  };
};

export const samples: Samples = {
  'setup.status': { input: () => ({}) },
  'setup.open_shop': {
    in: 'not set up',
    input: ({ settings }) => ({
      settings,
      till_code: 'T1',
      till_name: 'Till 1',
      manager: { name: 'Elena', login: 'elena', password: 'a long password', pin: '2468' },
    }),
  },
  'setup.try_demo': { in: 'not set up', input: () => ({}) },
  'setup.leave': {
    in: 'no shift',
    input: ({ settings }) => ({ credential: { kind: 'pin', secret: '2468' }, shop_name: settings.name }),
  },
  'setup.join': { in: 'joinable', input: () => ({ code: 'EVT-ONE-TIME' }) },
  'setup.join_with_history': { input: () => ({ code: 'EVT-ONE-TIME' }) },
  'session.choices': { input: () => ({}) },
  'session.sign_in': {
    input: ({ manager }) => ({ who: { staff: manager }, credential: { kind: 'pin', secret: '2468' } }),
  },
  'session.current': { input: () => ({}) },
  'session.lock': { input: () => ({}) },
  'session.approvers': { input: () => ({ permission: 'basket.void' }) },
  'session.approve': {
    input: ({ manager, newId }) => ({
      staff: manager,
      credential: { kind: 'pin', secret: '2468' },
      permission: 'basket.void',
      command: newId<CommandId>(),
    }),
  },
  'shift.current': { input: () => ({}) },
  'shift.open': { in: 'no shift', input: () => ({ float: '100.00' }) },
  'shift.report': { input: () => ({}) },
  'shift.list': { input: () => ({ before_number: null, limit: 50 }) },
  'shift.show': { in: 'no shift', input: ({ shift }) => ({ shift }) },
  'shift.close': { in: 'empty basket', input: () => ({ counted: '123.45', denominations: [], reason: 'Miscounted' }) },
  'shift.pay_in': { input: () => ({ amount: '5.00', reason: 'Coins' }) },
  'shift.pay_out': { input: () => ({ amount: '5.00', reason: 'Milk' }) },
  'basket.current': { input: () => ({}) },
  'basket.add_product': { input: ({ product }) => ({ product, quantity_milli: 1000 }) },
  'basket.scan': { input: ({ barcode }) => ({ barcode }) },
  'basket.set_quantity': { input: ({ basket, line }) => ({ basket, line, quantity_milli: 3000 }) },
  'basket.remove_line': { input: ({ basket, line }) => ({ basket, line }) },
  'basket.override_price': { input: ({ basket, line }) => ({ basket, line, price: '1.00', reason: 'Chipped' }) },
  'basket.discount_line': {
    input: ({ basket, line }) => ({
      basket,
      line,
      discount: { kind: 'percent', rate_millionths: 100_000, reason: 'Staff' },
    }),
  },
  'basket.discount': {
    input: ({ basket }) => ({ basket, discount: { kind: 'amount', amount_minor: 10, reason: 'Regular' } }),
  },
  'basket.add_tender': { input: ({ basket }) => ({ basket, kind: 'cash', handed: '50.00' }) },
  'basket.remove_tender': { in: 'tender taken', input: ({ basket, tender }) => ({ basket, tender }) },
  'basket.complete': { in: 'paid', input: ({ basket, total_minor }) => ({ basket, total_minor }) },
  'basket.void': { input: ({ basket }) => ({ basket }) },
  'sale.list': { input: () => ({ text: '', before_seq: null, limit: 10 }) },
  'sale.show': { input: ({ sale }) => ({ sale }) },
  'refund.give_back': {
    input: ({ sale, soldLine }) => ({
      of_sale: sale,
      lines: [{ line: soldLine, quantity_milli: 1000, restock: true }],
      tender: 'cash',
      reason: 'Broken',
    }),
  },
  'refund.without_receipt': {
    input: ({ product }) => ({
      lines: [{ product, quantity_milli: 1000, price: '2.00', restock: false }],
      tender: 'cash',
      reason: 'Broken',
    }),
  },
  'product.search': { input: () => ({ text: 'tea' }) },
  'product.tiles': { input: () => ({ category: null }) },
  'product.list': { input: () => ({ text: '', include_inactive: true, offset: 0, limit: 10 }) },
  'product.show': { input: ({ product }) => ({ product }) },
  'product.create': {
    input: ({ tax, category }) => ({
      sku: 'NEW-1',
      name: 'Something new',
      unit: 'piece',
      price: '2.50',
      category,
      taxes: [tax],
      barcodes: ['4006381333931'],
      stocked: true,
    }),
  },
  'product.edit': {
    input: ({ product, revision }) => ({ product, against: revision, changes: { name: 'Another name' } }),
  },
  'product.decisions': { input: () => ({ product: null }) },
  'product.dismiss_decision': { input: ({ product }) => ({ product, field: 'price_minor', seq: 1 }) },
  'catalogue.categories': { input: () => ({}) },
  'catalogue.record_category': {
    input: ({ category }) => ({ category, name: 'Drinks', tint: 'drinks', position: 1, active: true }),
  },
  'catalogue.taxes': { input: () => ({}) },
  'catalogue.record_tax': {
    input: ({ tax }) => ({ tax, code: 'B', name: 'Reduced', rate_millionths: 50_000, active: true }),
  },
  'stock.levels': { input: ({ product }) => ({ products: [product] }) },
  'stock.list': { input: () => ({ text: '', only: 'all', offset: 0, limit: 10 }) },
  'stock_take.current': { input: () => ({}) },
  'stock_take.open': { input: ({ category }) => ({ scope: { kind: 'category', category } }) },
  'stock_take.lines': {
    in: 'counting',
    input: ({ count }) => ({ count, text: '', only: 'all', offset: 0, limit: 10 }),
  },
  'stock_take.scan': { in: 'counting', input: ({ count, barcode }) => ({ count, barcode }) },
  'stock_take.enter': {
    in: 'counting',
    input: ({ count, product }) => ({ count, product, quantity_milli: 7000, how: 'replace' }),
  },
  'stock_take.uncount': { in: 'counting', input: ({ count, product }) => ({ count, product }) },
  'stock_take.differences': {
    in: 'counting',
    input: ({ count }) => ({ count, only: 'different', offset: 0, limit: 10 }),
  },
  'stock_take.rest_is_none': { in: 'counting', input: ({ count }) => ({ count }) },
  'stock_take.post': { in: 'counting', input: ({ count }) => ({ count }) },
  'stock_take.discard': { in: 'counting', input: ({ count }) => ({ count }) },
  'stock_take.list': { in: 'counted', input: () => ({ limit: 10 }) },
  'stock_take.show': { in: 'counted', input: ({ count }) => ({ count, only: 'all', offset: 0, limit: 10 }) },
  'transfer.list': { in: 'sent', input: () => ({}) },
  'transfer.show': { in: 'sent', input: ({ sentNumber }) => ({ number: sentNumber }) },
  'transfer.send': {
    in: 'sent',
    input: ({ otherStore, product }) => ({ to_store: otherStore, lines: [{ product, quantity_milli: 2000 }] }),
  },
  'transfer.receive': {
    input: ({ product }) => ({ number: 'HS9-A-T7', lines: [{ product, quantity_milli: 2000 }] }),
  },
  'transfer.correct': {
    in: 'received',
    input: ({ product }) => ({
      number: 'HS9-A-T8',
      reason: 'Counted twice',
      lines: [{ product, quantity_milli: 1000 }],
    }),
  },
  'transfer.cancel': { in: 'sent', input: ({ sentNumber }) => ({ number: sentNumber }) },
  'stock.adjust': { input: ({ product }) => ({ reason: 'Damp', lines: [{ product, quantity_milli: -1000 }] }) },
  'staff.list': { input: () => ({}) },
  'staff.roles': { input: () => ({}) },
  'staff.record_role': {
    input: ({ newId }) => ({ role: newId<RoleId>(), name: 'Helper', permissions: [...startingRoles.cashier] }),
  },
  'staff.create': {
    input: ({ role }) => ({ name: 'Noor', login: 'noor', roles: [role], pin: '1357', password: 'a password of Noor' }),
  },
  'staff.edit': { input: ({ cashier }) => ({ staff: cashier, against: 1, changes: { name: 'Jonas Meyer' } }) },
  'staff.set_pin': { input: ({ cashier }) => ({ staff: cashier, pin: '8642' }) },
  'staff.set_password': { input: ({ cashier }) => ({ staff: cashier, password: 'another password' }) },
  'settings.record': {
    in: 'no shift',
    input: ({ settings }) => ({ settings: { ...settings, receipt_footer: 'Good-bye' } }),
  },
  'sync.status': { input: () => ({}) },
  'sync.details': { input: () => ({}) },
  'support.collect': { input: () => ({ receipt_number: null }) },
  'support.note_fault': { input: () => ({ what: 'drawing' as const, error: 'TypeError: x is undefined' }) },
  'sync.try_now': { input: () => ({}) },
};
