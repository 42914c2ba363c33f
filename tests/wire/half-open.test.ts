/**
 * A wire that fell silent is one that nobody hears the end of: PostgreSQL goes on waiting for a till that has long
 * connected anew. It must not keep what it has locked, nor use up what the till's login may have.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { centralAt } from '../../sync/central.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from '../sync/central-shop.ts';
import { SyncRun } from '../sync/sync-run.ts';
import { DayStands } from './day-stand.ts';
import { hastyTimeouts, runClean } from './stand.ts';
import { WireProxy } from './wire-proxy.ts';

let shop: CentralShop;
let days: DayStands;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  days = await DayStands.open(shop);
});

afterAll(async () => {
  await shop.close();
});

it('that takes the end of a push with it does not keep the other tills of the store waiting', async () => {
  const { messages } = await runClean(await days.next(shop.store));
  const sync = messages.find(({ during, name }) => during === 'push' && name === 'Sync');
  if (sync === undefined) throw new Error('nothing was pushed');
  const broken = await days.next(shop.store);
  const other = await days.next(shop.store);
  const proxy = await WireProxy.open(shop.at);
  proxy.cutNext({ direction: 'to_server', index: sync.index, where: 'before', manner: 'silence' });
  const run = new SyncRun(broken.till, centralAt({ ...broken.address, port: proxy.port }, 'test', hastyTimeouts));
  await run.until(() => proxy.cuts === 1 && run.sync.status().state === 'offline');
  run.sync.stop();
  // The first till never comes back; its transaction is open, and holds the store's stock.
  const next = new SyncRun(other.till, centralAt(other.address, 'test', hastyTimeouts));
  await next.untilSynced();
  next.sync.stop();
  await other.expectInStep();
  expect(other.till.confirmedSeq()).toBe(other.till.head().seq);
  await proxy.close();
});

it('again and again does not shut the till out', async () => {
  const stand = await days.next();
  const proxy = await WireProxy.open(stand.address);
  const run = new SyncRun(stand.till, centralAt({ ...stand.address, port: proxy.port }, 'test', hastyTimeouts));
  for (let i = 1; i <= 6; i += 1) {
    // Central's answer to hello is lost, and with it the wire: a session that does nothing, and that nobody ends.
    proxy.cutNext({ direction: 'to_server', index: 7, where: 'after', manner: 'silence' });
    await run.until(() => proxy.cuts === i);
  }
  await run.untilSynced();
  run.sync.stop();
  await stand.expectInStep();
  expect(proxy.cuts).toBe(6);
  await proxy.close();
});

it.each([
  ['till', 'till_logins'],
  ['code', 'enrolment_codes'],
] as const)('is noticed by the server for the login of every %s', async (_, table) => {
  await days.next();
  await shop.makeCode(`C${table.length}`);
  // Of this company alone: logins belong to the whole server, and other tests have theirs on it.
  const { rows } = await shop.admin.query<{ settings: string[] | null }>(
    `select rolconfig as settings from pg_roles join evertill.${table} on login = rolname`,
  );
  expect(rows.length).toBeGreaterThan(0);
  const names = (settings: readonly string[] | null) => (settings ?? []).map((one) => one.split('=')[0]);
  for (const { settings } of rows)
    expect(names(settings)).toEqual(
      expect.arrayContaining([
        'statement_timeout',
        'transaction_timeout',
        'idle_session_timeout',
        'tcp_keepalives_idle',
      ]),
    );
});
