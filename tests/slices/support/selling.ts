/** A shop that is open and has something to sell. */
import type { GivenTo } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import type { ProductId, SaleId, TaxId } from '../../../shared/ids.ts';
import { completeGtin } from '../../../shared/product/gtin.ts';
import { opening, openShop, seededRandom, uuidAt } from './till.ts';

type NewProduct = GivenTo<TillContract['product']['create']>;

export type SellingShop = Awaited<ReturnType<typeof openSellingShop>>;

/** Tea by the piece, cheese by the kilogram, a gift card with an open price, a mug that is free; a float of 100.00. */
export async function openSellingShop() {
  const shop = await openShop();
  const { client } = shop.manager;
  const tax = uuidAt<TaxId>(opening, seededRandom('tax'));
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const add = async (changes: Pick<NewProduct, 'sku' | 'name' | 'price'> & Partial<NewProduct>): Promise<ProductId> => {
    const { product } = await client.product.create({
      unit: 'piece',
      category: null,
      taxes: [tax],
      barcodes: [],
      stocked: true,
      ...changes,
    });
    return product;
  };
  const products = {
    tea: await add({ sku: 'TEA', name: 'Tea', price: '3.95', barcodes: ['5012345678900'] }),
    cheese: await add({
      sku: 'CHEDDAR',
      name: 'Cheddar',
      unit: 'kg',
      price: '12.40',
      barcodes: [completeGtin('210001700000')],
    }),
    card: await add({ sku: 'GIFT', name: 'Gift card', price: null, barcodes: [completeGtin('200005500000')] }),
    mug: await add({ sku: 'MUG', name: 'Mug', price: '0.00' }),
  };
  await client.shift.open({ float: '100.00' });
  return Object.assign(shop, products);
}

/** Rings up, pays in cash and completes; answers the sale. */
export async function sell({ manager }: SellingShop, ...lines: readonly (readonly [ProductId, number])[]) {
  const { client } = manager;
  let basket: SaleId | undefined;
  for (const [product, quantity_milli] of lines)
    ({ basket } = await client.basket.add_product({ product, quantity_milli }));
  if (basket === undefined) throw new Error('nothing to sell');
  const { total_minor } = await client.basket.current({});
  if (total_minor > 0) await client.basket.add_tender({ basket, kind: 'cash', handed: '500.00' });
  return client.basket.complete({ basket, total_minor });
}
