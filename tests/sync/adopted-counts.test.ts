/** A count that was written in a fork says numbers of that fork: in the chain that adopted it, they are those of other entries. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CountId, toHex } from '../../shared/ids.ts';
import { openAdopted } from '../../shared/journal/adopted.ts';
import { decodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import { ChainShop } from './chain-shop.ts';
import { firstFault, settle } from './forks.ts';
import { sha256, type TestTill } from './test-till.ts';

let shop: ChainShop;

beforeAll(async () => {
  shop = await ChainShop.open();
});

afterAll(async () => {
  await shop.close();
});

/** The command of the fact that an entry is, or holds: no two facts of these chains have the same. */
function factOf(till: TestTill, seq: number): Envelope['command'] {
  const entry = till.entries[seq - 1];
  if (entry === undefined) throw new Error(`no entry ${seq}`);
  return (insidesOf(entry.bytes).at(-1) ?? decodeEntry(entry.bytes)).command;
}

/** What an entry adopted, the outermost first. */
function insidesOf(bytes: Uint8Array): readonly Envelope[] {
  const envelope = decodeEntry(bytes);
  return envelope.kind === 'adopted' ? openAdopted(sha256, envelope).map((inside) => inside.envelope) : [];
}

/** What a count must come to have been after: the facts, by the command of the count. */
type After = Map<Envelope['command'], Envelope['command'] | null>;

/** Counts one product after entry `own_seq` of this chain. */
function count(till: TestTill, own_seq: number, after: After): void {
  const { name, product, sku } = shop.product;
  till.append('stock.counted', {
    count: shop.central.ids.next<CountId>(),
    scope: 'products',
    category: null,
    tills: [],
    lines: [
      {
        product,
        sku,
        name,
        unit: 'piece',
        counted_milli: 5000,
        known_milli: 5000,
        price_minor: 100,
        counted_at: new Date(Date.UTC(2026, 10, 21, 10)).toISOString(),
        own_seq,
        seen: [],
      },
    ],
  });
  after.set(factOf(till, till.head().seq), own_seq === 0 ? null : factOf(till, own_seq));
}

const round = fc.record({
  /** How many of the chain's last entries the fork does not share. */
  back: fc.nat(12),
  /** What both sides do by themselves: sell, or count after so many of their last entries. */
  here: fc.array(fc.option(fc.nat(12)), { maxLength: 4 }),
  there: fc.array(fc.option(fc.nat(12)), { minLength: 1, maxLength: 4 }),
  /** Which side the other is adopted by. */
  isTurned: fc.boolean(),
});

it('stands after what it was written after, however often what it was written in was adopted', async () => {
  let deepest = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 4 }), async (rounds) => {
      const joined = await shop.openTill(2);
      const after: After = new Map();
      const work = (till: TestTill, steps: readonly (number | null)[]) => {
        for (const step of steps) {
          if (step === null) shop.sell(till);
          else count(till, Math.max(0, till.head().seq - step), after);
        }
      };
      let chain = joined.till;
      /** Where a chain must not end: not all of a fork has been adopted. */
      const within = new Set<string>();
      for (const [i, { back, here, isTurned, there }] of rounds.entries()) {
        const base = Math.max(3, chain.head().seq - back);
        const forked = shop.copy(chain, base);
        if (within.has(toHex(forked.head().hash))) forked.openEpoch('restored', `R${i}`);
        work(chain, here);
        work(forked, there);
        const [by, other] = isTurned ? [forked, chain] : [chain, forked];
        const settled = by.head().seq;
        if (other.head().seq > base) settle(by, other, base, `S${i}`);
        for (const { hash } of by.entries.slice(settled, -1)) within.add(toHex(hash));
        chain = by;
      }
      expect(firstFault(chain.entries)).toBe(null);
      expect(await shop.push(joined, chain)).toMatchObject({ answer: 'taken', acked_seq: chain.head().seq });

      const places = new Map(chain.entries.map(({ seq }) => [factOf(chain, seq), seq]));
      const expected = [...after]
        .flatMap(([counted, fact]) => {
          const seq = places.get(counted);
          return seq === undefined ? [] : [{ seq, own_seq: fact === null ? 0 : (places.get(fact) ?? -1) }];
        })
        .toSorted((a, b) => a.seq - b.seq);
      expect(await shop.rows(joined, 'stock_count_lines', 'seq::int, own_seq::int')).toEqual(expected);
      deepest = Math.max(deepest, ...chain.entries.map(({ bytes }) => insidesOf(bytes).length));
    }),
    { seed: 20_261_122, numRuns: 40 },
  );
  expect(deepest).toBeGreaterThan(2);
});
