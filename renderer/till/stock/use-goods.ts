import { useEffect, useState } from 'react';
import type { ProductId } from '../../../shared/ids.ts';
import type { Product } from '../data/operations.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useFindByBarcode } from '../refund/product-finder.tsx';
import { useScanner } from '../scan/index.ts';
import { createGoodsDraft, type Goods, type GoodsDraft } from './goods-draft.ts';

export interface GoodsList {
  readonly goods: readonly Goods[];
  /** A barcode that names nothing whose stock is kept; null where the last one did. */
  readonly unknown: string | null;
  /** Adds one more of a product. */
  add(product: Pick<Product, 'product' | 'sku' | 'name' | 'unit'>): void;
  set(product: ProductId, quantity_milli: number): void;
  remove(product: ProductId): void;
  /** Takes everything for arrived as it was sent. */
  asSent(): void;
  /** Begins anew. */
  clear(): void;
  readonly sendOff: GoodsDraft['sendOff'];
}

/** A list of goods that is filled by scanning and typing, and kept for its `transfer` until it is sent off. */
export function useGoods(transfer: string, expected: readonly Goods[]): GoodsList {
  const { status } = useAtTheTill();
  const find = useFindByBarcode();
  const [draft] = useState(() => createGoodsDraft(sessionStorage, `${status.till ?? ''}.${transfer}`));
  const [goods, setGoods] = useState(() => draft.read(expected));
  useEffect(() => draft.keep(goods), [draft, goods]);
  const [unknown, setUnknown] = useState<string | null>(null);
  const change = (product: ProductId, to: (held: Goods) => Goods): void =>
    setGoods((all) => all.map((one) => (one.product === product ? to(one) : one)));
  const add: GoodsList['add'] = ({ name, product, sku, unit }) => {
    setUnknown(null);
    setGoods((all) =>
      all.some((one) => one.product === product)
        ? all.map((one) => (one.product === product ? { ...one, quantity_milli: one.quantity_milli + 1000 } : one))
        : [...all, { product, sku, name, unit, quantity_milli: 1000, sent_milli: null }],
    );
  };
  useScanner(async (code) => {
    const found = await find(code);
    if (found === undefined || !found.stocked) setUnknown(code);
    else add(found);
  });
  return {
    goods,
    unknown,
    add,
    set: (product, quantity_milli) => change(product, (held) => ({ ...held, quantity_milli })),
    remove: (product) => setGoods((all) => all.filter((one) => one.product !== product)),
    asSent: () =>
      setGoods((all) => all.map((one) => ({ ...one, quantity_milli: one.sent_milli ?? one.quantity_milli }))),
    clear: () => setGoods(expected),
    sendOff: draft.sendOff,
  };
}
