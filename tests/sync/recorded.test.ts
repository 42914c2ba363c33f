/**
 * What the first version's tills call and what its head office answered, as recorded: later heads offices answer those
 * calls, and later tills read those answers. Only added to.
 */
import { expect, it } from 'vitest';
import { fetchAnswer, hashesAnswer, helloAnswer, pullAnswer, pushAnswer } from '../../sync/answers.ts';
import { ChainShop } from './chain-shop.ts';

const held = {
  epoch: 1,
  acked_seq: 4,
  head_hash: 'ab'.repeat(32),
  server_time: '2026-11-21T09:30:00.000Z',
};
const refused = { answer: 'refused', reason: 'deactivated', seq: null, ...held };

/** Before the head office told its version, its gateway, or the keys of rows. */
const answers = [
  [
    helloAnswer,
    {
      answer: 'welcome',
      chain: 'equal',
      incarnation: '01900002-0000-7000-8000-000000000001',
      genesis_hash: 'cd'.repeat(32),
      heads: { company: { position: 9, tag: '0123456789abcdef' }, store: { position: 3, tag: '0123456789abcdef' } },
      limits: { entries: 200, bytes: 262_144, feed_rows: 500 },
      ...held,
    },
  ],
  [helloAnswer, refused],
  [pushAnswer, { answer: 'taken', quarantined: 0, ...held }],
  [pushAnswer, { answer: 'gap', reason: null, seq: null, ...held }],
  [pushAnswer, { answer: 'epoch', reason: null, seq: null, ...held }],
  [pushAnswer, { answer: 'fork', reason: null, seq: 3, ...held }],
  [pushAnswer, { ...refused, reason: 'chain', seq: 5 }],
  [hashesAnswer, { answer: 'hashes', hashes: ['ef'.repeat(32), null], ...held }],
  [
    fetchAnswer,
    { answer: 'entries', entries: [{ seq: 1, hash: 'ef'.repeat(32), bytes: 'e30=', payloads: [] }], ...held },
  ],
  [
    pullAnswer,
    {
      answer: 'pages',
      pages: [
        {
          stream: 'company',
          tag: '~0123456789abcdef',
          snapshot: 'begin',
          from: 0,
          position: 1,
          more: true,
          changes: [{ position: 1, kind: 'tax', row: { tax: 'x' } }],
        },
        { stream: 'store', tag: '0123456789abcdef', snapshot: null, from: 3, position: 3, more: false, changes: [] },
      ],
      server_time: held.server_time,
    },
  ],
] as const;

it('answers of the first version are read', () => {
  for (const [schema, answer] of answers) expect(schema.parse(answer)).toMatchObject({ answer: answer.answer });
});

it('answers of a later version are read: what is not known in them is left out', () => {
  const more = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(more);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([key, inner]) => [key, key === 'row' ? inner : more(inner)]);
    return { ...(Object.fromEntries(fields) as object), of_a_later_version: { deep: [1] } };
  };
  for (const [schema, answer] of answers) expect(schema.parse(more(answer))).toEqual(schema.parse(answer));
});

it('calls of the first version are answered, by name, with all that it reads', async () => {
  const shop = await ChainShop.open();
  const joined = await shop.openTill(1);
  const { address, till } = joined;
  const client = await shop.central.connectAs(address.login, address.password);
  const call = async (sql: string, values: readonly unknown[]) => {
    const { rows } = await client.query<{ answer: Record<string, unknown> }>(`select ${sql} as answer`, [...values]);
    return rows[0]?.answer ?? {};
  };
  const { installation } = till.options;
  const genesis = till.hashAt(0);
  const welcome = await call('evertill.hello($1::uuid, $2::int, $3::bigint, $4::bytea, $5::jsonb)', [
    installation,
    0,
    0,
    genesis,
    { at: '2026-11-21T09:00:00Z', version: '0.1.0' },
  ]);
  expect(helloAnswer.parse(welcome)).toMatchObject({ answer: 'welcome', chain: 'equal' });
  for (const field of ['incarnation', 'genesis_hash', 'limits', 'epoch', 'acked_seq', 'head_hash', 'server_time'])
    expect(welcome, field).toHaveProperty(field);
  const taken = await call(
    'evertill.push($1::int, $2::bigint, $3::bytea[], $4::bytea[], $5::bytea[], $6::bool, $7::uuid)',
    [0, 1, till.entries.map(({ bytes }) => bytes), till.entries.map(({ hash }) => hash), [], false, installation],
  );
  expect(pushAnswer.parse(taken)).toMatchObject({ answer: 'taken', quarantined: 0, acked_seq: 4 });
  const pages = pullAnswer.parse(
    await call('evertill.pull($1::jsonb, $2::int)', [{ company: null, store: null }, 500]),
  );
  expect(pages).toMatchObject({ pages: [{ stream: 'company' }, { stream: 'store' }] });
  const hashes = await call('evertill.entry_hashes($1::uuid, $2::bigint[])', [installation, [0, 4, 9]]);
  expect(hashesAnswer.parse(hashes)).toMatchObject({ hashes: [expect.any(String), expect.any(String), null] });
  const entries = await call('evertill.fetch_entries($1::uuid, $2::bigint, $3::int, $4::int)', [
    installation,
    0,
    200,
    1_000_000,
  ]);
  expect(fetchAnswer.parse(entries)).toMatchObject({ entries: [{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }] });
  await client.end();
  await shop.close();
});
