/** By hand: a till that sets its limits aside and holds what others need; and a till that is turned away while it is at work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { helloAnswer } from '../../sync/answers.ts';
import { gatewayKey, GatewayLine } from '../../sync/line.ts';
import { toHex } from '../../shared/ids.ts';
import { gatewayPasswords, type JoinedTill } from '../sync/central-shop.ts';
import { AttackStand, attempt, pushBy } from './stand.ts';

let stand: AttackStand;

beforeAll(async () => {
  stand = await AttackStand.open();
  // So that whoever waits in vain says so at once, and the test need not sit five seconds.
  await stand.shop.admin.query(
    "alter function push(integer, bigint, bytea[], bytea[], bytea[], boolean, uuid) set lock_timeout = '100ms'",
  );
});

afterAll(async () => {
  await stand.close();
});

/** A session that has thrown off all limits that it can, for itself and for all that its login opens. */
async function unbound(joined: JoinedTill): Promise<pg.Client> {
  const client = await stand.logIn(joined);
  for (const limit of [
    'statement_timeout',
    'transaction_timeout',
    'idle_in_transaction_session_timeout',
    'idle_session_timeout',
    'lock_timeout',
    'tcp_keepalives_idle',
  ])
    await client.query(`set ${limit} = 0; alter role current_user set ${limit} = 0`);
  return client;
}

/** The hostile till's own sale, pushed and not committed: its store's lock is held. */
async function holdStore(joined: JoinedTill): Promise<pg.Client> {
  const client = await unbound(joined);
  await client.query('begin');
  expect(await pushBy(client, [stand.nextSale(joined)])).toMatchObject({ answer: { answer: 'taken' } });
  return client;
}

async function setLongest(interval: string): Promise<void> {
  await stand.shop.admin.query(
    `create or replace function longest_transaction() returns interval language sql immutable parallel safe
     return interval '${interval}'`,
  );
}

function hello(client: pg.Client, { till }: JoinedTill) {
  const { seq, hash } = till.head();
  return attempt(client, 'select evertill.hello($1, 1, $2, $3) as answer', [
    till.options.installation,
    seq,
    Buffer.from(hash),
  ]);
}

/** The same by the gateway's role, in a session that calls itself what it likes. */
async function holdHead({ address, till }: JoinedTill, called: string): Promise<pg.Client> {
  const client = await stand.shop.connectAs(stand.shop.roles.gateway, gatewayPasswords.gateway);
  client.on('error', () => undefined);
  const session = {
    call: async <Answer>(schema: { parse(value: unknown): Answer }, sql: string, values: readonly unknown[]) =>
      schema.parse((await client.query<{ answer: unknown }>(sql, [...values])).rows[0]?.answer),
    destroy: () => undefined,
  };
  const line = new GatewayLine(session, address.login, gatewayKey(address.password));
  const { seq, hash } = till.head();
  const { installation } = till.options;
  await client.query('set idle_in_transaction_session_timeout = 0; begin');
  const said = { installation, epoch: 1, seq, hash: toHex(hash), about: {} };
  const answer = await line.call(helloAnswer, { name: 'hello', arguments: said, timeout_ms: 0 });
  expect(answer).toMatchObject({ answer: 'welcome' });
  await client.query("select set_config('application_name', $1, false)", [called]);
  return client;
}

async function isAlive(client: pg.Client): Promise<boolean> {
  return (await attempt(client, 'select 1')).code === null;
}

describe("a till that holds its store's lock in an open transaction, all limits set aside", () => {
  it('keeps others of the store waiting for a bounded time only, and whoever comes again frees the store', async () => {
    const hostile = await stand.another();
    const holder = await holdStore(hostile);
    const honest = await stand.logIn(stand.neighbour);
    const sale = stand.nextSale(stand.neighbour);
    expect(await pushBy(honest, [sale])).toMatchObject({ code: '55P03' });
    // It may still be an honest one.
    expect(await hello(honest, stand.neighbour)).toMatchObject({ code: null });
    expect(await isAlive(holder)).toBe(true);
    expect(await pushBy(honest, [sale])).toMatchObject({ code: '55P03' });

    await setLongest('0');
    expect(await hello(honest, stand.neighbour)).toMatchObject({ code: null });
    await setLongest('40 seconds');
    expect(await isAlive(holder)).toBe(false);
    expect(await pushBy(honest, [sale])).toMatchObject({ answer: { answer: 'taken' } });
    // What it pushed was never acknowledged, so it is not there.
    const held = 'select acked_seq::int from till_heads join tills using (store_id, till_id) where till = $1';
    expect(await stand.shop.value(held, [hostile.till.options.till])).toBe(hostile.till.head().seq - 1);
    await honest.end();
  });

  it('does not touch another store', async () => {
    const holder = await holdStore(await stand.another());
    const elsewhere = await stand.logIn(stand.theirs);
    expect(await pushBy(elsewhere, [stand.nextSale(stand.theirs)])).toMatchObject({ answer: { answer: 'taken' } });
    await elsewhere.end();
    await holder.query('rollback');
    await holder.end();
  });

  it('as does a statement without end, a snapshot that keeps vacuum away, and a code that has enrolled and waits', async () => {
    const busy = await unbound(await stand.another());
    const endless = attempt(busy, 'select count(*) from generate_series(1, 1e15::bigint)');
    const snapshot = await unbound(await stand.another());
    await snapshot.query('begin isolation level repeatable read; select count(*) from pg_class');
    const code = await stand.logInWithCode();
    await code.query('set idle_in_transaction_session_timeout = 0; begin');
    const verifier = `SCRAM-SHA-256$4096:${'A'.repeat(22)}==$${'A'.repeat(43)}=:${'A'.repeat(43)}=`;
    expect(
      await attempt(code, 'select evertill.enrol($1, $2, $3)', [stand.shop.ids.next(), verifier, Buffer.alloc(32)]),
    ).toMatchObject({
      code: null,
    });
    const office = await stand.shop.headOffice();
    await office.query('begin');

    const honest = await stand.logIn(stand.neighbour);
    await setLongest('0');
    expect(await hello(honest, stand.neighbour)).toMatchObject({ code: null });
    await setLongest('40 seconds');
    expect(await endless).toMatchObject({ code: '57P01' });
    expect(await isAlive(snapshot)).toBe(false);
    expect(await isAlive(code)).toBe(false);
    // Only tills and codes have such limits.
    expect(await isAlive(office)).toBe(true);
    expect(await isAlive(stand.shop.admin)).toBe(true);
    await office.end();
    await honest.end();
  });

  it('is free again for the same till too: its PC fell silent, and comes again', async () => {
    const joined = await stand.another();
    const holder = await holdStore(joined);
    joined.till.entries.pop();
    const again = await stand.logIn(joined);
    await setLongest('0');
    expect(await hello(again, joined)).toMatchObject({ rows: [{ answer: { answer: 'welcome', chain: 'equal' } }] });
    await setLongest('40 seconds');
    expect(await isAlive(holder)).toBe(false);
    await again.end();
  });
});

describe('a till that the head office turns away', () => {
  const calls = [
    ['hello', 'select evertill.hello($1, 1, 0, null) as answer'],
    ['pull', "select evertill.pull('{}') as answer, $1::uuid"],
    ['entry_hashes', "select evertill.entry_hashes($1, '{0,1}') as answer"],
    ['fetch_entries', 'select evertill.fetch_entries($1, 0, 1, 1) as answer'],
    ['push', "select evertill.push(1, 5, '{a}', '{b}', '{}', false, $1) as answer"],
  ] as const;

  async function setActive({ till }: JoinedTill, active: boolean): Promise<void> {
    const office = await stand.shop.headOffice();
    // It never waits for the till: what it waits for in vain fails here.
    await office.query("set lock_timeout = '5s'");
    await office.query('select set_till_active(null, $1, $2)', [till.options.till, active]);
    await office.end();
  }

  it('is refused at the next call of a session that was open, whichever it is, and says hello again in vain', async () => {
    const joined = await stand.another();
    const open = await stand.logIn(joined);
    for (const [, sql] of calls) await attempt(open, sql, [joined.till.options.installation]);
    await setActive(joined, false);
    const fresh = await stand.logIn(joined);
    for (const client of [open, fresh])
      for (const [name, sql] of calls)
        expect(await attempt(client, sql, [joined.till.options.installation]), name).toMatchObject({
          rows: [{ answer: { answer: 'refused', reason: 'deactivated' } }],
        });
    await setActive(joined, true);
    expect(await pushBy(open, [stand.nextSale(joined)])).toMatchObject({ answer: { answer: 'taken' } });
    await open.end();
    await fresh.end();
  });

  it('does not keep the head office waiting by a push that it never commits; that push is undone', async () => {
    const joined = await stand.another();
    const holder = await holdStore(joined);
    await setActive(joined, false);
    expect(await isAlive(holder)).toBe(false);
    const again = await stand.logIn(joined);
    expect(await pushBy(again, joined.till.entries.slice(-1))).toMatchObject({ answer: { reason: 'deactivated' } });
    await again.end();
  });

  it('does not keep the head office waiting by the gateway either, by whatever name its session goes', async () => {
    for (const named of ['evertill', `evertill ${stand.neighbour.address.login}`]) {
      const joined = await stand.another();
      const holder = await holdHead(joined, named);
      const idle = await stand.shop.connectAs(stand.shop.roles.gateway, gatewayPasswords.gateway);
      await setActive(joined, false);
      expect(await isAlive(holder), named).toBe(false);
      // Whoever holds no till's head is left alone.
      expect(await isAlive(idle)).toBe(true);
      await idle.end();
    }
  });

  it.each(['repeatable read', 'serializable'])(
    'writes nothing in a transaction that began before, at %s, where it still reads that it is active',
    async (level) => {
      const joined = await stand.another();
      const open = await unbound(joined);
      await open.query(`begin isolation level ${level}`);
      await attempt(open, "select evertill.pull('{}')");
      await setActive(joined, false);
      expect(await pushBy(open, [stand.nextSale(joined)])).toMatchObject({ code: '40001' });
      await open.query('rollback');
      await open.query(`set default_transaction_isolation = '${level}'`);
      expect(await pushBy(open, joined.till.entries.slice(-1))).toMatchObject({ answer: { reason: 'deactivated' } });
      await open.end();
    },
  );

  it('does not keep the head office from letting another PC speak for it', async () => {
    const joined = await stand.another();
    const stranger = stand.shop.ids.next();
    const open = await stand.logIn(joined);
    await attempt(open, 'select evertill.hello($1, 1, 0, null)', [stranger]);
    const holder = await holdStore(joined);
    const office = await stand.shop.headOffice();
    await office.query("set lock_timeout = '5s'");
    const decide = 'select decide_installation(null, $1, $2) as answer';
    expect(await attempt(office, decide, [joined.till.options.till, stranger])).toMatchObject({
      rows: [{ answer: { answer: 'recorded' } }],
    });
    expect(await isAlive(holder)).toBe(false);
    const old = 'select evertill.fetch_entries($1, 0, 1, 1) as answer';
    expect(await attempt(open, old, [joined.till.options.installation])).toMatchObject({
      rows: [{ answer: { answer: 'refused', reason: 'installation' } }],
    });
    await office.end();
    await open.end();
  });

  it('leaves other tills at work alone', async () => {
    const joined = await stand.another();
    const other = await stand.logIn(stand.neighbour);
    await other.query('begin');
    expect(await pushBy(other, [stand.nextSale(stand.neighbour)])).toMatchObject({ answer: { answer: 'taken' } });
    await setActive(joined, false);
    await other.query('commit');
    await other.end();
  });
});
