/** What managers change at tills is decided at the head office, field by field: taken, or asked about, never lost. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { ProductId, RoleId, StaffId, TaxId } from '../../shared/ids.ts';
import type { Body } from '../../shared/journal/kinds.ts';
import type { ProposedField } from '../../shared/journal/kinds/proposal-kinds.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { openOffice, pushAll, type TestOffice } from './office.ts';
import { pullPage } from './pull.ts';

let one: TestOffice;
let first: JoinedTill;
let second: JoinedTill;
let elsewhere: JoinedTill;
let manager: StaffId;
let cashier: StaffId;
const tax = v7() as TaxId;
let product: ProductId;
let count = 0;

beforeAll(async () => {
  one = await openOffice();
  const { client, shop } = one;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const hire = async (name: string, permissions: readonly (typeof startingRoles.manager)[number][]) => {
    const role = v7() as RoleId;
    await client.staff.record_role({ role, name, permissions: [...permissions] });
    const login = name.toLowerCase();
    return (
      await client.staff.create({ name, login, roles: [role], stores: [shop.store], pin: '2468', password: null })
    ).staff;
  };
  manager = await hire('Maya', startingRoles.manager);
  cashier = await hire('Cass', startingRoles.cashier);
  first = await shop.join('HS1');
  second = await shop.join('HS2');
  const other = shop.ids.next<typeof shop.store>();
  await shop.addStore(other);
  elsewhere = await shop.join('XX1', other);
  for (const { till } of [first, second, elsewhere]) till.open();
});

afterAll(() => one.close());

const input = (changes: object = {}) => {
  count += 1;
  return {
    sku: `ESP-${String(count)}`,
    name: `Espresso ${String(count)}`,
    unit: 'piece' as const,
    price: '2.50',
    category: null,
    taxes: [tax],
    barcodes: [] as string[],
    stocked: false,
    ...changes,
  };
};
const make = async (changes: object = {}) => await one.client.product.create(input(changes));

beforeEach(async () => {
  ({ product } = await make());
});

type Edit = Body<'product.edit_proposed'>;
async function propose(
  changes: Edit['changes'],
  was: Edit['was'],
  more: { joined?: JoinedTill; against?: number; actor?: StaffId; of?: ProductId } = {},
) {
  const { actor = manager, against = 1, joined = first, of = product } = more;
  const { seq } = joined.till.append('product.edit_proposed', { product: of, against, changes, was }, { actor });
  await pushAll(joined);
  return seq;
}
const held = async (of = product) => await one.client.product.show({ product: of });
const waiting = async (of = product) => (await one.client.inbox.list({})).edits.filter((edit) => edit.product === of);
const decide = async (seq: number, field: ProposedField, take: boolean, joined = first, against?: number) =>
  await one.client.inbox.decide_edit({
    till: joined.till.options.till,
    seq,
    field,
    take,
    against: against ?? (await held()).version,
  });
const told = async (joined = first, of = product) =>
  ((await pullPage(joined.address)).get('proposal') ?? []).find((row) => row['product'] === of);

describe('a field that is still what the manager saw', () => {
  it('is taken at once, and every till of every store hears of it; its own till that it was decided', async () => {
    const seq = await propose({ price_minor: 270 }, { price_minor: 250 });
    expect(await held()).toMatchObject({ version: 2, price_minor: 270 });
    expect(await waiting()).toEqual([]);
    for (const joined of [first, second, elsewhere])
      expect((await pullPage(joined.address)).get('product')).toContainEqual(
        expect.objectContaining({ product, version: 2, price_minor: 270 }),
      );
    expect(await told()).toMatchObject({ till: first.till.options.till, decided_seq: seq, fields: [] });
    for (const joined of [second, elsewhere]) expect((await pullPage(joined.address)).get('proposal')).toBeUndefined();
  });

  it('comes after the product in the feed, so that no till shows the old value in between', async () => {
    await propose({ price_minor: 270 }, { price_minor: 250 });
    const { rows } = await one.shop.admin.query<{ kind: string }>(
      `select kind from feed_rows where store_id = 0 and key like '%' || $1 order by position`,
      [product],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['product', 'proposal']);
  });

  it('is one of several: another field that was changed here meanwhile does not stand in its way', async () => {
    await one.client.product.edit({ product, against: 1, changes: { price: '2.60' } });
    await propose({ price_minor: 270, name: 'Doppio' }, { price_minor: 250, name: (await held()).name });
    expect(await held()).toMatchObject({ version: 3, name: 'Doppio', price_minor: 260 });
    expect(await waiting()).toMatchObject([{ field: 'price_minor', reason: 'stale', wanted: 270, ours: 260 }]);
  });

  it('may be changed again by the same till before it heard of the first', async () => {
    await propose({ price_minor: 270 }, { price_minor: 250 });
    await propose({ price_minor: 280 }, { price_minor: 270 });
    expect(await held()).toMatchObject({ version: 3, price_minor: 280 });
    // But not by another, which never saw it.
    await propose({ price_minor: 290 }, { price_minor: 250 }, { joined: second });
    expect(await held()).toMatchObject({ price_minor: 280 });
    expect(await told(second)).toMatchObject({ fields: [{ reason: 'stale', before: 'Counter' }] });
    expect(await waiting()).toMatchObject([{ wanted: 290, ours: 280, till_code: 'HS2' }]);
    await one.client.product.edit({ product, against: 3, changes: { price: '3.00' } });
    // Who wishes for what is there already has not changed it.
    await propose({ price_minor: 300 }, { price_minor: 280 });
    await propose({ price_minor: 310 }, { price_minor: 280 }, { joined: second });
    expect(await told(second)).toMatchObject({ fields: [{ reason: 'stale', before: null }] });
  });

  it('is taken once, however often the entry comes', async () => {
    first.till.append(
      'product.edit_proposed',
      { product, against: 1, changes: { price_minor: 270 }, was: { price_minor: 250 } },
      { actor: manager },
    );
    for (let i = 0; i < 3; i += 1) {
      const connection = await first.central.connect();
      const entries = first.till.entriesAfter(first.till.head().seq - 1, { count: 1, bytes: 1_000_000 });
      await pushAll(first);
      await connection.push({ epoch: first.till.identity().epoch, entries, unprojected: false });
      connection.destroy();
    }
    expect(await held()).toMatchObject({ version: 2, price_minor: 270 });
  });

  it('with the value that it has here by now is no matter', async () => {
    await one.client.product.edit({ product, against: 1, changes: { price: '2.70' } });
    await propose({ price_minor: 270 }, { price_minor: 250 });
    expect(await waiting()).toEqual([]);
    expect(await held()).toMatchObject({ version: 2 });
  });
});

describe('a field that was changed here since', () => {
  const lose = async (more: Parameters<typeof propose>[2] = {}) => {
    await one.client.product.edit({ product, against: 1, changes: { price: '2.60' } });
    return await propose({ price_minor: 270 }, { price_minor: 250 }, more);
  };

  it('waits with both values, who, when and where; nothing is changed', async () => {
    const seq = await lose();
    expect(await held()).toMatchObject({ version: 2, price_minor: 260 });
    const { name, sku } = await held();
    const at = expect.any(String) as unknown;
    const { store } = one.shop;
    expect(await waiting()).toEqual([
      {
        store,
        store_name: 'Harbour Street',
        till: first.till.options.till,
        till_code: 'HS1',
        till_name: 'Counter',
        seq,
        field: 'price_minor',
        product,
        version: 2,
        sku,
        name,
        currency: 'GBP',
        reason: 'stale',
        wanted: 270,
        ours: 260,
        by: 'Maya',
        at,
      },
    ]);
    expect(await told()).toMatchObject({
      decided_seq: seq,
      fields: [{ field: 'price_minor', seq, state: 'waiting', reason: 'stale', wanted: 270, kept: 260, by: null }],
    });
  });

  it('waits also where it came back to what it was: two changes were made that the manager knew nothing of', async () => {
    await one.client.product.edit({ product, against: 1, changes: { price: '2.60' } });
    await one.client.product.edit({ product, against: 2, changes: { price: '2.50' } });
    await propose({ price_minor: 270 }, { price_minor: 250 });
    expect(await held()).toMatchObject({ version: 3, price_minor: 250 });
    expect(await waiting()).toMatchObject([{ reason: 'stale', wanted: 270, ours: 250 }]);
  });

  it('is kept by the head office: the till is told by whom, the matter is gone, and a second time does nothing', async () => {
    const seq = await lose();
    await decide(seq, 'price_minor', false);
    expect(await held()).toMatchObject({ version: 2, price_minor: 260 });
    expect(await waiting()).toEqual([]);
    expect(await told()).toMatchObject({
      fields: [{ state: 'kept', wanted: 270, kept: 260, by: 'Elena Lindqvist' }],
    });
    await decide(seq, 'price_minor', false);
    await expect(decide(seq, 'price_minor', true)).rejects.toThrow('record.changed');
    expect(await held()).toMatchObject({ version: 2, price_minor: 260 });
  });

  it("is given the shop's value: every till hears of it, and a second time does nothing", async () => {
    const seq = await lose();
    await decide(seq, 'price_minor', true);
    await decide(seq, 'price_minor', true);
    expect(await held()).toMatchObject({ version: 3, price_minor: 270 });
    expect(await told()).toMatchObject({ fields: [{ state: 'taken', by: 'Elena Lindqvist' }] });
    await expect(decide(seq, 'price_minor', false)).rejects.toThrow('record.changed');
  });

  it('is not decided against what was not shown', async () => {
    const seq = await lose();
    await one.client.product.edit({ product, against: 2, changes: { price: '3.00' } });
    await expect(decide(seq, 'price_minor', true, first, 2)).rejects.toThrow('record.changed');
    expect(await waiting()).toMatchObject([{ version: 3, ours: 300 }]);
    await expect(decide(seq, 'name', true)).rejects.toThrow('record.not_found');
    await expect(decide(seq, 'price_minor', true, second)).rejects.toThrow('record.not_found');
  });

  it('gives way to what the same till says next; of two tills each waits', async () => {
    await lose();
    const mine = await propose({ price_minor: 280 }, { price_minor: 270 });
    const other = await propose({ price_minor: 290 }, { price_minor: 250 }, { joined: second });
    expect((await waiting()).map(({ seq, wanted }) => [seq, wanted])).toEqual([
      [mine, 280],
      [other, 290],
    ]);
    // Seen by the shop by now, and changed against it: this is its last word, and nobody has to be asked.
    await propose({ price_minor: 300 }, { price_minor: 260 }, { against: 2 });
    expect(await held()).toMatchObject({ price_minor: 300 });
    expect((await waiting()).map(({ wanted }) => wanted)).toEqual([290]);
  });

  it('that nobody at the till has seen is not overwritten by what they say next, though the till had heard of it', async () => {
    await lose();
    const mine = await propose({ price_minor: 280 }, { price_minor: 270 }, { against: 2 });
    expect(await held()).toMatchObject({ version: 2, price_minor: 260 });
    expect(await waiting()).toMatchObject([{ seq: mine, reason: 'stale', wanted: 280, ours: 260 }]);
  });

  it('nor is it where the first was also by somebody who may not change it', async () => {
    await one.client.product.edit({ product, against: 1, changes: { price: '2.60' } });
    await propose({ price_minor: 270 }, { price_minor: 250 }, { actor: cashier });
    await propose({ price_minor: 280 }, { price_minor: 270 }, { against: 2 });
    expect(await held()).toMatchObject({ version: 2, price_minor: 260 });
    expect(await waiting()).toMatchObject([{ reason: 'stale', wanted: 280, ours: 260 }]);
  });

  it('under the same version, as after a backup came back, waits too: what was seen counts', async () => {
    await propose({ price_minor: 270 }, { price_minor: 999 }, { against: 7 });
    expect(await held()).toMatchObject({ version: 1, price_minor: 250 });
    expect(await waiting()).toMatchObject([{ reason: 'stale', wanted: 270, ours: 250 }]);
  });
});

describe('what can not be taken as it is', () => {
  it('a barcode or a SKU of another product waits, and can only be taken once the other has given it up', async () => {
    const other = await make({ barcodes: ['036000291452'] });
    // The same GTIN as an EAN-13.
    const seq = await propose(
      { barcodes: ['0036000291452'], sku: other.sku },
      { barcodes: [], sku: (await held()).sku },
    );
    expect((await waiting()).map(({ field, reason }) => [field, reason])).toEqual([
      ['barcodes', 'clash'],
      ['sku', 'clash'],
    ]);
    await expect(decide(seq, 'barcodes', true)).rejects.toMatchObject({
      failure: { code: 'product.barcode_taken', data: { barcode: '0036000291452', sku: other.sku, name: other.name } },
    });
    await expect(decide(seq, 'sku', true)).rejects.toThrow('product.sku_taken');
    await one.client.product.edit({ product: other.product, against: 1, changes: { active: false } });
    await decide(seq, 'barcodes', true);
    await decide(seq, 'sku', true);
    expect(await held()).toMatchObject({ barcodes: ['0036000291452'], sku: other.sku });
    expect(await waiting()).toEqual([]);
  });

  it('gives way to what the same till says next, where they had seen what is here', async () => {
    const other = await make();
    await propose({ sku: other.sku }, { sku: (await held()).sku });
    await propose({ sku: `${other.sku}-2` }, { sku: other.sku });
    expect(await held()).toMatchObject({ sku: `${other.sku}-2` });
    expect(await waiting()).toEqual([]);
  });

  it('what somebody did who may not any more waits', async () => {
    await propose({ price_minor: 270 }, { price_minor: 250 }, { actor: cashier });
    expect(await waiting()).toMatchObject([{ reason: 'permission', by: 'Cass' }]);
    // The staff of one store are nobody in another.
    await propose({ price_minor: 280 }, { price_minor: 250 }, { joined: elsewhere });
    expect((await waiting()).map(({ reason }) => reason)).toEqual(['permission', 'permission']);
    expect(await held()).toMatchObject({ price_minor: 250 });
  });

  it('a product, a category or a tax that is not known here is refused, and the till is told', async () => {
    const nowhere = v7() as ProductId;
    const seq = await propose({ price_minor: 270 }, { price_minor: 250 }, { of: nowhere });
    expect(await told(first, nowhere)).toMatchObject({
      decided_seq: seq,
      fields: [{ state: 'refused', reason: 'unknown' }],
    });
    await propose({ taxes: [v7() as TaxId] }, { taxes: [tax] });
    expect(await held()).toMatchObject({ version: 1, taxes: [tax] });
    expect(await told()).toMatchObject({ fields: [{ field: 'taxes', state: 'refused', reason: 'unknown' }] });
  });

  it('nonsense of a hostile till goes to quarantine and reaches nobody', async () => {
    const { till } = first;
    const before = await one.shop.value('select position::int from stream_heads where store_id = 0');
    const nonsense: readonly unknown[] = [
      { changes: { price_minor: -1 }, was: {} },
      { changes: { price_minor: 1.5 }, was: {} },
      { changes: { unit: 'bushel' }, was: {} },
      { changes: { name: '' }, was: {} },
      { changes: { name: '\u{1f980}'.repeat(201) }, was: {} },
      { changes: { taxes: 'all' }, was: {} },
      { changes: { category: 'x' }, was: {} },
      { changes: { barcodes: [1] }, was: {} },
      { changes: { active: 'yes' }, was: {} },
      { changes: [], was: {} },
      { changes: {} },
    ];
    for (const body of nonsense) {
      const envelope = till.envelope('product.edit_proposed', { product, against: 1, changes: {}, was: {} });
      const text = JSON.stringify({ ...envelope, body: { product, against: 1, ...(body as object) } });
      till.appendBytes(new TextEncoder().encode(text));
    }
    await pushAll(first);
    expect(await one.shop.value("select count(*)::int from quarantined_entries where code = '22023'")).toBe(
      nonsense.length,
    );
    expect(await one.shop.value('select position::int from stream_heads where store_id = 0')).toBe(before);
    await one.shop.admin.query('delete from quarantined_entries');
  });
});

describe('a product that was made at a till', () => {
  const made = (changes: Partial<Body<'product.proposed'>> = {}): Body<'product.proposed'> => {
    const { price: _price, ...fields } = input();
    return { product: v7() as ProductId, ...fields, price_minor: 310, active: true, ...changes };
  };
  const take = async (body: Body<'product.proposed'>, actor = manager) => {
    first.till.append('product.proposed', body, { actor });
    await pushAll(first);
    return await held(body.product);
  };

  it('is in the catalogue of all stores', async () => {
    const body = made({ barcodes: ['4006381333931'] });
    expect(await take(body)).toMatchObject({ version: 1, price_minor: 310, barcodes: ['4006381333931'], active: true });
    expect((await pullPage(elsewhere.address)).get('product')).toContainEqual(expect.objectContaining(body));
    expect(await told(first, body.product)).toMatchObject({ fields: [] });
    // Changed before the till heard anything.
    await propose({ price_minor: 320 }, { price_minor: 310 }, { of: body.product });
    expect(await held(body.product)).toMatchObject({ version: 2, price_minor: 320 });
  });

  it('is taken without what another product has, which waits', async () => {
    const other = await make({ barcodes: ['5000112637922'] });
    const body = made({ sku: other.sku, barcodes: ['96385074', '5000112637922'] });
    expect(await take(body)).toMatchObject({ sku: `${other.sku}-HS1`, barcodes: ['96385074'], active: true });
    expect((await waiting(body.product)).map(({ field, ours, wanted }) => [field, wanted, ours])).toEqual([
      ['barcodes', ['96385074', '5000112637922'], ['96385074']],
      ['sku', other.sku, `${other.sku}-HS1`],
    ]);
    const again = made({ sku: other.sku });
    expect(await take(again)).toMatchObject({ sku: `${other.sku}-HS1-2` });
  });

  it('by somebody who may not any more is there, but not sold, until somebody here says so', async () => {
    const body = made();
    expect(await take(body, cashier)).toMatchObject({ active: false });
    const [matter] = await waiting(body.product);
    expect(matter).toMatchObject({ field: 'active', reason: 'permission', wanted: true, ours: false });
    await decide(matter?.seq ?? 0, 'active', true, first, 1);
    expect(await held(body.product)).toMatchObject({ active: true, version: 2 });
  });

  it('with a tax that is not known here is not sold untaxed', async () => {
    expect(await take(made({ taxes: [v7() as TaxId] }))).toMatchObject({ taxes: [], active: false });
  });
});
