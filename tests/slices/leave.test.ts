/** Leaving a till: refused while anything is nowhere else; when it is done, nothing is deleted. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { inesPin, joinedShop } from './support/joined.ts';
import { openSellingShop } from './support/selling.ts';
import { codeOf, failureOf, firstManager, harbourSettings, newTill, type Seat, type TestTill } from './support/till.ts';

const ended: TestTill[] = [];
afterEach(() => {
  for (const shop of ended.splice(0)) shop.end();
});

function toEnd<Shop extends TestTill>(shop: Shop): Shop {
  ended.push(shop);
  return shop;
}

const password = { kind: 'password', secret: firstManager.password } as const;
const name = harbourSettings.name;

/** Files of the till's folder that were put aside. */
function kept(shop: TestTill): string[] {
  return readdirSync(dirname(shop.path)).filter((file) => file.includes('.left-'));
}

async function closed(shop: { readonly manager: Seat }): Promise<void> {
  const { client } = shop.manager;
  const { expected_minor } = await client.shift.report({});
  const counted = `${Math.trunc(expected_minor / 100)}.${String(expected_minor % 100).padStart(2, '0')}`;
  await client.shift.close({ counted, denominations: [], reason: null });
}

describe('a till that stands alone', () => {
  it('is left only by somebody who types its name and proves who they are, with nothing open', async () => {
    const shop = toEnd(await openSellingShop());
    const { client } = shop.manager;
    const head = shop.till.sync.head().seq;
    const leave = (shop_name: string | null, credential: { kind: 'password' | 'pin'; secret: string } = password) =>
      codeOf(client.setup.leave({ shop_name, credential }));
    await client.basket.add_product({ product: shop.tea, quantity_milli: 1000 });
    expect(await leave(name)).toBe('leave.basket_open');
    const { basket } = await client.basket.current({});
    if (basket === null) throw new Error('a basket is open');
    await client.basket.void({ basket });
    expect(await leave(name)).toBe('leave.shift_open');
    await closed(shop);
    const { count } = await client.stock_take.open({ scope: { kind: 'store' } });
    expect(await leave(name)).toBe('leave.stock_take_open');
    await client.stock_take.discard({ count });
    for (const wrong of [null, '', 'Harbour', name.toUpperCase()]) expect(await leave(wrong)).toBe('leave.name_wrong');
    expect(await leave(name, { kind: 'password', secret: 'guessed' })).toBe('session.credential_wrong');
    expect(await leave(name, { kind: 'pin', secret: '1111' })).toBe('session.credential_wrong');
    expect((await shop.anyone.setup.status({})).done).toBe(true);
    expect(shop.till.sync.head().seq).toBe(head + 2);
    expect(kept(shop)).toEqual([]);
  });

  it('is not left by guessing: whoever guesses is locked out', async () => {
    const shop = toEnd(await openSellingShop());
    await closed(shop);
    const { client } = shop.manager;
    const guess = () => codeOf(client.setup.leave({ shop_name: name, credential: { kind: 'pin', secret: '0000' } }));
    for (let tries = 0; tries < 4; tries += 1) expect(await guess()).toBe('session.credential_wrong');
    expect(await guess()).toBe('session.locked_out');
    expect(await codeOf(client.setup.leave({ shop_name: name, credential: password }))).toBe('session.locked_out');
    expect((await shop.anyone.setup.status({})).done).toBe(true);
  });

  it('keeps all that it was in a file that nobody writes to, and stands before set-up', async () => {
    const shop = toEnd(await openSellingShop());
    await closed(shop);
    const head = shop.till.sync.head();
    const left = await shop.manager.client.setup.leave({ shop_name: ` ${name} `, credential: password });
    expect(left).toEqual({
      till_code: 'HS1',
      till_name: 'Till 1',
      kept: expect.stringMatching(/^left-2026-11-21-[0-9a-f]{16}$/) as string,
      was_joined: false,
      told: false,
    });
    expect(kept(shop)).toEqual([`${basename(shop.path)}.${left.kept}`]);
    const path = join(dirname(shop.path), kept(shop)[0] ?? '');
    expect(statSync(path).mode & 0o777).toBe(0o400);
    const file = openTillFileToRead(path);
    expect(verifyJournal(file)).toMatchObject({ bad: null, missing_guards: [] });
    expect(file.connection.prepare('SELECT max(seq) FROM journal').pluck().get()).toBe(head.seq);
    file.close();

    expect((await shop.anyone.setup.status({})).done).toBe(false);
    expect(await codeOf(shop.manager.client.session.current({}))).toBe('session.ended');
    expect(shop.ports.mark.read()).toBeUndefined();
    expect(new Set(shop.events)).toContain('settings');
  });

  it('can be set up again at once, as another till, and neither knows of the other', async () => {
    const shop = toEnd(await openSellingShop());
    await closed(shop);
    const before = shop.till.sync.identity();
    await shop.manager.client.setup.leave({ shop_name: name, credential: password });
    await shop.anyone.setup.open_shop({
      settings: { ...harbourSettings, name: 'Quay Stores' },
      till_code: 'Q1',
      till_name: 'Quay',
      manager: firstManager,
    });
    const after = shop.till.sync.identity();
    expect(after).toMatchObject({ epoch: 1 });
    expect(after.till).not.toBe(before.till);
    expect(after.installation).not.toBe(before.installation);
    const manager = await shop.signInByPassword(firstManager.login, firstManager.password);
    expect(
      (await manager.client.product.list({ text: '', include_inactive: true, offset: 0, limit: 10 })).products,
    ).toEqual([]);
    shop.restart();
    expect(shop.till.sync.identity()).toEqual(after);
    expect(kept(shop)).toHaveLength(1);
  });

  it('that went down before it forgot who it was is set up as one till, not as two', async () => {
    const shop = toEnd(await openSellingShop());
    await closed(shop);
    const mark = shop.ports.mark.read();
    await shop.manager.client.setup.leave({ shop_name: name, credential: password });
    if (mark === undefined) throw new Error('a till that was set up has a mark');
    shop.ports.mark.write(mark);
    shop.restart();
    await shop.anyone.setup.open_shop({
      settings: harbourSettings,
      till_code: 'Q1',
      till_name: 'Quay',
      manager: firstManager,
    });
    const manager = await shop.signInByPassword(firstManager.login, firstManager.password);
    await manager.client.shift.open({ float: '0' });
    expect(shop.till.sync.identity().epoch).toBe(1);
  });
});

describe('a till that has joined', () => {
  const credential = { kind: 'pin', secret: inesPin } as const;
  const joined = async () => toEnd(await joinedShop());

  it('is not left while the head office has not confirmed all of it, and says how much waits', async () => {
    const shop = await joined();
    const { client } = shop.manager;
    const head = shop.till.sync.head();
    const leave = () => client.setup.leave({ shop_name: null, credential });
    expect(await failureOf(leave())).toEqual({ code: 'leave.unconfirmed', data: { waiting: head.seq } });
    shop.till.sync.confirmed({ seq: head.seq - 1, hash: shop.till.sync.hashAt(head.seq - 1) ?? head.hash });
    expect(await failureOf(leave())).toEqual({ code: 'leave.unconfirmed', data: { waiting: 1 } });
    // As many entries, but not these.
    shop.till.sync.confirmed({ seq: head.seq, hash: new Uint8Array(32) });
    expect(await codeOf(leave())).toBe('leave.unconfirmed');
    expect(kept(shop)).toEqual([]);
    shop.till.sync.confirmed(head);
    expect(await leave()).toMatchObject({ till_code: 'HS2', told: true });
    expect(shop.link.forgotten).toBe(1);
    expect((await shop.anyone.setup.status({})).done).toBe(false);
    expect(shop.till.sync.cursors()).toEqual({ company: null, store: null });
  });

  it('is left without its head office being reached, and says that it was not told', async () => {
    const shop = await joined();
    shop.till.sync.confirmed(shop.till.sync.head());
    shop.link.left = 'unheard';
    expect(await shop.manager.client.setup.leave({ shop_name: null, credential })).toMatchObject({ told: false });
  });

  it('is not left where the head office holds something else than it confirmed', async () => {
    const shop = await joined();
    shop.till.sync.confirmed(shop.till.sync.head());
    shop.link.left = 'differs';
    expect(await codeOf(shop.manager.client.setup.leave({ shop_name: null, credential }))).toBe('leave.unconfirmed');
    expect(shop.link.asked).toBe(1);
    expect((await shop.anyone.setup.status({})).done).toBe(true);
  });

  it('is not left when somebody opens a shift while the head office is being told', async () => {
    const shop = await joined();
    shop.till.sync.confirmed(shop.till.sync.head());
    const { client } = shop.manager;
    shop.link.leave = async () => {
      await client.shift.open({ float: '0' });
      return 'left';
    };
    expect(await codeOf(client.setup.leave({ shop_name: null, credential }))).toBe('leave.shift_open');
    expect((await client.shift.current({})).shift).not.toBeNull();
    expect(kept(shop)).toEqual([]);
  });

  it('does not tell its head office for somebody who only guesses', async () => {
    const shop = await joined();
    shop.till.sync.confirmed(shop.till.sync.head());
    let told = 0;
    shop.link.leave = () => {
      told += 1;
      return Promise.resolve('left');
    };
    const wrong = { kind: 'pin', secret: '000000' } as const;
    expect(await codeOf(shop.manager.client.setup.leave({ shop_name: null, credential: wrong }))).toBe(
      'session.credential_wrong',
    );
    expect(told).toBe(0);
  });
});

it('a till that was never set up can not be left', async () => {
  const shop = toEnd(newTill());
  expect(await codeOf(shop.anyone.setup.leave({ shop_name: name, credential: password }))).toBe('session.required');
});
