import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { feedRows } from '../../shared/feed/rows.ts';
import type { CategoryId, ProductId, RoleId, StaffId, TaxId } from '../../shared/ids.ts';
import type { CentralConnection } from '../../sync/central-port.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill, testSettings } from './central-shop.ts';
import { SyncRun } from './sync-run.ts';

let shop: CentralShop;
let office: pg.Client;
let joined: JoinedTill;
let count = 0;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  office = await shop.headOffice();
});

beforeEach(async () => {
  count += 1;
  joined = await shop.join(`T${count}`);
  joined.till.open();
});

afterAll(async () => {
  await office.end();
  await shop.close();
});

interface Edited {
  readonly answer: string;
  readonly version?: number;
  readonly skus?: readonly string[];
  readonly row?: unknown;
}

/** Calls an edit function as the head office's server does. */
async function edit(name: string, ...values: readonly unknown[]): Promise<Edited> {
  const places = values.map((_, i) => `$${i + 2}`).join(', ');
  const { rows } = await office.query<{ answer: Edited }>(`select ${name}($1, ${places}) as answer`, [
    shop.ids.next(),
    ...values,
  ]);
  const answer = rows[0]?.answer;
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

function newProduct(sku: string) {
  return {
    product: shop.ids.next<ProductId>(),
    sku,
    name: 'Rye bread',
    unit: 'piece',
    price_minor: 320,
    category: null,
    taxes: [],
    barcodes: ['5000112637922'],
    stocked: true,
    active: true,
  };
}

async function sync(): Promise<void> {
  const run = new SyncRun(joined.till, joined.central);
  await run.untilSynced();
  run.sync.stop();
  expect(run.reports).toEqual([]);
}

describe('what the head office changes', () => {
  it('reaches the till as whole records in the shape of the feed', async () => {
    const tax = { tax: shop.ids.next<TaxId>(), code: 'A', name: 'Standard', rate_millionths: 200_000, active: true };
    const category = {
      category: shop.ids.next<CategoryId>(),
      name: 'Bakery',
      tint: 'bakery',
      position: 0,
      active: true,
    };
    const role = { role: shop.ids.next<RoleId>(), name: 'Cashier', permissions: ['sale.create', 'shift.open'] };
    const product = { ...newProduct('RYE-1'), category: category.category, taxes: [tax.tax] };
    const staff = shop.ids.next<StaffId>();
    const bcrypt = `$2b$10$${'a'.repeat(53)}`;
    const payload = Buffer.from('{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","name":"Sam Okoro","login":"sam"}');
    expect(await edit('record_tax', JSON.stringify(tax))).toEqual({ answer: 'recorded' });
    expect(await edit('record_category', JSON.stringify(category))).toEqual({ answer: 'recorded' });
    expect(await edit('record_role', JSON.stringify(role))).toEqual({ answer: 'recorded' });
    expect(await edit('create_products', JSON.stringify([product]))).toEqual({ answer: 'created', version: 1 });
    expect(
      await edit('create_staff', staff, [role.role], [shop.store], payload, JSON.stringify({ pin: bcrypt })),
    ).toEqual({ answer: 'created', version: 1 });
    await sync();

    const { company, store } = joined.till.replica;
    expect(company.get(`tax ${tax.tax}`)).toEqual(tax);
    expect(company.get(`category ${category.category}`)).toEqual(category);
    expect(company.get(`role ${role.role}`)).toEqual(role);
    expect(company.get(`product ${product.product}`)).toEqual({ ...product, version: 1 });
    expect(store.get('settings undefined')).toEqual(testSettings);
    expect(store.get(`staff ${staff}`)).toMatchObject({
      staff,
      roles: [role.role],
      payload_base64: payload.toString('base64'),
    });
    expect(store.get(`verifier ${staff}/pin`)).toEqual({ staff, credential: 'pin', bcrypt });
    expect(store.get(`till ${joined.till.options.till}`)).toMatchObject({ code: `T${count}`, name: 'Counter' });
    for (const [key, row] of [...company, ...store]) {
      const kind = key.slice(0, key.indexOf(' '));
      // Every kind that central sends is one that the till can read.
      expect(feedRows[kind as keyof typeof feedRows].safeParse(row)).toMatchObject({ success: true });
    }
  });

  it('twice is there as it was left, and a deactivated product stays a row', async () => {
    const product = newProduct('RYE-2');
    await edit('create_products', JSON.stringify([product]));
    await sync();
    expect(await edit('edit_product', product.product, 1, JSON.stringify({ price_minor: null }))).toMatchObject({
      answer: 'edited',
      version: 2,
    });
    expect(
      await edit('edit_product', product.product, 2, JSON.stringify({ active: false, barcodes: [] })),
    ).toMatchObject({ version: 3 });
    await sync();
    expect(joined.till.replica.company.get(`product ${product.product}`)).toEqual({
      ...product,
      price_minor: null,
      active: false,
      barcodes: [],
      version: 3,
    });
  });

  it('against a version that is no longer the newest is not done, and says what is there now', async () => {
    const product = newProduct('RYE-3');
    await edit('create_products', JSON.stringify([product]));
    await edit('edit_product', product.product, 1, JSON.stringify({ price_minor: 330 }));
    const stale = await edit('edit_product', product.product, 1, JSON.stringify({ price_minor: 350 }));
    expect(stale).toMatchObject({ answer: 'stale', row: { version: 2, price_minor: 330 } });
    expect(await edit('edit_product', shop.ids.next(), 1, '{}')).toEqual({ answer: 'unknown' });
  });

  it('is refused for a SKU that is in use; case matters', async () => {
    await edit('create_products', JSON.stringify([newProduct('Rye-4')]));
    const both = JSON.stringify([newProduct('RYE-4'), newProduct('Rye-4')]);
    expect(await edit('create_products', both)).toEqual({ answer: 'taken', skus: ['Rye-4'] });
    const twice = JSON.stringify([newProduct('RYE-5'), newProduct('RYE-5')]);
    expect(await edit('create_products', twice)).toEqual({ answer: 'taken', skus: ['RYE-5'] });
    expect(await edit('create_products', JSON.stringify([newProduct('RYE-4')]))).toMatchObject({ answer: 'created' });
  });

  it('of a person reaches only the stores where they work', async () => {
    const elsewhere = shop.ids.next<typeof shop.store>();
    await shop.addStore(elsewhere);
    const staff = shop.ids.next<StaffId>();
    const payload = Buffer.from(`{"salt":"${randomBytes(16).toString('base64')}","name":"Elsewhere"}`);
    await edit('create_staff', staff, [], [elsewhere], payload, '{}');
    await sync();
    expect(joined.till.replica.store.has(`staff ${staff}`)).toBe(false);
    const other = await shop.join(`E${count}`, elsewhere);
    other.till.open();
    const run = new SyncRun(other.till, other.central);
    await run.untilSynced();
    run.sync.stop();
    expect(other.till.replica.store.has(`staff ${staff}`)).toBe(true);
  });

  it('is logged with who did it, and the log can not be changed', async () => {
    await edit('rename_till', joined.till.options.till, 'Front');
    const { rows } = await office.query(
      "select editor is not null as by, row->>'name' as name from office_edits order by edit desc limit 1",
    );
    expect(rows).toEqual([{ by: true, name: 'Front' }]);
    await expect(shop.admin.query('delete from office_edits')).rejects.toThrow('append-only');
    await sync();
    expect(joined.till.replica.store.get(`till ${joined.till.options.till}`)).toMatchObject({ name: 'Front' });
  });
});

describe('the feed', () => {
  async function connected<T>(work: (connection: CentralConnection) => Promise<T>): Promise<T> {
    const connection = await joined.central.connect();
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  }

  /** One page of the company's stream. */
  async function page(position: number | null, tag: string, limit: number) {
    const company = position === null ? null : { position, tag };
    const answer = await connected(async (connection) => await connection.pull({ company, store: null }, limit));
    if (answer.answer !== 'pages') throw new Error(answer.reason);
    const found = answer.pages.find((one) => one.stream === 'company');
    if (found === undefined) throw new Error('no page of the company');
    return found;
  }

  it('begins with a snapshot, goes on after a stop half-way, and then sends changes only', async () => {
    const first = await page(null, '', 2);
    expect(first).toMatchObject({ snapshot: 'begin', from: 0, more: true });
    const second = await page(first.position, first.tag, 2);
    expect(second).toMatchObject({ snapshot: 'more', from: first.position });
    // A change while the snapshot is under way is in it, at its new place.
    const late = newProduct(`LATE-${count}`);
    await edit('create_products', JSON.stringify([late]));
    let last = second;
    const seen = [...first.changes, ...second.changes];
    while (last.more) {
      last = await page(last.position, last.tag, 2);
      seen.push(...last.changes);
    }
    expect(last.snapshot).toBe('end');
    expect(seen.at(-1)?.row).toMatchObject({ sku: late.sku });
    expect(seen.map((change) => change.position)).toEqual(
      seen.map((change) => change.position).toSorted((a, b) => a - b),
    );
    expect(await page(last.position, last.tag, 500)).toMatchObject({ snapshot: null, changes: [], more: false });
    const changed = newProduct(`LATER-${count}`);
    await edit('create_products', JSON.stringify([changed]));
    const tail = await page(last.position, last.tag, 500);
    expect(tail).toMatchObject({ snapshot: null, more: false, changes: [{ row: { sku: changed.sku } }] });
  });

  it('ends a page by its bytes too, with one row at least, and reaches the head page by page in a snapshot and after it', async () => {
    const head = async () => await shop.value('select position::int from stream_heads where store_id = 0');
    let last = await page(null, '', 500);
    while (last.more) last = await page(last.position, last.tag, 500);
    // The last but one is for two other stores alone: it is read over.
    const sizes = [400_000, 500_000, 300_000, 2_000_000, 1_200_000, 10];
    const others = { from_store: shop.ids.next(), to_store: shop.ids.next() };
    for (const [i, size] of sizes.entries()) {
      const row = { text: 'x'.repeat(size), ...(i === 4 ? others : {}) };
      await shop.value('select put_feed_row(0, $1, $2, $3)', [
        i === 4 ? 'transfer' : 'long',
        `long-${i}`,
        JSON.stringify(row),
      ]);
    }
    const pages = [];
    do {
      last = await page(last.position, last.tag, 500);
      pages.push(last.changes.map(({ row }) => (row as { readonly text: string }).text.length));
      expect(last).toMatchObject({ snapshot: null, position: expect.any(Number) });
    } while (last.more);
    expect(pages).toEqual([[400_000, 500_000], [300_000], [2_000_000], [], [10]]);
    expect(last.position).toBe(await head());
    // A till that begins anew meets the same rows.
    last = await page(null, '', 500);
    const found = [...last.changes];
    while (last.more) {
      const next = await page(last.position, last.tag, 500);
      expect([next.from, next.tag[0] === '~']).toEqual([last.position, next.more]);
      found.push(...next.changes);
      last = next;
    }
    expect([last.snapshot, last.position]).toEqual(['end', await head()]);
    expect(found.filter(({ kind }) => kind === 'long')).toHaveLength(5);
    await shop.admin.query("delete from feed_rows where key like 'long-%'");
  });

  it('starts again for a cursor whose tag it does not know, or that is ahead of it, and the till drops what is gone', async () => {
    await sync();
    const { company } = joined.till.replica;
    company.set('product gone', { product: 'gone' });
    const { rows } = await shop.admin.query<{ tag: string }>(
      'update stream_heads set tag = new_stream_tag() where store_id = 0 returning tag',
    );
    await sync();
    expect(company.has('product gone')).toBe(false);
    const ahead = await page(1_000_000, rows[0]?.tag ?? '', 500);
    expect(ahead).toMatchObject({ snapshot: 'begin', from: 0 });
  });

  it('gives no page to a till that was taken out of use', async () => {
    await edit('set_till_active', joined.till.options.till, false);
    const answer = await connected(async (connection) => await connection.pull({ company: null, store: null }, 10));
    expect(answer).toMatchObject({ answer: 'refused', reason: 'deactivated' });
  });
});
