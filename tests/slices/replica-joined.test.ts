import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { type CategoryId, toHex } from '../../shared/ids.ts';
import { ChainReader } from '../../shared/journal/chain.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { sam, taxRow, teaRow, vat } from './support/feed-goods.ts';
import {
  cashierRole,
  ines,
  inesPin,
  joinedShop,
  type JoinedTill,
  joinedTill,
  managerRole,
  row,
  staffRow,
  verifierRow,
} from './support/joined.ts';
import { codeOf, harbourSettings, opening, openShop, type Seat, seededRandom, uuidAt } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };

beforeEach(async () => {
  shop = await joinedShop();
});

afterEach(() => shop.end());

function rowsOf(sql: string): unknown[] {
  const file = openTillFileToRead(shop.path);
  try {
    return file.connection.prepare(sql).all();
  } finally {
    file.close();
  }
}

describe('people', () => {
  const samRow = (changes: Partial<Parameters<typeof staffRow>[1]> = {}) =>
    staffRow(sam, { name: 'Sam Whitlock', login: 'sam', roles: [cashierRole], ...changes });

  it('sign in by what the head office gave them, which lies wrapped in the file', async () => {
    shop.send('store', [samRow(), verifierRow(sam, 'password', 'sam likes tea')]);
    expect((await shop.signInByPassword('sam', 'sam likes tea')).staff).toBe(sam);
    const verifiers = rowsOf('SELECT wrapped FROM staff_verifiers') as { wrapped: Uint8Array }[];
    for (const { wrapped } of verifiers) expect(Buffer.from(wrapped).toString('latin1')).not.toContain('$2b$');
  });

  it('are out at once when they are made inactive', async () => {
    shop.send('store', [samRow(), verifierRow(sam, 'pin', '2580')]);
    const seat = await shop.signInByPin(sam, '2580');
    shop.send('store', [samRow({ active: false, version: 2 })]);
    expect(await codeOf(seat.client.session.current({}))).toBe('session.ended');
  });

  it('get another PIN', async () => {
    shop.send('store', [samRow(), verifierRow(sam, 'pin', '2580')]);
    shop.send('store', [verifierRow(sam, 'pin', '1470')]);
    expect(await codeOf(shop.signInByPin(sam, '2580'))).toBe('session.credential_wrong');
    await shop.signInByPin(sam, '1470');
  });

  it('keep signing in while the same verifier comes again', async () => {
    const verifier = verifierRow(sam, 'pin', '2580');
    shop.send('store', [samRow(), verifier]);
    const signIn = shop.signInByPin(sam, '2580');
    shop.send('store', [verifier]);
    expect((await signIn).staff).toBe(sam);
  });

  it('lose their old name with a new one; when they were erased, the last one too', async () => {
    shop.send('store', [samRow()]);
    shop.send('store', [samRow({ name: 'Sam Reid', version: 2 })]);
    const texts = () =>
      (rowsOf('SELECT bytes FROM private_payloads') as { bytes: Uint8Array }[]).map(({ bytes }) =>
        Buffer.from(bytes).toString(),
      );
    expect(texts().join()).not.toContain('Whitlock');
    shop.send('store', [samRow({ name: 'Sam Reid', version: 3, erased: true, active: false })]);
    expect(texts().join()).not.toContain('Reid');
    const { staff } = await shop.manager.client.staff.list({});
    expect(staff.find((person) => person.staff === sam)).toMatchObject({ name: `#${sam.slice(-6)}`, login: '' });
  });

  it('with a payload that is not theirs by its hash are left out', async () => {
    const forged = samRow({ name: 'Mallory' });
    const real = samRow();
    Object.assign(forged.row as object, { private: (real.row as { private: string }).private });
    shop.send('store', [forged]);
    expect((await shop.manager.client.staff.list({})).staff.map(({ staff }) => staff)).toEqual([ines]);
  });

  it('with a bcrypt hash that is none can’t sign in, and nothing breaks', async () => {
    shop.send('store', [samRow(), row('verifier', { staff: sam, credential: 'pin', bcrypt: 'plain 2580' })]);
    expect(await codeOf(shop.signInByPin(sam, '2580'))).toBe('session.credential_wrong');
  });
});

describe('a joined till', () => {
  it('shows categories, taxes, staff and settings, and changes none of them; products are proposed', async () => {
    shop.send('company', [taxRow, teaRow]);
    const { client } = shop.manager;
    expect((await client.product.list({ text: '', include_inactive: true, offset: 0, limit: 10 })).is_proposed).toBe(
      true,
    );
    expect((await client.catalogue.categories({})).read_only).toBe(true);
    expect((await client.catalogue.taxes({})).read_only).toBe(true);
    expect((await client.staff.list({})).read_only).toBe(true);
    const category = uuidAt<CategoryId>(opening, seededRandom('category'));
    const refused = [
      client.catalogue.record_category({ category, name: 'Tea', tint: 'drinks', position: 0, active: true }),
      client.catalogue.record_tax({ tax: vat, code: 'A', name: 'Standard', rate_millionths: 0, active: true }),
      client.staff.create({ name: 'Sam', login: 'sam', roles: [cashierRole], pin: '2580', password: null }),
      client.staff.edit({ staff: ines, against: 1, changes: { active: false } }),
      client.staff.record_role({ role: managerRole, name: 'manager', permissions: [] }),
      client.staff.set_pin({ staff: ines, pin: '1234' }),
      client.staff.set_password({ staff: ines, password: 'long enough' }),
      client.settings.record({ settings: harbourSettings }),
    ];
    for (const call of refused) expect(await codeOf(call)).toBe('catalogue.read_only');
    await shop.signInByPin(ines, inesPin);
  });

  it('hears nothing before its first snapshot', async () => {
    const fresh = await joinedTill();
    expect(fresh.till.sync.cursors()).toEqual({ company: null, store: null });
    expect((await fresh.anyone.session.choices({})).people).toEqual([]);
    expect((await fresh.anyone.sync.status({})).state).toBe('offline');
    fresh.end();
  });
});

describe('what waits for the head office', () => {
  it('is told by the till’s own file, whatever the engine says', async () => {
    shop.link.engine = { state: 'confirmed', clock_offset_ms: 120, reason: null, doing: 'connected', fault: null };
    const head = shop.till.sync.head();
    expect(await shop.anyone.sync.status({})).toMatchObject({
      state: 'waiting',
      confirmed_seq: 0,
      head_seq: head.seq,
      waiting: head.seq,
      oldest_waiting_at: new Date(opening).toISOString(),
      last_confirmed_at: null,
      clock_offset_ms: 120,
    });
    shop.clock.pass(1000);
    shop.till.sync.confirmed(head);
    expect(await shop.anyone.sync.status({})).toMatchObject({
      state: 'confirmed',
      confirmed_seq: head.seq,
      waiting: 0,
      oldest_waiting_at: null,
      last_confirmed_at: new Date(opening + 1000).toISOString(),
    });
    shop.link.engine = {
      state: 'offline',
      clock_offset_ms: null,
      reason: 'ECONNREFUSED',
      doing: 'resting',
      fault: 'unreachable',
    };
    expect(await shop.anyone.sync.status({})).toMatchObject({
      state: 'offline',
      waiting: 0,
      reason: 'ECONNREFUSED',
      doing: 'resting',
      fault: 'unreachable',
    });
  });

  it('tries now when somebody asks', async () => {
    await shop.manager.client.sync.try_now({});
    expect(shop.link.asked).toBe(1);
  });

  it('is standalone where there is no head office', async () => {
    const alone = await openShop();
    expect(await alone.anyone.sync.status({})).toMatchObject({ state: 'standalone', confirmed_seq: 0 });
    alone.end();
  });

  it('goes out as a chain that ends in the till’s head, with the payloads that are still there', async () => {
    const alone = await openShop();
    const { sync } = alone.till;
    const entries = sync.entriesAfter(0, { count: 1000, bytes: 1_000_000 });
    const chain = new ChainReader((...parts) => createHash('sha256').update(Buffer.concat(parts)).digest());
    for (const entry of entries) expect(chain.next(entry)).toHaveProperty('envelope');
    expect(chain.head?.seq).toBe(sync.head().seq);
    expect(toHex(chain.head?.hash ?? new Uint8Array())).toBe(toHex(sync.head().hash));
    expect(toHex(sync.hashAt(sync.head().seq) ?? new Uint8Array())).toBe(toHex(sync.head().hash));
    expect(sync.hashAt(sync.head().seq + 1)).toBeUndefined();
    const named = entries.filter(({ bytes }) => decodeEntry(bytes).private !== undefined);
    expect(named.map(({ payloads }) => payloads.length)).toEqual([1]);
    for (const { bytes, payloads } of named)
      expect(payloads.map(({ hash }) => toHex(hash))).toEqual(decodeEntry(bytes).private);
    alone.end();
  });

  it('goes out in portions: so many entries, so many bytes, but always one', () => {
    const { sync } = shop.till;
    const seqs = (count: number, bytes: number, after = 0) =>
      sync.entriesAfter(after, { count, bytes }).map(({ seq }) => seq);
    expect(seqs(2, 1_000_000)).toEqual([1, 2]);
    expect(seqs(2, 1)).toEqual([1]);
    expect(seqs(10, 1_000_000, sync.head().seq)).toEqual([]);
  });
});
