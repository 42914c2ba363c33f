/** The small integer by which rows of this file name a product. */
import { type ProductId, uuidToBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';

const find = reads<{ product: Uint8Array }>()((q, p) =>
  q.selectFrom('product_keys').select('key').where('product', '=', p.product),
);
const insert = writes<{ product: Uint8Array }>()((q, p) => q.insertInto('product_keys').values({ product: p.product }));

/** The key of a product; undefined for one that this file has never named. */
export function findProductKey(db: ReadDb, product: ProductId): number | undefined {
  return find.get(db, { product: uuidToBytes(product) })?.key;
}

/** The key of a product, made when this is the first row to name it. The product itself need not be known. */
export function productKey(db: WriteDb, product: ProductId): number {
  const bytes = uuidToBytes(product);
  return find.get(db, { product: bytes })?.key ?? insert.run(db, { product: bytes }).lastRowid;
}
