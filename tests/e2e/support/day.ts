/** A day in the demo shop, as far as the screens of the list need one. */
import { z } from 'zod';
import type { TillStand } from '../../../commands/screens/till-list.ts';
import { manage, type Shop, somethingToSell, stock } from './shop.ts';

export interface Day {
  /** What addresses of the list are about: a sale, a product, a transfer that comes. */
  readonly parts: Readonly<Record<string, string>>;
  /** Goes on in the day, to how the till stands then. */
  come(stand: TillStand): Promise<void>;
}

const quay = '019a0000-0001-7000-8000-000000000002';
const productOf = z.object({ products: z.array(z.object({ product: z.string(), sku: z.string() })).min(1) });
const basketOf = z.object({ basket: z.string() });
const totalOf = z.object({ total_minor: z.int() });
const countOf = z.object({ count: z.string() });
const numberOf = z.object({ number: z.string() });
const statusOf = z.object({ store: z.string() });
const staffOf = z.object({ staff: z.array(z.object({ staff: z.string() })).min(1) });

/** A shift that was closed, a sale in the next, a basket, a stock take posted and one begun, goods sent and goods coming. */
export async function liveThroughADay(shop: Shop): Promise<Day> {
  const parts: Record<string, string> = { coming: 'QU1-A-T9', partly: 'QU1-A-T8' };
  await stock(shop.till, [{ name: 'Whatever it costs', price: null }]);
  await manage(shop.till, async (tell) => {
    const name = somethingToSell(0).name;
    const { products } = productOf.parse(await tell('product.search', { text: name, limit: 1 }));
    const { product, sku } = products[0] ?? { product: '', sku: '' };
    parts['product'] = product;
    await tell('shift.close', { counted: '100', denominations: [], reason: null });
    await tell('shift.open', { float: '100' });
    const { basket } = basketOf.parse(await tell('basket.add_product', { product, quantity_milli: 2000 }));
    const { total_minor } = totalOf.parse(await tell('basket.current', {}));
    await tell('basket.add_tender', { basket, kind: 'cash', handed: '500' });
    await tell('basket.complete', { basket, total_minor });
    parts['sale'] = basket;
    const next = basketOf.parse(await tell('basket.add_product', { product, quantity_milli: 1000 }));
    parts['basket'] = next.basket;
    const { staff } = staffOf.parse(await tell('staff.list', {}));
    parts['member'] = staff[0]?.staff ?? '';
    const { count } = countOf.parse(await tell('stock_take.open', { scope: { kind: 'store' } }));
    await tell('stock_take.scan', { count, barcode: somethingToSell(0).barcode });
    await tell('stock_take.post', { count });
    parts['count'] = count;
    const open = countOf.parse(await tell('stock_take.open', { scope: { kind: 'store' } }));
    await tell('stock_take.scan', { count: open.count, barcode: somethingToSell(0).barcode });
    const { store } = statusOf.parse(await tell('setup.status', {}));
    const line = { product, sku, name, unit: 'piece', sent_milli: 5000, received_milli: null };
    const sent = { from_store: quay, to_store: store, sent_at: '2026-11-21T08:00:00.000Z', lines: [line] };
    const some = { ...sent, lines: [{ ...line, received_milli: 2000 }] };
    const rows = [
      { kind: 'store' as const, row: { store: quay, name: 'Quay Street', active: true } },
      { kind: 'transfer' as const, row: { number: 'QU1-A-T9', state: 'on_the_way', ...sent } },
      { kind: 'transfer' as const, row: { number: 'QU1-A-T8', state: 'on_the_way', ...some } },
    ];
    const changes = rows.map((row, i) => ({ position: i + 1, ...row }));
    shop.till.sync.applyPage({ stream: 'company', tag: 'tag', snapshot: null, changes, position: changes.length });
    const given = await tell('transfer.send', { to_store: quay, lines: [{ product, quantity_milli: 1000 }] });
    parts['sent'] = numberOf.parse(given).number;
  });
  return {
    parts,
    come: async (stand) =>
      await manage(shop.till, async (tell) => {
        if (stand === 'counted') await tell('basket.void', { basket: parts['basket'] });
        if (stand !== 'closed') return;
        const { expected_minor } = z.object({ expected_minor: z.int() }).parse(await tell('shift.report', {}));
        await tell('shift.close', { counted: String(expected_minor / 100), denominations: [], reason: null });
      }),
  };
}
