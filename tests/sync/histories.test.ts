/** A shop that joins with its history, as the head office's database takes it: whole or not at all, once, from nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import { pushAnswer } from '../../sync/answers.ts';
import { defaultTimeouts, openSession } from '../../sync/central.ts';
import { gatewayKey, GatewayLine } from '../../sync/line.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, gatewayPasswords, testSettings } from './central-shop.ts';
import { bcrypt, type HistoryShop, makeHistoryShop } from './history-shop.ts';
import { type CallName, SyncRun, type SyncRunOptions } from './sync-run.ts';

let central: CentralShop;
beforeAll(async () => {
  central = await CentralShop.open(await createDatabase());
});
afterAll(async () => {
  await central.close();
});

const makeShop = () => makeHistoryShop(central);
type Shop = HistoryShop;

const productRow = async ({ tea }: Shop) =>
  await central.value("select to_jsonb(p) - 'edited_at' from products p where product = $1", [tea.product]);
const quarantined = async ({ till }: Shop) => {
  const { rows } = await central.admin.query<{ seq: number; code: string }>(
    `select seq::int, q.code from quarantined_entries q join tills using (store_id, till_id) where till = $1 order by seq`,
    [till.options.till],
  );
  return rows;
};
const taken = { version: 2, name: 'Product TEA', price_minor: 300, stocked: true };

async function syncAll(shop: Shop, port: Awaited<ReturnType<Shop['ask']>>, options: SyncRunOptions = {}) {
  const run = new SyncRun(shop.till, port, options);
  await run.untilSynced();
  run.sync.stop();
  return run;
}

describe('a history', () => {
  it('is told nothing by the feed until it is whole; then all of it, its own versions among it', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    const run = new SyncRun(shop.till, port);
    await run.untilSynced();
    expect(shop.till.pages).toEqual([]);
    expect(await productRow(shop)).toBeUndefined();
    shop.say();
    run.sync.appended();
    await run.untilSynced();
    await run.until(() => shop.till.pages.filter(({ snapshot }) => snapshot === 'end').length === 2);
    run.sync.stop();
    expect(await productRow(shop)).toMatchObject(taken);
    expect(shop.till.replica.company.get(`product ${shop.tea.product}`)).toEqual({
      ...shop.tea,
      version: 2,
      price_minor: 300,
    });
    expect(shop.till.replica.store.get(`verifier ${shop.person}/pin`)).toMatchObject({ bcrypt });
    expect(shop.till.replica.store.get(`staff ${shop.person}`)).toMatchObject({ payload_base64: expect.any(String) });
    expect(await central.value('select count(*)::int from history_records')).toBe(0);
    expect(await central.value('select count(*)::int from history_verifiers')).toBe(0);
  });

  it.each(['before', 'after'] as const)('comes once, whatever answer is lost (%s the call)', async (how) => {
    const shop = makeShop();
    const port = await shop.ask();
    shop.sell(60);
    shop.say();
    shop.sell(3);
    const lose = (call: CallName, count: number) =>
      call === 'push' && count < 12 && count % 2 === 1 ? how : undefined;
    const run = await syncAll(shop, port, { lose });
    expect(run.lost).toBeGreaterThanOrEqual(2);
    expect(await productRow(shop)).toMatchObject(taken);
    expect(await quarantined(shop)).toEqual([]);
    const { till } = shop.till.options;
    expect(
      await central.value(
        'select -sum(level_milli)::int from stock_levels join tills using (store_id, till_id) where till = $1',
        [till],
      ),
    ).toBe(63_000);
    expect(
      await central.value(
        'select sum(sale_count)::int from daily_sales join tills using (store_id, till_id) where till = $1',
        [till],
      ),
    ).toBe(63);
  });

  it('comes out the same however it is cut into pushes', async () => {
    const [one, whole] = [makeShop(), makeShop()];
    for (const shop of [one, whole]) {
      const port = await shop.ask();
      shop.sell(5);
      shop.say();
      const connection = await port.connect();
      let epoch = 0;
      const size = shop === one ? 1 : 200;
      for (let after = 0; after < shop.till.head().seq; after += size) {
        const entries = shop.till.entriesAfter(after, { count: size, bytes: 1e9 });
        const answer = await connection.push({ epoch, entries, unprojected: false });
        expect(answer).toMatchObject({ answer: 'taken', quarantined: 0 });
        ({ epoch } = answer);
      }
      connection.destroy();
      expect(await productRow(shop)).toMatchObject(taken);
      expect(await central.value('select count(*)::int from staff where staff = $1', [shop.person])).toBe(1);
    }
  });

  it('is the company’s before what its manager changes after it has joined, however they come', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    shop.say();
    shop.till.append(
      'product.edit_proposed',
      { product: shop.tea.product, against: 2, changes: { price_minor: 410 }, was: { price_minor: 300 } },
      { actor: shop.person },
    );
    const connection = await port.connect();
    const whole = { epoch: 0, entries: shop.till.entriesAfter(0, { count: 200, bytes: 1e9 }), unprojected: false };
    // As far as the entry that says so: the till sends the rest again.
    expect(await connection.push(whole)).toMatchObject({ answer: 'taken', acked_seq: shop.till.head().seq - 1 });
    connection.destroy();
    await syncAll(shop, port);
    expect(await productRow(shop)).toMatchObject({ version: 3, price_minor: 410 });
    expect(await quarantined(shop)).toEqual([]);
  });

  it('comes through the gateway too, where many tills share a session', async () => {
    const shop = makeShop();
    await shop.ask();
    shop.say();
    const { host, port, database } = central.at;
    const shared = { host, port, database, login: central.roles.gateway, password: gatewayPasswords.gateway, ca: null };
    const session = await openSession(shared, defaultTimeouts);
    const line = new GatewayLine(session, shop.way.login, gatewayKey(shop.way.password));
    const { installation } = shop.till.identity();
    const entries = shop.till.entriesAfter(0, { count: 200, bytes: 1e9 });
    const push = { epoch: 0, from_seq: 1, unprojected: false, installation };
    const timeout_ms = defaultTimeouts.push_ms;
    expect(await line.call(pushAnswer, { name: 'push', arguments: push, entries, timeout_ms })).toMatchObject({
      answer: 'taken',
      quarantined: 0,
    });
    session.destroy();
    expect(await productRow(shop)).toMatchObject(taken);
    expect(await central.value('select count(*)::int from staff where staff = $1', [shop.person])).toBe(1);
  });

  it('with records that nobody could read has these put aside, alone, and those that were made from them', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    const { till } = shop;
    const long = shop.product('LONG');
    const spoilt = [
      { ...till.envelope('product.created', long), body: { ...long, name: '🍵'.repeat(201) } },
      { ...till.envelope('product.created', long), body: { ...long, unit: 'barrel' } },
    ];
    const first = till.head().seq + 1;
    for (const envelope of spoilt) till.appendBytes(encodeEntry({ ...envelope, seq: till.head().seq + 1 }));
    till.append('product.edited', { product: long.product, against: 1, changes: { sku: 'X' } });
    till.append('product.created', shop.product('LAST'));
    shop.say();
    await syncAll(shop, port);
    expect(await quarantined(shop)).toEqual([
      { seq: first, code: 'ET022' },
      { seq: first + 1, code: 'ET022' },
      { seq: first + 2, code: 'ET021' },
    ]);
    expect(await productRow(shop)).toMatchObject(taken);
    expect(await central.value('select count(*)::int from products where sku = $1', [`${shop.said.code}-LAST`])).toBe(
      1,
    );
  });

  it('that can not be taken waits in quarantine under the entry that ended it, until the fault is mended', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    const joined = shop.say().seq;
    await central.admin.query("alter table products add constraint a_fault check (sku not like '%TEA') not valid");
    await syncAll(shop, port);
    expect(await quarantined(shop)).toEqual([{ seq: joined, code: '23514' }]);
    expect(await productRow(shop)).toBeUndefined();
    await central.admin.query('alter table products drop constraint a_fault');
    const { store, till } = shop.till.options;
    const answer = await central.value('select reproject(null, $1, $2, $3)', [store, till, joined]);
    expect(answer).toEqual({ answer: 'projected' });
    expect(await central.value('select reproject(null, $1, $2, $3)', [store, till, joined])).toEqual(answer);
    expect(await productRow(shop)).toMatchObject(taken);
    expect(await quarantined(shop)).toEqual([]);
    const run = new SyncRun(shop.till, port);
    await run.until(() => shop.till.replica.company.has(`product ${shop.tea.product}`));
    run.sync.stop();
  });

  it('waits for what was put aside because it took too long, and is taken as soon as that is there', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    const { till } = shop;
    const edited = till.append('product.edited', {
      product: shop.tea.product,
      against: 2,
      changes: { price_minor: 350 },
    });
    const recorded = till.append('tax.recorded', { ...shop.tax, rate_millionths: 50_000 });
    const joined = shop.say().seq;
    const connection = await port.connect();
    const pushed = (after: number, count: number) => till.entriesAfter(after, { count, bytes: 1e9 });
    await connection.push({ epoch: 0, entries: pushed(0, edited.seq - 1), unprojected: false });
    await connection.push({ epoch: 1, entries: pushed(edited.seq - 1, 2), unprojected: true });
    connection.destroy();
    await syncAll(shop, port);
    const slow = [edited.seq, recorded.seq].map((seq) => ({ seq, code: 'ET003' }));
    expect(await quarantined(shop)).toEqual([...slow, { seq: joined, code: 'ET026' }]);
    expect(await productRow(shop)).toBeUndefined();
    expect(till.pages).toEqual([]);

    const again = async (seq: number) =>
      await central.value('select reproject(null, $1, $2, $3)', [till.options.store, till.options.till, seq]);
    expect(await again(joined)).toMatchObject({ answer: 'kept', code: 'ET026' });
    expect(await again(edited.seq)).toEqual({ answer: 'projected' });
    expect(await quarantined(shop)).toEqual([slow[1], { seq: joined, code: 'ET026' }]);
    expect(await again(recorded.seq)).toEqual({ answer: 'projected' });
    expect(await quarantined(shop)).toEqual([]);
    expect(await productRow(shop)).toMatchObject({ ...taken, version: 3, price_minor: 350 });
    expect(await central.value('select rate_millionths from taxes where tax = $1', [shop.tax.tax])).toBe(50_000);
  });

  it('of which two PCs say that it is whole, and the first word took too long, is taken with all edits that waited for it', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    const { till } = shop;
    const first = shop.say().seq;
    till.actor = shop.person;
    const proposed = shop.product('NEW');
    till.append('product.proposed', proposed);
    till.append('product.edit_proposed', {
      product: shop.tea.product,
      against: 2,
      changes: { price_minor: 350 },
      was: { price_minor: 300 },
    });
    const second = shop.say().seq;
    const connection = await port.connect();
    const pushed = (after: number, count: number) => till.entriesAfter(after, { count, bytes: 1e9 });
    await connection.push({ epoch: 0, entries: pushed(0, first - 1), unprojected: false });
    await connection.push({ epoch: 1, entries: pushed(first - 1, 1), unprojected: true });
    connection.destroy();
    await syncAll(shop, port);
    // Made at the till while the catalogue was not taken: it waits, and what changes it with it.
    till.append('product.edit_proposed', {
      product: proposed.product,
      against: 1,
      changes: { name: 'Newer' },
      was: { name: proposed.name },
    });
    await syncAll(shop, port);
    expect(await quarantined(shop)).toEqual([
      { seq: first, code: 'ET003' },
      { seq: first + 1, code: 'ET023' },
      { seq: first + 2, code: 'ET023' },
      { seq: second, code: 'ET026' },
      { seq: second + 1, code: 'ET023' },
    ]);
    const { options } = till;
    expect(await central.value('select reproject(null, $1, $2, $3)', [options.store, options.till, first])).toEqual({
      answer: 'projected',
    });
    expect(await quarantined(shop)).toEqual([]);
    expect(await productRow(shop)).toMatchObject({ version: 3, price_minor: 350 });
    expect(await central.value('select name from products where product = $1', [proposed.product])).toBe('Newer');
  });

  it('waits for whoever edits the catalogue, and is not put aside for it', async () => {
    const shop = makeShop();
    const port = await shop.ask();
    shop.say();
    const editor = await central.connectAs(central.at.user, central.at.password);
    await editor.query('begin; select from evertill.stream_heads where store_id = 0 for update');
    const connection = await port.connect();
    const entries = shop.till.entriesAfter(0, { count: 200, bytes: 1e9 });
    await expect(connection.push({ epoch: 0, entries, unprojected: false })).rejects.toMatchObject({ fault: 'busy' });
    await editor.query('rollback');
    await editor.end();
    await syncAll(shop, port);
    expect(await quarantined(shop)).toEqual([]);
    expect(await productRow(shop)).toMatchObject(taken);
  });

  it('of which a record has the UUID of one of the company leaves that as it is, and keeps its own beside it', async () => {
    const [first, second] = [makeShop(), makeShop()];
    first.say();
    await syncAll(first, await first.ask());
    const port = await second.ask();
    second.till.append('product.created', { ...first.tea, name: 'Not yours' });
    second.say();
    await syncAll(second, port);
    expect(await productRow(first)).toMatchObject({ name: 'Product TEA', version: 2 });
    expect(
      await central.value("select row ->> 'name' from catalogue_clashes where kind = 'record' and record = $1", [
        first.tea.product,
      ]),
    ).toBe('Not yours');
    expect(await productRow(second)).toMatchObject(taken);
  });
});

describe('nobody else', () => {
  it('writes the catalogue: not a till that joined empty, and not one after it has said that it joined', async () => {
    const { till, central: port } = await central.join('NE1');
    till.open();
    const own = makeShop();
    till.append('product.created', own.tea);
    till.append('till.joined', { code: 'NE1', name: 'Counter' });
    till.append('product.created', own.product('MORE'));
    await syncAll({ ...own, till }, port);
    expect(await quarantined({ ...own, till })).toEqual([
      { seq: 4, code: 'ET020' },
      { seq: 6, code: 'ET020' },
    ]);
    expect(await productRow(own)).toBeUndefined();

    const shop = makeShop();
    const late = shop.product('LATE');
    const shopPort = await shop.ask();
    shop.say();
    shop.till.append('product.created', late);
    shop.till.append('product.edited', { product: shop.tea.product, against: 2, changes: { price_minor: 1 } });
    const { seq } = shop.till.head();
    await syncAll(shop, shopPort);
    expect(await quarantined(shop)).toEqual([
      { seq: seq - 1, code: 'ET020' },
      { seq, code: 'ET020' },
    ]);
    expect(await productRow(shop)).toMatchObject(taken);
  });

  it('keeps an edit waiting for a product that can never be taken: it is refused, and its till is told so', async () => {
    const shop = makeShop();
    const late = shop.product('LATE');
    const port = await shop.ask();
    shop.say();
    const made = shop.till.append('product.created', late);
    const changes = { price_minor: 1 };
    shop.till.append('product.edit_proposed', {
      product: late.product,
      against: 1,
      changes,
      was: { price_minor: 250 },
    });
    await syncAll(shop, port);
    expect(await quarantined(shop)).toEqual([{ seq: made.seq, code: 'ET020' }]);
    expect(
      await central.value("select concat(state, ' ', reason) from product_proposals where product = $1", [
        late.product,
      ]),
    ).toBe('refused unknown');
  });

  it('is let in as a shop with settings, a currency or an id that can not be', async () => {
    const spoil = async (said: object) => {
      const shop = makeShop();
      Object.assign(shop.said, said);
      return await shop.ask().then(
        () => 'let in',
        (error: unknown) => String(error),
      );
    };
    expect(await spoil({ settings: { ...testSettings, zone: 'Mars/Olympus' } })).toContain('22023');
    expect(await spoil({ settings: { ...testSettings, cash_rounding: { step_minor: 0, mode: 'up' } } })).toContain(
      '22023',
    );
    expect(await spoil({ settings: { ...testSettings, name: '' } })).toContain('22023');
    expect(await spoil({ till: 'none' })).toContain('22023');
    expect(await spoil({ code: 'small' })).toContain('22023');
    expect(await spoil({ verifiers: [{ staff: central.store, credential: 'pin', bcrypt: 'plain' }] })).toContain(
      '23514',
    );
    expect(await spoil({ settings: { ...testSettings, currency: 'EUR' } })).toContain('currency GBP');
    expect(await spoil({ store: central.store })).toContain('known');
    const known = makeShop();
    await known.ask();
    expect(await spoil({ till: known.said.till })).toContain('known');
    expect(await spoil({ code: known.said.code })).toContain(`till_code ${known.said.code}`);
    // The same PC may ask with another code as long as nothing of it has come.
    await known.ask();
    known.sell(1);
    await syncAll(known, await known.ask());
    await expect(known.ask()).rejects.toThrow('known');
  });
});
