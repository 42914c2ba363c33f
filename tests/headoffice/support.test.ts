/** What the head office collects for whoever helps: all that helps, and nothing of anybody. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { collected, maxCollected } from '../../shared/contract/support.ts';
import { OperationError } from '../../shared/contract/client.ts';
import { createHeadOffice } from '../../headoffice/app.ts';
import { owner } from './office.ts';
import { makePerson, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The tests' shop and people, as they are called. */
const personal = [owner.name, owner.password, 'Mira Osei', 'mira', 'Harbour'];

it('tells heads, sizes, checks and the entries of a sale, and nobody’s name', async () => {
  const { client, joined } = world;
  const { sales } = await client.sale.list({ text: 'HS1', limit: 1 });
  const receipt_number = sales[0]?.receipt_number ?? '';
  const found = collected.parse(await client.support.collect({ receipt_number }));
  expect(found.name).toMatch(/^evertill-headoffice-\d{8}-\d{4}$/u);
  const read = (name: string) => JSON.parse(found.files.find((file) => file.name === name)?.text ?? 'null');
  const { seq } = joined.till.head();
  const { till } = joined.till.options;
  expect(read('versions.json').database.version).toMatch(/^PostgreSQL/u);
  expect(read('versions.json').database.migrations[0]).toMatchObject({ number: 1, name: '0001-company' });
  expect(read('tills.json')).toMatchObject([{ till, till_code: 'HS1', held: { seq }, state: 'equal' }]);
  expect(read('feeds.json')).toHaveLength(2);
  expect(read('aside.json')).toMatchObject({ by_code: [], closings_that_differ: [{ closings: 0 }] });
  expect(read('checks.json')).toEqual([{ till, to_seq: seq, checked: seq - 1, bad_seq: null }]);
  expect(read('tables.json').map(({ name }: { name: string }) => name)).toContain('sales');
  expect(read('sales.json')).toMatchObject([{ till, entry: { kind: 'sale.completed' } }]);
  for (const { name, text } of found.files)
    expect({ name, found: personal.filter((word) => text.includes(word)) }).toEqual({ name, found: [] });
});

it('finds an entry that is not what was recorded', async () => {
  const { client, joined, shop } = world;
  const { till } = joined.till.options;
  await shop.admin.query(
    `set session_replication_role = replica;
     update evertill.journal_entries set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '"n":0', '"n":1'), 'UTF8')
       where seq = 3;
     set session_replication_role = origin`,
  );
  const { files } = await client.support.collect({ receipt_number: null });
  const checks = JSON.parse(files.find(({ name }) => name === 'checks.json')?.text ?? 'null');
  expect(checks).toMatchObject([{ till, bad_seq: 3 }]);
  expect(files.map(({ name }) => name)).not.toContain('sales.json');
});

it('leaves addresses out of the log, and of a long one what is old', async () => {
  const line = '{"event":"request","address":"203.0.113.7"}\n';
  const ports = {
    ...world.ports,
    machine: {
      facts: () => Promise.resolve({ program: '1.2.3' }),
      logs: () => Promise.resolve([{ name: 'logs/headoffice.log', text: line.repeat(200_000) }]),
    },
  };
  const office = createHeadOffice(world.pool, ports);
  const { token } = await makePerson(world, ['support.collect']);
  const command = '0190a000-0000-7000-8000-000000000001';
  const input = { receipt_number: null };
  const answer = await office.invoke({ operation: 'support.collect', input, session: token, command });
  const { files } = collected.parse(answer.ok ? answer.value : undefined);
  expect(files.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(maxCollected);
  const log = files.at(-1);
  expect(log?.name).toBe('logs/headoffice.log');
  expect(log?.text.startsWith('{"event"')).toBe(true);
  expect(log?.text).not.toContain('203.0.113.7');
});

it('says that there is no such sale', async () => {
  for (const receipt_number of ['HS1-A-999999', 'nonsense'])
    await expect(world.client.support.collect({ receipt_number })).rejects.toThrow(
      new OperationError({ code: 'record.not_found', data: {} }),
    );
});
