/** The open basket as rows: local to this till, durable at every scan. */
import {
  type LineId,
  type ProductId,
  type SaleId,
  type StaffId,
  type TaxId,
  type TenderId,
  uuidFromBytes,
  uuidToBytes,
  type CategoryId,
} from '../../../shared/ids.ts';
import type { Discount, TaxToApply } from '../../../shared/sale/price.ts';
import type { TenderKind } from '../../../shared/sale/settle.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';

const current = reads()((q) => q.selectFrom('baskets').select(['key', 'basket', 'discounts']).orderBy('key').limit(1));
const linesOf = reads<{ basket_key: number }>()((q, p) =>
  q
    .selectFrom('basket_lines')
    .innerJoin('product_keys', 'product_keys.key', 'basket_lines.product_key')
    .select([
      'basket_lines.n',
      'basket_lines.line',
      'basket_lines.quantity_milli',
      'basket_lines.snapshot',
      'product_keys.product',
    ])
    .where('basket_lines.basket_key', '=', p.basket_key)
    .orderBy('basket_lines.n'),
);
const lastOfProduct = reads<{ basket_key: number; product_key: number }>()((q, p) =>
  q
    .selectFrom('basket_lines')
    .select(['n', 'line', 'quantity_milli', 'snapshot'])
    .where('basket_key', '=', p.basket_key)
    .where('product_key', '=', p.product_key)
    .orderBy('n', 'desc')
    .limit(1),
);
const lastLine = reads<{ basket_key: number }>()((q, p) =>
  q.selectFrom('basket_lines').select('n').where('basket_key', '=', p.basket_key).orderBy('n', 'desc').limit(1),
);
const lineCount = reads<{ basket_key: number }>()((q, p) =>
  q
    .selectFrom('basket_lines')
    .select((eb) => eb.fn.countAll<number>().as('lines'))
    .where('basket_key', '=', p.basket_key),
);
const lastTender = reads<{ basket_key: number }>()((q, p) =>
  q.selectFrom('basket_tenders').select('n').where('basket_key', '=', p.basket_key).orderBy('n', 'desc').limit(1),
);
const tendersOf = reads<{ basket_key: number }>()((q, p) =>
  q
    .selectFrom('basket_tenders')
    .select(['n', 'tender', 'kind', 'handed_minor'])
    .where('basket_key', '=', p.basket_key)
    .orderBy('n'),
);
const insertBasket = writes<{ basket: Uint8Array; opened_at: string }>()((q, p) =>
  q.insertInto('baskets').values({ ...fields(p, 'basket', 'opened_at'), discounts: '[]' }),
);
const insertLine = writes<{
  basket_key: number;
  n: number;
  line: Uint8Array;
  product_key: number;
  quantity_milli: number;
  snapshot: string;
}>()((q, p) =>
  q
    .insertInto('basket_lines')
    .values(fields(p, 'basket_key', 'n', 'line', 'product_key', 'quantity_milli', 'snapshot')),
);
const updateQuantity = writes<{ basket_key: number; n: number; quantity_milli: number }>()((q, p) =>
  q
    .updateTable('basket_lines')
    .set({ quantity_milli: p.quantity_milli })
    .where('basket_key', '=', p.basket_key)
    .where('n', '=', p.n),
);
const updateSnapshot = writes<{ basket_key: number; n: number; snapshot: string }>()((q, p) =>
  q
    .updateTable('basket_lines')
    .set({ snapshot: p.snapshot })
    .where('basket_key', '=', p.basket_key)
    .where('n', '=', p.n),
);
const updateDiscounts = writes<{ key: number; discounts: string }>()((q, p) =>
  q.updateTable('baskets').set({ discounts: p.discounts }).where('key', '=', p.key),
);
const insertTender = writes<{
  basket_key: number;
  n: number;
  tender: Uint8Array;
  kind: TenderKind;
  handed_minor: number;
}>()((q, p) => q.insertInto('basket_tenders').values(fields(p, 'basket_key', 'n', 'tender', 'kind', 'handed_minor')));
const deleteTender = writes<{ basket_key: number; n: number }>()((q, p) =>
  q.deleteFrom('basket_tenders').where('basket_key', '=', p.basket_key).where('n', '=', p.n),
);
const deleteLine = writes<{ basket_key: number; n: number }>()((q, p) =>
  q.deleteFrom('basket_lines').where('basket_key', '=', p.basket_key).where('n', '=', p.n),
);
const deleteLines = writes<{ basket_key: number }>()((q, p) =>
  q.deleteFrom('basket_lines').where('basket_key', '=', p.basket_key),
);
const deleteTenders = writes<{ basket_key: number }>()((q, p) =>
  q.deleteFrom('basket_tenders').where('basket_key', '=', p.basket_key),
);
const deleteBasket = writes<{ key: number }>()((q, p) => q.deleteFrom('baskets').where('key', '=', p.key));

const sold = reads()((q) =>
  q.selectFrom('baskets').innerJoin('sales', 'sales.sale', 'baskets.basket').select('baskets.key'),
);

/** A discount and who allowed it, where that is somebody else than the cashier. */
export type GrantedDiscount = Discount & { readonly approver?: StaffId };

/** What a line remembers of its product from the moment it was rung up: the catalogue may change under an open basket. */
export interface LineSnapshot {
  readonly sku: string;
  readonly name: string;
  readonly unit: 'piece' | 'kg' | 'g' | 'l' | 'm' | 'm2' | 'h';
  readonly category: CategoryId | null;
  readonly stocked: boolean;
  readonly list_price_minor: number | null;
  readonly unit_price_minor: number;
  readonly price_source: 'list' | 'open' | 'override' | 'label';
  readonly price_reason?: string;
  readonly price_approver?: StaffId;
  readonly discounts: readonly GrantedDiscount[];
  readonly taxes: readonly TaxToApply<TaxId>[];
}

export interface BasketLine {
  readonly n: number;
  readonly line: LineId;
  readonly product: ProductId;
  readonly quantity_milli: number;
  readonly snapshot: LineSnapshot;
}

export interface BasketTender {
  readonly n: number;
  readonly tender: TenderId;
  readonly kind: TenderKind;
  readonly handed_minor: number;
}

export interface OpenBasket {
  readonly key: number;
  readonly basket: SaleId;
  readonly discounts: readonly GrantedDiscount[];
}

/** The basket that is being filled, if there is one. */
export function findBasket(db: ReadDb): OpenBasket | undefined {
  const row = current.get(db, {});
  if (row === undefined) return undefined;
  // Written by setBasketDiscounts below.
  return { key: row.key, basket: uuidFromBytes(row.basket), discounts: JSON.parse(row.discounts) as GrantedDiscount[] };
}

export function startBasket(db: WriteDb, basket: SaleId, opened_at: string): OpenBasket {
  const { lastRowid } = insertBasket.run(db, { basket: uuidToBytes(basket), opened_at });
  return { key: lastRowid, basket, discounts: [] };
}

/** The lines in the order in which they were rung up. */
export function basketLines(db: ReadDb, basket: OpenBasket): BasketLine[] {
  return linesOf.all(db, { basket_key: basket.key }).map((row) => ({
    n: row.n,
    line: uuidFromBytes(row.line),
    product: uuidFromBytes(row.product),
    quantity_milli: row.quantity_milli,
    snapshot: readSnapshot(row.snapshot),
  }));
}

/** The newest line of a product, to which another piece may be added. */
export function lastLineOf(
  db: ReadDb,
  basket: OpenBasket,
  productKey: number,
): Omit<BasketLine, 'product'> | undefined {
  const row = lastOfProduct.get(db, { basket_key: basket.key, product_key: productKey });
  if (row === undefined) return undefined;
  return {
    n: row.n,
    line: uuidFromBytes(row.line),
    quantity_milli: row.quantity_milli,
    snapshot: readSnapshot(row.snapshot),
  };
}

export function countLines(db: ReadDb, basket: OpenBasket): number {
  return lineCount.one(db, { basket_key: basket.key }).lines;
}

export function basketTenders(db: ReadDb, basket: OpenBasket): BasketTender[] {
  return tendersOf
    .all(db, { basket_key: basket.key })
    .map((row) => ({ ...row, tender: uuidFromBytes<TenderId>(row.tender) }));
}

export function addLine(
  db: WriteDb,
  basket: OpenBasket,
  added: {
    readonly line: LineId;
    readonly product_key: number;
    readonly quantity_milli: number;
    readonly snapshot: LineSnapshot;
  },
): void {
  insertLine.run(db, {
    basket_key: basket.key,
    n: (lastLine.get(db, { basket_key: basket.key })?.n ?? 0) + 1,
    line: uuidToBytes(added.line),
    product_key: added.product_key,
    quantity_milli: added.quantity_milli,
    snapshot: JSON.stringify(added.snapshot),
  });
}

export function setQuantity(db: WriteDb, basket: OpenBasket, n: number, quantity_milli: number): void {
  updateQuantity.run(db, { basket_key: basket.key, n, quantity_milli });
}

export function setSnapshot(db: WriteDb, basket: OpenBasket, n: number, snapshot: LineSnapshot): void {
  updateSnapshot.run(db, { basket_key: basket.key, n, snapshot: JSON.stringify(snapshot) });
}

export function setBasketDiscounts(db: WriteDb, basket: OpenBasket, discounts: readonly GrantedDiscount[]): void {
  updateDiscounts.run(db, { key: basket.key, discounts: JSON.stringify(discounts) });
}

export function removeLine(db: WriteDb, basket: OpenBasket, n: number): void {
  deleteLine.run(db, { basket_key: basket.key, n });
}

export function addTender(
  db: WriteDb,
  basket: OpenBasket,
  added: { readonly tender: TenderId; readonly kind: TenderKind; readonly handed_minor: number },
): void {
  insertTender.run(db, {
    basket_key: basket.key,
    n: (lastTender.get(db, { basket_key: basket.key })?.n ?? 0) + 1,
    tender: uuidToBytes(added.tender),
    kind: added.kind,
    handed_minor: added.handed_minor,
  });
}

export function removeTender(db: WriteDb, basket: OpenBasket, n: number): void {
  deleteTender.run(db, { basket_key: basket.key, n });
}

/** Takes the basket away, lines and tenders with it: it became a sale, or was voided. */
export function endBasket(db: WriteDb, basket: OpenBasket): void {
  deleteLines.run(db, { basket_key: basket.key });
  deleteTenders.run(db, { basket_key: basket.key });
  deleteBasket.run(db, { key: basket.key });
}

/** Ends a basket whose sale came from elsewhere: it was open in a copy of this file, and sold there. */
export function endSoldBaskets(db: WriteDb): void {
  for (const { key } of sold.all(db, {})) {
    deleteLines.run(db, { basket_key: key });
    deleteTenders.run(db, { basket_key: key });
    deleteBasket.run(db, { key });
  }
}

function readSnapshot(text: string): LineSnapshot {
  // Written by addLine and setSnapshot above, in a table that only this till writes.
  return JSON.parse(text) as LineSnapshot;
}
