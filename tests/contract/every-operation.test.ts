/**
 * What every operation must pass, whoever writes it: derived from the contract, so that a new operation is covered the
 * moment it is declared. The samples are the only thing written by hand.
 */
import { v7 } from 'uuid';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Call } from '../../shared/contract/client.ts';
import { listOperations, type OperationName } from '../../shared/contract/define.ts';
import { type TillContract, tillContract } from '../../shared/contract/till.ts';
import { samples } from './samples.ts';
import { openTestShop, type TestShop } from './world.ts';
import { textPaths, unsoundSigns, withSign } from '../support/texts.ts';

const operations = listOperations(tillContract).map(({ name, operation }) => ({
  // The names come from the very contract that the samples are typed by.
  name: name as OperationName<TillContract>,
  operation,
}));
/** Texts that are looked for: such signs count as spaces in them. */
const sought = new Set([
  'product.search text',
  'product.list text',
  'sale.list text',
  'basket.scan barcode',
  'stock.list text',
  'stock_take.lines text',
  'stock_take.scan barcode',
]);
const covered = { session: 0, permission: 0, malformed: 0, texts: 0, repeated: 0, at_once: 0, answered: 0 };
afterAll(() => {
  const facts = Object.entries(covered).map(([what, count]) => `${what} ${count}`);
  console.log(`${operations.length} operations of the till covered: ${facts.join(', ')}`);
});

/** What the test at hand has opened. */
let opened: TestShop | undefined;
afterEach(() => {
  opened?.close();
  opened = undefined;
});

async function prepare(name: OperationName<TillContract>): Promise<{ shop: TestShop; call: Call }> {
  const sample = samples[name];
  const shop = await openTestShop(sample.in);
  opened = shop;
  const call: Call = {
    operation: name,
    input: sample.input(shop),
    ...(shop.session === '' ? {} : { session: shop.session }),
    command: v7(),
  };
  return { shop, call };
}

/** How many entries the journal has: 0 before set-up. */
async function head(of: TestShop): Promise<number> {
  const answer = await of.till.invoke({ operation: 'sync.status', input: {} });
  if (!answer.ok) throw new Error(answer.error.code);
  return tillContract.sync.status.output.parse(answer.value).head_seq;
}

describe.each(operations)('$name', ({ name, operation }) => {
  const keepsAnswer = operation.type === 'command' && operation.keepsAnswer;
  test('answers its sample as declared', async () => {
    const { shop, call } = await prepare(name);
    const answer = await shop.till.invoke(call);
    expect(answer).toMatchObject({ ok: true });
    expect(operation.output.safeParse(answer.ok ? answer.value : undefined).success).toBe(true);
    covered.answered += 1;
  });

  if (operation.access !== 'anyone')
    test('is refused without a session, and with a token that was never given out', async () => {
      const { shop, call } = await prepare(name);
      const before = await head(shop);
      const { session: _, ...without } = call;
      expect(await shop.till.invoke(without)).toEqual({ ok: false, error: { code: 'session.required', data: {} } });
      expect(await shop.till.invoke({ ...call, session: 'x'.repeat(43) })).toEqual({
        ok: false,
        error: { code: 'session.ended', data: {} },
      });
      expect(await head(shop)).toBe(before);
      covered.session += 1;
    });

  if (operation.access !== 'anyone')
    test('is refused once the session was locked', async () => {
      const { shop, call } = await prepare(name);
      await shop.till.invoke({ operation: 'session.lock', input: {}, session: shop.session, command: v7() });
      expect(await shop.till.invoke(call)).toEqual({ ok: false, error: { code: 'session.ended', data: {} } });
    });

  if (operation.access !== 'anyone' && operation.access !== 'signed_in')
    test('is refused without its permission', async () => {
      const { shop, call } = await prepare(name);
      const before = await head(shop);
      expect(await shop.till.invoke({ ...call, session: shop.powerless })).toEqual({
        ok: false,
        error: { code: 'permission.missing', data: { permission: operation.access } },
      });
      expect(await head(shop)).toBe(before);
      covered.permission += 1;
    });

  test('refuses malformed input, and a field that it does not know', async () => {
    const { shop, call } = await prepare(name);
    const before = await head(shop);
    for (const input of [null, 'text', 7, [], { ...(call.input as object), surplus: true }]) {
      expect(await shop.till.invoke({ ...call, input })).toMatchObject({
        ok: false,
        error: { code: 'input.malformed' },
      });
    }
    for (const field of Object.keys(call.input as object)) {
      const input = { ...(call.input as object), [field]: { not: 'this' } };
      expect(await shop.till.invoke({ ...call, input })).toMatchObject({
        ok: false,
        error: { code: 'input.malformed' },
      });
    }
    expect(await head(shop)).toBe(before);
    covered.malformed += 1;
  });

  test('takes no text with a sign that nobody types, and says in which field it is', async () => {
    const { shop, call } = await prepare(name);
    const before = await head(shop);
    for (const path of textPaths(call.input)) {
      const where = path.join('.');
      for (const sign of unsoundSigns) {
        const input = withSign(call.input, path, sign);
        const answer = await shop.till.invoke({ ...call, input, command: v7() });
        if (sought.has(`${name} ${where}`)) expect(answer).not.toMatchObject({ error: { code: 'fault.unknown' } });
        else
          expect({ path, sign, answer }).toEqual({
            path,
            sign,
            answer: { ok: false, error: { code: 'input.malformed', data: { where } } },
          });
      }
      covered.texts += 1;
    }
    expect(await head(shop)).toBe(before);
  });

  if (operation.type === 'command')
    describe('as a command', () => {
      test('is refused without a command UUID', async () => {
        const { shop, call } = await prepare(name);
        const { command: _, ...without } = call;
        expect(await shop.till.invoke(without)).toMatchObject({ ok: false, error: { code: 'command.required' } });
        expect(await shop.till.invoke({ ...call, command: 'no uuid' })).toMatchObject({
          ok: false,
          error: { code: 'command.required' },
        });
      });

      if (keepsAnswer)
        test('repeated, gives the first answer and does nothing again', async () => {
          const { shop, call } = await prepare(name);
          const first = await shop.till.invoke(call);
          const after = await head(shop);
          expect(await shop.till.invoke(call)).toEqual(first);
          expect(await head(shop)).toBe(after);
          expect(first.ok).toBe(true);
          covered.repeated += 1;
        });

      if (keepsAnswer)
        test('with the same UUID and other input is a conflict', async () => {
          const { shop, call } = await prepare(name);
          await shop.till.invoke(call);
          // Before set-up nobody is signed in, so the repeat does not even get as far as the conflict.
          const isSignedIn = shop.session !== '';
          const other: OperationName<TillContract> = name === 'session.lock' ? 'sync.try_now' : 'session.lock';
          const answer = await shop.till.invoke({ ...call, operation: other, input: {} });
          expect(answer).toMatchObject({
            ok: false,
            error: { code: isSignedIn ? 'command.conflict' : 'session.required' },
          });
        });

      if (keepsAnswer)
        test('sent twice at once, happens once', async () => {
          const alone = await prepare(name);
          const start = await head(alone.shop);
          await alone.shop.till.invoke(alone.call);
          const grown = (await head(alone.shop)) - start;
          alone.shop.close();
          const { shop, call } = await prepare(name);
          const before = await head(shop);
          const [one, two] = await Promise.all([shop.till.invoke(call), shop.till.invoke(call)]);
          expect(one).toEqual(two);
          expect(one.ok).toBe(true);
          expect((await head(shop)) - before).toBe(grown);
          covered.at_once += 1;
        });
    });
});

test('an operation that nobody declared is refused, however it is spelled', async () => {
  const shop = await openTestShop();
  opened = shop;
  for (const operation of [
    'basket.explode',
    'basket',
    '',
    'basket.complete.now',
    '__proto__.toString',
    'constructor.name',
    'setup.__proto__',
  ]) {
    expect(await shop.till.invoke({ operation, input: {}, session: shop.session })).toMatchObject({
      ok: false,
      error: { code: 'operation.unknown' },
    });
  }
});
