/** What is edited here reaches the tills by the feed; what can't be right is refused and leaves no trace. */
import { compare } from 'bcrypt';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CategoryId, RoleId, StoreId, TaxId } from '../../shared/ids.ts';
import { openPayload } from '../../shared/journal/payload.ts';
import { enrol } from '../../sync/enrol.ts';
import { readCode } from '../../sync/enrolment-code.ts';
import { pullPage } from './pull.ts';
import { productInput } from './world.ts';
import { openOffice, type TestOffice } from './office.ts';
import type { JoinedTill } from '../sync/central-shop.ts';

let one: TestOffice;
let joined: JoinedTill;
const tax = v7() as TaxId;
const category = v7() as CategoryId;

beforeAll(async () => {
  one = await openOffice();
  joined = await one.shop.join('HS1');
  await one.client.catalogue.record_tax({ tax, code: 'A', name: 'VAT', rate_millionths: 200_000, active: true });
  await one.client.catalogue.record_category({ category, name: 'Bakery', tint: 'bakery', position: 0, active: true });
});
afterAll(() => one.close());

/** Everything that the till's feed holds now, by kind. */
async function feed(): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  return await pullPage(joined.address);
}
const named = { tax, category };

describe('a product', () => {
  it('that is made and edited here is at the till as it is now', async () => {
    const made = await one.client.product.create({
      ...productInput('LOAF', named),
      price: '3.95',
      barcodes: ['4006381333931'],
    });
    expect(made).toMatchObject({ version: 1, price_minor: 395, active: true, stock_milli: 0 });
    const edited = await one.client.product.edit({
      product: made.product,
      against: 1,
      changes: { price: '4.10', name: 'Sourdough loaf', category: null },
    });
    expect(edited).toMatchObject({ version: 2, price_minor: 410, name: 'Sourdough loaf', category: null, sku: 'LOAF' });
    const rows = (await feed()).get('product') ?? [];
    expect(rows.find((row) => row['product'] === made.product)).toMatchObject({
      version: 2,
      price_minor: 410,
      category: null,
    });
    const off = await one.client.product.edit({ product: made.product, against: 2, changes: { active: false } });
    expect(off.active).toBe(false);
    expect((await feed()).get('product')?.find((row) => row['product'] === made.product)).toMatchObject({
      active: false,
    });
    const found = await one.client.product.list({ text: 'sourdough' });
    expect(found.products).toEqual([]);
    expect((await one.client.product.list({ text: 'sourdough', include_inactive: true })).products.length).toBe(1);
  });

  it('without a price is open, with a price of 0 is free', async () => {
    const open = await one.client.product.create({ ...productInput('OPEN', named), price: null });
    const free = await one.client.product.create({ ...productInput('FREE', named), price: '0' });
    expect([open.price_minor, free.price_minor]).toEqual([null, 0]);
  });

  it('is refused with a price that is none, negative, or finer than the currency', async () => {
    for (const [price, code] of [
      ['abc', 'money.malformed'],
      ['-1', 'money.negative'],
      ['1.234', 'money.too_fine'],
      ['99999999999999', 'money.too_large'],
    ] as const) {
      await expect(one.client.product.create({ ...productInput('BAD', named), price })).rejects.toThrow(code);
    }
    expect((await one.client.product.list({ text: 'BAD' })).products).toEqual([]);
  });

  it('is refused with a SKU or a barcode that is taken, however it is spelled, or with a wrong check digit', async () => {
    const create = async (sku: string, barcodes: readonly string[]) =>
      await one.client.product.create({ ...productInput(sku, named), barcodes: [...barcodes] });
    const first = await create('TAKEN', ['036000291452']);
    await expect(create('TAKEN', [])).rejects.toThrow('product.sku_taken');
    // The same UPC-A as an EAN-13 and as a GTIN-14; the message names whose it is.
    for (const same of ['036000291452', '0036000291452', '00036000291452']) {
      await expect(create('OTHER', ['SHELF-6', same])).rejects.toMatchObject({
        failure: { code: 'product.barcode_taken', data: { barcode: same, sku: 'TAKEN', name: 'Loaf TAKEN' } },
      });
    }
    await expect(create('OTHER', ['SHELF-6', '4006381333931', '04006381333931'])).rejects.toMatchObject({
      failure: { code: 'product.barcode_twice', data: { barcode: '04006381333931' } },
    });
    await expect(create('OTHER', ['036000291453'])).rejects.toThrow('product.barcode_malformed');
    // SKUs are case-sensitive, and a shop's own codes need no check digit.
    await create('taken', ['SHELF-7']);
    await one.client.product.edit({ product: first.product, against: 1, changes: { active: false } });
    await create('TAKEN', ['0036000291452']);
    const back = one.client.product.edit({ product: first.product, against: 2, changes: { active: true } });
    await expect(back).rejects.toThrow('product.barcode_taken');
  });

  it('prints a letter for its tax that no other active tax has', async () => {
    const other = { tax: v7() as TaxId, code: 'a', name: 'Reduced', rate_millionths: 50_000, active: true };
    await expect(one.client.catalogue.record_tax(other)).rejects.toMatchObject({
      failure: { code: 'tax.code_taken', data: { code: 'A', name: 'VAT' } },
    });
    await one.client.catalogue.record_tax({ ...other, active: false });
    await expect(one.client.catalogue.record_tax(other)).rejects.toThrow('tax.code_taken');
  });

  it('and not of one that somebody else is about to record', async () => {
    const { admin } = one.shop;
    const other = { code: 'R', rate_millionths: 50_000, active: true };
    await admin.query('begin');
    await admin.query('select lock_company()');
    const asked = one.client.catalogue
      .record_tax({ ...other, tax: v7() as TaxId, name: 'Second' })
      .catch((error: unknown) => error);
    const waiting =
      'select count(*) from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))';
    await expect.poll(async () => Number(await one.shop.value(waiting)), { timeout: 20_000 }).toBeGreaterThan(0);
    await admin.query('insert into taxes (tax, code, name, rate_millionths, active) values ($1, $2, $3, $4, $5)', [
      v7(),
      other.code,
      'First',
      other.rate_millionths,
      other.active,
    ]);
    await admin.query('commit');
    expect(await asked).toMatchObject({ failure: { code: 'tax.code_taken', data: { code: 'R', name: 'First' } } });
  });

  it('that somebody else has changed is not overwritten', async () => {
    const { product } = await one.client.product.create(productInput('RACE', named));
    await one.client.product.edit({ product, against: 1, changes: { name: 'First' } });
    await expect(one.client.product.edit({ product, against: 1, changes: { name: 'Second' } })).rejects.toThrow(
      'record.changed',
    );
    expect((await one.client.product.show({ product })).name).toBe('First');
    // Two at the same moment: one is taken, the other told.
    const both = await Promise.allSettled(
      ['A', 'B'].map((name) => one.client.product.edit({ product, against: 2, changes: { name } })),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('is found by a word, a SKU or a barcode, and the list is read on by key', async () => {
    for (let i = 0; i < 25; i += 1)
      await one.client.product.create({
        ...productInput(`P${String(i)}`, named),
        name: `Åkerö 100% äpple ${String(i)}`,
      });
    const found: string[] = [];
    let after: string | null = null;
    do {
      const page = await one.client.product.list({ text: 'ÄPPLE', after, limit: 10 });
      found.push(...page.products.map(({ sku }) => sku));
      after = page.next;
    } while (after !== null);
    expect(found.length).toBe(25);
    expect(new Set(found).size).toBe(25);
    expect((await one.client.product.list({ text: '100% ' })).products.length).toBe(25);
    expect((await one.client.product.list({ text: '_%' })).products).toEqual([]);
    expect((await one.client.product.list({ text: 'P24' })).products.map(({ sku }) => sku)).toEqual(['P24']);
    expect((await one.client.product.list({ text: '0036000291452' })).products.map(({ sku }) => sku)).toEqual([
      'TAKEN',
    ]);
    await expect(one.client.product.list({ after: 'x' })).rejects.toThrow('input.malformed');
  });

  it('names only a category and taxes that are there', async () => {
    const nothing = v7();
    await expect(
      one.client.product.create({ ...productInput('NONE', named), category: nothing as CategoryId }),
    ).rejects.toThrow('record.not_found');
    await expect(
      one.client.product.create({ ...productInput('NONE', named), taxes: [nothing as TaxId] }),
    ).rejects.toThrow('record.not_found');
  });
});

describe('staff', () => {
  const manager = v7() as RoleId;
  beforeAll(async () => {
    await one.client.staff.record_role({ role: manager, name: 'manager', permissions: ['staff.edit', 'sale.create'] });
  });
  const person = (login: string) => ({
    name: `Person ${login}`,
    login,
    roles: [manager],
    stores: [one.shop.store],
    pin: '2468',
    password: 'a long enough one',
  });

  it('made here reach their store’s tills with their name in the payload and verifiers that fit', async () => {
    const made = await one.client.staff.create(person('mira'));
    expect(made).toMatchObject({ name: 'Person mira', has_pin: true, has_password: true, stores: [one.shop.store] });
    await one.client.staff.set_pin({ staff: made.staff, pin: '13579' });
    const edited = await one.client.staff.edit({ staff: made.staff, against: 1, changes: { name: 'Mira Osei' } });
    expect(edited).toMatchObject({ version: 2, name: 'Mira Osei', login: 'mira' });
    const rows = await feed();
    const row = rows.get('staff')?.find((one_) => one_['staff'] === made.staff);
    expect(openPayload(Buffer.from(String(row?.['payload_base64']), 'base64'))).toMatchObject({
      name: 'Mira Osei',
      login: 'mira',
    });
    const verifiers = (rows.get('verifier') ?? []).filter((one_) => one_['staff'] === made.staff);
    const bcryptOf = (kind: string) => String(verifiers.find((one_) => one_['credential'] === kind)?.['bcrypt']);
    expect(await compare('13579', bcryptOf('pin'))).toBe(true);
    expect(await compare('2468', bcryptOf('pin'))).toBe(false);
    expect(await compare('a long enough one', bcryptOf('password'))).toBe(true);
  });

  it('of another store are told to that store’s tills only', async () => {
    const other = one.shop.ids.next<StoreId>();
    await one.shop.addStore(other);
    const made = await one.client.staff.create({ ...person('elsewhere'), stores: [other] });
    expect((await feed()).get('staff')?.some((row) => row['staff'] === made.staff)).toBe(false);
    expect(
      (await one.client.staff.list({ store: one.shop.store })).staff.some(({ staff }) => staff === made.staff),
    ).toBe(false);
  });

  it('have sign-in names of their own, whatever the case, even when two ask at once', async () => {
    await one.client.staff.create(person('unique'));
    await expect(one.client.staff.create(person('UNIQUE'))).rejects.toThrow('staff.login_taken');
    const both = await Promise.allSettled([
      one.client.staff.create(person('twice')),
      one.client.staff.create(person('Twice')),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('are refused with a PIN or password that is none', async () => {
    for (const [pin, password, code] of [
      ['12', null, 'pin.malformed'],
      ['12a4', null, 'pin.malformed'],
      [null, 'short', 'password.too_short'],
      [null, 'x'.repeat(73), 'password.too_long'],
    ] as const) {
      await expect(one.client.staff.create({ ...person('nobody'), pin, password })).rejects.toThrow(code);
    }
  });

  it('keep somebody who may edit them in each store', async () => {
    const { staff } = await one.client.staff.list({ store: one.shop.store });
    const active = staff.filter((member) => member.active);
    const left = active.at(-1);
    for (const member of active.slice(0, -1)) {
      await one.client.staff.edit({ staff: member.staff, against: member.version, changes: { active: false } });
    }
    if (left === undefined) throw new Error('nobody is left');
    const change = { staff: left.staff, against: left.version };
    await expect(one.client.staff.edit({ ...change, changes: { active: false } })).rejects.toThrow(
      'staff.last_manager',
    );
    await expect(one.client.staff.edit({ ...change, changes: { roles: [] } })).rejects.toThrow('staff.last_manager');
    const weaker = { role: manager, name: 'manager', permissions: ['sale.create'] as const };
    await expect(one.client.staff.record_role({ ...weaker, permissions: [...weaker.permissions] })).rejects.toThrow(
      'staff.last_manager',
    );
    expect((await one.client.staff.list({})).staff.find(({ staff: id }) => id === left.staff)).toMatchObject({
      active: true,
      version: left.version,
    });
  });

  it('leave no PIN behind in what is kept of a command', async () => {
    const kept = await one.shop.value(
      "select string_agg(coalesce(answer::text, '') || encode(input_hash, 'hex'), ' ') from office_answers where operation like 'staff.%'",
    );
    // By itself: hashes and UUIDs have every four digits somewhere.
    expect(String(kept)).not.toMatch(/\b2468\b/u);
    const { staff } = (await one.client.staff.list({})).staff[0] ?? {};
    if (staff === undefined) throw new Error('no staff');
    // Two commands that differ in the PIN alone are kept alike: nobody can try PINs against the hash.
    await one.client.staff.set_pin({ staff, pin: '1111' });
    await one.client.staff.set_pin({ staff, pin: '2222' });
    expect(
      Number(
        await one.shop.value(
          "select count(distinct input_hash) from office_answers where operation = 'staff.set_pin' and input_hash in (select input_hash from office_answers where operation = 'staff.set_pin' group by input_hash having count(*) > 1)",
        ),
      ),
    ).toBe(1);
  });
});

describe('a store', () => {
  it('is made with the roles that tills start with, once', async () => {
    const before = (await one.client.staff.roles({})).roles.length;
    const { settings } = (await one.client.store.list({})).stores[0] ?? {};
    if (settings === undefined) throw new Error('no store');
    const made = await one.client.store.create({ settings: { ...settings, name: 'Old Market' } });
    expect(made).toMatchObject({ active: true, tills: 0, settings: { name: 'Old Market' } });
    expect((await one.client.staff.roles({})).roles.length).toBe(before);
    for (const [wrong, code] of [
      [{ zone: 'Europe/Atlantis' }, 'zone.unknown'],
      [{ currency: 'XXX' }, 'currency.unknown'],
    ] as const) {
      await expect(one.client.store.create({ settings: { ...settings, ...wrong } })).rejects.toThrow(code);
    }
  });

  it('whose settings are changed tells its tills; against old ones, or into another currency, it is refused', async () => {
    const { settings, store } = (await one.client.store.list({})).stores[0] ?? {};
    if (settings === undefined || store === undefined) throw new Error('no store');
    const next = { ...settings, receipt_footer: 'Thank you' };
    await one.client.store.edit({ store, against: settings, settings: next });
    expect((await feed()).get('settings')?.[0]).toMatchObject({ receipt_footer: 'Thank you' });
    await expect(one.client.store.edit({ store, against: settings, settings })).rejects.toThrow('record.changed');
    await expect(
      one.client.store.edit({ store, against: next, settings: { ...next, currency: 'EUR' } }),
    ).rejects.toThrow('input.malformed');
  });
});

describe('an enrolment code', () => {
  const enrolWith = async (code: string) => {
    const read = readCode(code);
    if (!read.ok) throw new Error(read.fault);
    const parts = {
      keepPassword: () => undefined,
      randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    };
    return await enrol(read.code, one.shop.ids.next(), parts);
  };

  it('lets one till join, and is kept nowhere', async () => {
    const made = await one.client.enrolment.create({ store: one.shop.store, till_code: 'HS7', till_name: 'Till 7' });
    const secret = made.code.split('/').at(-1) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    const dump = String(await one.shop.value('select string_agg(c::text, chr(10)) from enrolment_codes c'));
    const read = readCode(made.code);
    expect(read.ok && dump.includes(read.code.secret)).toBe(false);
    expect(
      String(await one.shop.value('select string_agg(coalesce(answer::text, $1), chr(10)) from office_answers', [''])),
    ).not.toContain(secret);
    expect((await one.client.enrolment.list({})).codes[0]).toMatchObject({
      till_code: 'HS7',
      used_at: null,
      created_by: 'Elena Lindqvist',
    });
    expect(await enrolWith(made.code)).toMatchObject({ ok: true, enrolled: { code: 'HS7', name: 'Till 7' } });
    expect((await one.client.enrolment.list({})).codes[0]?.used_at).not.toBeNull();
    expect((await one.client.till.list({})).tills.some(({ till_code }) => till_code === 'HS7')).toBe(true);
    expect(await enrolWith(made.code)).toMatchObject({ ok: false, reason: 'used' });
    await expect(one.client.enrolment.cancel({ login: made.login })).rejects.toThrow('record.not_found');
  });

  it('is not made for a code that a till or another open code has', async () => {
    const ask = async () =>
      await one.client.enrolment.create({ store: one.shop.store, till_code: 'HS8', till_name: 'Till 8' });
    const made = await ask();
    await expect(ask()).rejects.toMatchObject({ failure: { code: 'input.malformed', data: { where: 'till_code' } } });
    await one.client.enrolment.cancel({ login: made.login });
    expect(await enrolWith(made.code)).toMatchObject({ ok: false, reason: 'code' });
    await ask();
  });
});

it('every edit is in the log with its editor', async () => {
  const nobody = await one.shop.value(
    "select count(*) from office_edits where editor is null and kind not in ('store', 'till', 'enrolment_code')",
  );
  expect(Number(nobody)).toBe(0);
  expect(Number(await one.shop.value('select count(distinct kind) from office_edits'))).toBeGreaterThan(6);
});
