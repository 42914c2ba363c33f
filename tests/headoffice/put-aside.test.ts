/** What was changed in something whose own entry lies aside: it waits with it, and is decided in the same moment. */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startingRoles } from '../../shared/contract/permissions.ts';
import type { ProductId, RoleId, StaffId, TaxId } from '../../shared/ids.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeHistoryShop } from '../sync/history-shop.ts';
import { SyncRun } from '../sync/sync-run.ts';
import { openOffice, type TestOffice } from './office.ts';
import { pullPage } from './pull.ts';

let one: TestOffice;
let joined: JoinedTill;
let manager: StaffId;
const tax = v7() as TaxId;

beforeAll(async () => {
  one = await openOffice();
  const { client, shop } = one;
  await client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  const role = v7() as RoleId;
  await client.staff.record_role({ role, name: 'Manager', permissions: [...startingRoles.manager] });
  ({ staff: manager } = await client.staff.create({
    name: 'Maya',
    login: 'maya',
    roles: [role],
    stores: [shop.store],
    pin: '2468',
    password: null,
  }));
  joined = await shop.join('HS1');
  joined.till.open();
});
afterAll(() => one.close());

const aside = async (till: string) => {
  const { rows } = await one.shop.admin.query<{ seq: number; code: string }>(
    'select q.seq::int, q.code from quarantined_entries q join tills t using (store_id, till_id) where t.till = $1 order by 1',
    [till],
  );
  return rows.map(({ code, seq }) => [seq, code]);
};
/** Tells the head office all that a till has, whatever becomes of it there. */
async function sync({ central, till }: Pick<JoinedTill, 'central' | 'till'>): Promise<void> {
  const run = new SyncRun(till, central);
  await run.untilSynced();
  run.sync.stop();
}
const fault = async (table: string, check: string) =>
  await one.shop.admin.query(`alter table ${table} add constraint a_fault check (${check}) not valid`);
const mend = async (table: string) => await one.shop.admin.query(`alter table ${table} drop constraint a_fault`);
const projectAgain = async ({ till: { options } }: Pick<JoinedTill, 'till'>, seq: number) =>
  await one.shop.value("select reproject(null, $1, $2, $3) ->> 'answer'", [options.store, options.till, seq]);

describe('a product that was made at a till and could not be projected', () => {
  it('has what was changed in it decided, in order, when it can be: once, and without another click', async () => {
    const { till } = joined;
    const product = v7() as ProductId;
    await fault('products', "sku <> 'LATER'");
    const made = till.append(
      'product.proposed',
      {
        product,
        sku: 'LATER',
        name: 'Later',
        unit: 'piece',
        price_minor: 250,
        category: null,
        taxes: [tax],
        barcodes: [],
        stocked: true,
        active: true,
      },
      { actor: manager },
    );
    const change = (from: number, to: number) =>
      till.append(
        'product.edit_proposed',
        { product, against: 1, changes: { price_minor: to }, was: { price_minor: from } },
        { actor: manager },
      );
    change(250, 300);
    await sync(joined);
    const last = change(300, 350);
    await sync(joined);
    expect(await aside(till.options.till)).toEqual([
      [made.seq, '23514'],
      [made.seq + 1, 'ET025'],
      [last.seq, 'ET025'],
    ]);
    // Trying a change again before its product is there changes nothing.
    expect(await projectAgain(joined, last.seq)).toBe('kept');
    // Somebody who has looked at it is not reminded of it, but sees it still; with another fault it counts again.
    const listed = async () => (await one.client.quarantine.list({})).entries.find(({ seq }) => seq === made.seq);
    const counted = async () => (await one.client.inbox.list({})).quarantined;
    const before = await counted();
    const shown = await listed();
    if (shown === undefined) throw new Error('it is not listed');
    await one.client.inbox.note(shown.note);
    expect(await listed()).toMatchObject({ is_noted: true });
    expect(await counted()).toBe(before - 1);
    await one.shop.admin.query("update quarantined_entries set code = '22023' where seq = $1", [made.seq]);
    expect(await counted()).toBe(before);

    await mend('products');
    expect(await projectAgain(joined, made.seq)).toBe('projected');
    expect(await aside(till.options.till)).toEqual([]);
    const told = (await pullPage(joined.address)).get('proposal') ?? [];
    expect(told.find((row) => row['product'] === product)).toMatchObject({ decided_seq: last.seq, fields: [] });
    expect(await one.client.product.show({ product })).toMatchObject({ version: 3, price_minor: 350, active: true });
    expect(await projectAgain(joined, made.seq)).toBe('projected');
    expect(await one.client.product.show({ product })).toMatchObject({ version: 3, price_minor: 350 });
  });

  it('leaves a change of a product that nobody has made refused, as it was', async () => {
    const nowhere = v7() as ProductId;
    const { seq } = joined.till.append(
      'product.edit_proposed',
      { product: nowhere, against: 1, changes: { price_minor: 1 }, was: { price_minor: 2 } },
      { actor: manager },
    );
    await sync(joined);
    const told = (await pullPage(joined.address)).get('proposal') ?? [];
    expect(told.find((row) => row['product'] === nowhere)).toMatchObject({
      decided_seq: seq,
      fields: [{ state: 'refused', reason: 'unknown' }],
    });
  });
});

describe('a record of a shop that joined, which could not be read when it joined', () => {
  it('becomes the company’s with all that was made from it, before it joined and after', async () => {
    const shop = makeHistoryShop(one.shop);
    const { till } = shop;
    const central = await shop.ask();
    const late = shop.product('LATE');
    const person = till.options.ids.next<StaffId>();
    await fault('history_records', `record not in ('${late.product}', '${person}')`);
    const made = till.append('product.created', late);
    till.append('product.edited', { product: late.product, against: 1, changes: { price_minor: 300 } });
    till.append('product.edited', { product: late.product, against: 2, changes: { name: 'Later' } });
    const hash = '00'.repeat(32);
    const hired = till.append('staff.created', { staff: person, private: hash, roles: [], active: true });
    till.append('staff.edited', { staff: person, against: 1, changes: { active: false } });
    shop.say();
    till.append(
      'product.edit_proposed',
      { product: late.product, against: 3, changes: { price_minor: 350 }, was: { price_minor: 300 } },
      { actor: shop.person },
    );
    await sync({ till, central });
    expect((await aside(till.options.till)).map(([, code]) => code)).toEqual([
      '23514',
      'ET021',
      'ET021',
      '23514',
      'ET021',
      'ET025',
    ]);
    await mend('history_records');
    expect(await projectAgain({ till }, made.seq)).toBe('projected');
    expect(await one.client.product.show({ product: late.product })).toMatchObject({
      version: 4,
      name: 'Later',
      price_minor: 350,
    });
    expect(await projectAgain({ till }, hired.seq)).toBe('projected');
    expect(await aside(till.options.till)).toEqual([]);
    expect(await one.shop.value('select array[version, active::int] from staff where staff = $1', [person])).toEqual([
      2, 0,
    ]);
    expect(await one.shop.value('select count(*)::int from history_records')).toBe(0);
  });
});
