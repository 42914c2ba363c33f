/** What stands behind the sync sign of a joined till: what waits, what was put aside, what differs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShiftId } from '../../shared/ids.ts';
import { sam } from './support/feed-goods.ts';
import {
  cashierRole,
  joinedShop,
  type JoinedTill,
  otherTillId,
  row,
  staffRow,
  storeRows,
  tillId,
  verifierRow,
} from './support/joined.ts';
import { codeOf, openShop, type Seat } from './support/till.ts';

let shop: JoinedTill & { readonly manager: Seat };

beforeEach(async () => {
  shop = await joinedShop();
});

afterEach(() => shop.end());

const details = async () => await shop.manager.client.sync.details({});
/** Opens and closes a shift with nothing in it. */
async function closeOne(): Promise<{ readonly shift: ShiftId; readonly number: number }> {
  const { client } = shop.manager;
  await client.shift.open({ float: '0' });
  return await client.shift.close({ counted: '0', denominations: [], reason: null });
}

describe('what waits', () => {
  it('is told by kind, the most first, and shrinks as the head office confirms', async () => {
    await closeOne();
    await closeOne();
    const { waiting } = await details();
    expect(waiting.kinds.slice(0, 2)).toEqual([
      { kind: 'shift.closed', count: 2 },
      { kind: 'shift.opened', count: 2 },
    ]);
    expect(waiting.counted).toBe(shop.till.sync.head().seq);
    shop.till.sync.confirmed(shop.till.sync.head());
    expect((await details()).waiting).toEqual({ counted: 0, kinds: [] });
  });

  it('is counted no further than anybody would wait for', async () => {
    const { client } = shop.manager;
    await client.shift.open({ float: '0' });
    for (let i = 0; i < 2001; i += 1) await client.shift.pay_in({ amount: '1', reason: 'Coins' });
    const { waiting } = await details();
    expect(waiting.counted).toBe(2000);
    expect(waiting.kinds.reduce((sum, { count }) => sum + count, 0)).toBe(2000);
  });

  it('is nothing at a till that stands alone', async () => {
    const alone = await openShop();
    expect(await alone.manager.client.sync.details({})).toEqual({
      server: null,
      waiting: { counted: 0, kinds: [] },
      aside: { total: 0, entries: [] },
      closings: [],
    });
    alone.end();
  });
});

describe('what the head office put aside', () => {
  const aside = (till: typeof tillId, total: number, entries: { seq: number; code: string }[]) =>
    row('aside', { till, total, entries });

  it('is told with what this till knows of it, and gone when the head office has put it in', async () => {
    shop.send('store', [
      aside(tillId, 60, [
        { seq: 2, code: 'ET002' },
        { seq: 999, code: '23505' },
      ]),
    ]);
    const { aside: told } = await details();
    expect(told.total).toBe(60);
    expect(told.entries).toEqual([
      { seq: 2, code: 'ET002', kind: 'till.opened', at: expect.stringMatching(/^\d{4}-/) as string },
      { seq: 999, code: '23505', kind: null, at: null },
    ]);
    shop.send('store', [aside(tillId, 0, [])]);
    expect((await details()).aside).toEqual({ total: 0, entries: [] });
  });

  it('is of this till alone', async () => {
    shop.send('store', [aside(otherTillId, 3, [{ seq: 2, code: 'ET002' }])]);
    expect((await details()).aside.total).toBe(0);
  });

  it('is forgotten with a snapshot that does not name it', async () => {
    shop.send('store', [aside(tillId, 1, [{ seq: 2, code: 'ET002' }])]);
    shop.send('store', storeRows, 'begin', 'tag-2');
    shop.send('store', [], 'end', 'tag-2');
    expect((await details()).aside.total).toBe(0);
    shop.send('store', [...storeRows, aside(tillId, 1, [{ seq: 2, code: 'ET002' }])], 'begin', 'tag-3');
    shop.send('store', [], 'end', 'tag-3');
    expect((await details()).aside.total).toBe(1);
  });
});

describe('closings', () => {
  it('are told that differ, without a figure, and each of those before the last', async () => {
    const first = await closeOne();
    const second = await closeOne();
    const third = await closeOne();
    const differences = [{ what: 'sales_total', till: 0, headoffice: 1 }];
    shop.send('store', [
      row('closing', {
        till: tillId,
        shift: third.shift,
        agrees: false,
        differences,
        earlier: [
          { shift: second.shift, agrees: true, differences: [] },
          { shift: first.shift, agrees: false, differences },
        ],
      }),
    ]);
    const { closings } = await details();
    expect(closings.map(({ number }) => number)).toEqual([third.number, first.number]);
    expect(JSON.stringify(closings)).not.toContain('minor');
    const { shifts } = await shop.manager.client.shift.list({ before_number: null, limit: 10 });
    expect(shifts.map(({ agrees }) => agrees)).toEqual([false, true, false]);
  });

  it('come from a head office that tells of the last one only', async () => {
    const { shift } = await closeOne();
    const { earlier: _, ...last } = { till: tillId, shift, agrees: true, differences: [], earlier: [] };
    shop.send('store', [{ kind: 'closing', row: last }]);
    expect((await shop.manager.client.shift.show({ shift })).check).toEqual({ agrees: true, differences: [] });
  });
});

describe('whoever is signed in', () => {
  it('may look and try again, whatever their role; nobody else may', async () => {
    shop.send('company', [row('role', { role: cashierRole, name: 'cashier', permissions: [] })]);
    shop.send('store', [
      staffRow(sam, { name: 'Sam Whitlock', login: 'sam', roles: [cashierRole] }),
      verifierRow(sam, 'pin', '2580'),
    ]);
    const { client } = await shop.signInByPin(sam, '2580');
    expect((await client.sync.details({})).server).toEqual({
      host: 'office.example',
      port: 5432,
      is_encrypted: true,
      versions: { till: '0.1.0', headoffice: '0.2.0' },
    });
    for (let i = 0; i < 5; i += 1) await client.sync.try_now({});
    expect(shop.link.asked).toBe(5);
    expect(await codeOf(shop.anyone.sync.details({}))).toBe('session.required');
    expect(await codeOf(shop.anyone.sync.try_now({}))).toBe('session.required');
  });
});
