/** By hand: a till that edits one product again and again, each time under the lock that every store wants. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProductId } from '../../shared/ids.ts';
import { AttackStand, pushOnBy } from './stand.ts';

let stand: AttackStand;
let product: ProductId;

beforeAll(async () => {
  stand = await AttackStand.open();
  product = stand.shop.ids.next<ProductId>();
  const made = { product, sku: 'E-1', name: 'Espresso', unit: 'piece', price_minor: 250, category: null };
  await stand.shop.admin.query('select create_products(null, $1)', [
    JSON.stringify([{ ...made, taxes: [], barcodes: [], stocked: false, active: true }]),
  ]);
});

afterAll(async () => {
  await stand.close();
});

/** How many rows of earlier edits one push of `edits` read. */
async function readBy(edits: number): Promise<number> {
  const { mine } = stand;
  const client = await stand.logIn(mine);
  const read = async () => {
    const { rows } = await client.query<{ read: number }>(
      `select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables
       where relname = 'product_proposals'`,
    );
    return rows[0]?.read ?? 0;
  };
  const entries = Array.from({ length: edits }, (_, i) =>
    mine.till.append('product.edit_proposed', {
      product,
      against: 1,
      changes: { price_minor: 300 + i, name: `Espresso ${i}` },
      was: { price_minor: 200, name: 'Espresso' },
    }),
  );
  await client.query('begin');
  const before = await read();
  expect((await pushOnBy(client, entries)).quarantined).toBe(0);
  const after = await read();
  await client.query('commit');
  await client.end();
  return after - before;
}

/** Edits of before, none of which waits any more, of two tills. */
async function givePast(rows: number): Promise<void> {
  await stand.shop.admin.query(
    `insert into product_proposals (store_id, till_id, seq, field, product, at, against, wanted, kept, state, reason,
       version)
     select t.store_id, t.till_id, -g, f, $1, now(), 1, '1', '2', case when g % 2 = 0 then 'accepted' else 'superseded' end,
       'stale', g
     from tills t, generate_series(1, $2::int) g, unnest('{price_minor,name}'::text[]) f where t.till = any ($3)`,
    [product, rows, [stand.mine.till.options.till, stand.neighbour.till.options.till]],
  );
}

it.each(['before PostgreSQL has statistics', 'with statistics'])(
  'an edit reads as much where thousands were before it as where few were, %s',
  async (when) => {
    await readBy(10);
    const few = await readBy(20);
    await givePast(3000);
    if (when === 'with statistics') await stand.shop.admin.query('analyze product_proposals');
    const many = await readBy(20);
    await stand.shop.admin.query('delete from product_proposals where seq < 0');
    expect(many).toBeLessThanOrEqual(few + 20);
  },
);
