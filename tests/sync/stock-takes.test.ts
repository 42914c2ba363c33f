/**
 * Stock takes at the head office: whatever was sold where and with which clock, in reach or out of it, the level is what is
 * on the shelf; and every till shows the same. The oracle is the shelf itself: it shares no rule with the SQL.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentralShop } from './central-shop.ts';
import { CountingCompany } from './counting-company.ts';
import type { CountingShop } from './counting-shop.ts';
import type { TestProduct } from './sales.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

let company: CountingCompany;
let central: CentralShop;
let tea: TestProduct;
let mug: TestProduct;

beforeAll(async () => {
  company = await CountingCompany.open(3);
  ({ central } = company);
  tea = company.productAt(0);
  mug = company.productAt(1);
});
afterAll(() => company.close());

/** That the head office and every till take a product's level for this. */
async function expectLevel(shop: CountingShop, product: TestProduct, milli: number): Promise<void> {
  expect(await shop.level(product)).toBe(milli);
  expect(shop.tills.map((till) => till.level(product.product))).toEqual(shop.tills.map(() => milli));
}

describe('a stock take', () => {
  it('leaves what was sold after it, and takes off nothing twice that was sold before', async () => {
    const shop = await company.openStore([0, 0]);
    const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
    shop.sell(there, tea, 5);
    await shop.syncAll();
    shop.lose(tea, 3);
    shop.sell(here, tea, 2);
    shop.count(here, tea);
    shop.now_ms += hour;
    // Sold between the count of the line and its posting, at the same till and at the other.
    shop.sell(here, tea, 1);
    shop.sell(there, tea, 4);
    shop.post(here);
    await shop.syncAll();
    expect(shop.realOf(tea).milli).toBe(85_000);
    await expectLevel(shop, tea, 85_000);
    await expectLevel(shop, mug, 100_000);
  });

  it.each([0, -7 * hour, 10 * 365 * 24 * hour])(
    'knows what another till had sold out of reach before it, though its clock was %d ms off',
    async (ahead) => {
      const shop = await company.openStore([3 * minute, ahead]);
      const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
      shop.sell(there, tea, 10);
      shop.now_ms += 20 * minute;
      shop.count(here, tea);
      shop.post(here);
      await shop.sync(here);
      expect(await shop.level(tea)).toBe(90_000);
      shop.now_ms += 20 * minute;
      shop.sell(there, tea, 7);
      shop.sell(there, mug, 1);
      await shop.syncAll();
      await expectLevel(shop, tea, 83_000);
      expect(await shop.doubts(tea)).toEqual([]);
    },
  );

  it('is the same whichever reached the head office first, the count or the sales', async () => {
    const shop = await company.openStore([0, 30 * minute]);
    const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
    shop.sell(there, tea, 10);
    shop.now_ms += 20 * minute;
    shop.count(here, tea);
    shop.now_ms += 20 * minute;
    shop.sell(there, tea, 7);
    shop.post(here);
    await shop.sync(there);
    expect(await shop.level(tea)).toBe(83_000);
    await shop.syncAll();
    await expectLevel(shop, tea, 83_000);
  });

  it('counts once where two tills counted the same shelf out of reach of each other', async () => {
    const shop = await company.openStore([-hour, hour]);
    const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
    shop.lose(tea, 8);
    shop.count(here, tea);
    shop.now_ms += 5 * minute;
    shop.sell(here, tea, 1);
    shop.now_ms += 5 * minute;
    shop.lose(tea, 1);
    shop.count(there, tea);
    shop.now_ms += 5 * minute;
    shop.sell(there, tea, 2);
    // The later count is posted first.
    shop.post(there);
    await shop.sync(there);
    shop.post(here);
    await shop.syncAll();
    expect(shop.realOf(tea).milli).toBe(88_000);
    await expectLevel(shop, tea, 88_000);
  });

  it('asks where two clocks can not tell, counts the sale as later until then, and does as it is told', async () => {
    for (const isBefore of [true, false]) {
      const shop = await company.openStore([0, 0]);
      const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
      if (isBefore) shop.sell(there, tea, 6);
      shop.now_ms += 30 * second;
      shop.count(here, tea);
      shop.now_ms += 30 * second;
      if (!isBefore) shop.sell(there, tea, 6);
      shop.post(here);
      await shop.syncAll();
      await expectLevel(shop, tea, isBefore ? 88_000 : 94_000);
      expect(await shop.doubts(tea)).toMatchObject([{ stock_milli: -6000 }]);
      expect(await shop.decide(tea, -5000, isBefore)).toBe('stale');
      expect(await shop.decide(tea, -6000, isBefore)).toBe('recorded');
      expect(await shop.decide(tea, -6000, isBefore)).toBe('unknown');
      await shop.syncAll();
      await expectLevel(shop, tea, 94_000);
      // Whatever was in doubt of an older count is of no matter once the shelf was counted anew.
      shop.now_ms += hour;
      shop.count(there, tea);
      shop.post(there);
      await shop.syncAll();
      await expectLevel(shop, tea, 94_000);
    }
  });

  it('doubts nothing that the till had heard of when it counted, even where it reaches the tables later', async () => {
    const shop = await company.openStore([0, 0]);
    const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
    await central.admin.query('alter table sales add constraint not_now check (total_minor <> 40) not valid');
    shop.sell(there, tea, 1);
    shop.sell(there, mug, 2);
    await expect(shop.sync(there)).rejects.toThrow('"quarantined":1');
    there.sent = there.till.entries.length;
    await shop.sync(here);
    shop.now_ms += 5 * second;
    shop.count(here, tea);
    shop.count(here, mug);
    shop.post(here);
    await shop.sync(here);
    await central.admin.query('alter table sales drop constraint not_now');
    await central.value('select reproject(null, $1, $2, $3)', [
      shop.store,
      there.till.options.till,
      there.till.entries.length - 1,
    ]);
    await shop.syncAll();
    expect([await shop.doubts(tea), await shop.doubts(mug)]).toEqual([[], []]);
    await expectLevel(shop, tea, 99_000);
    await expectLevel(shop, mug, 98_000);
  });

  it('that could not be projected at first comes right when it is projected again', async () => {
    const shop = await company.openStore([0, 0]);
    const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
    shop.lose(tea, 5);
    shop.count(here, tea);
    shop.post(here);
    await central.admin.query('alter table stock_counts add constraint not_now check (store_id = 0) not valid');
    await expect(shop.sync(here)).rejects.toThrow('"quarantined":1');
    here.sent = here.till.entries.length;
    shop.now_ms += hour;
    shop.sell(there, tea, 5);
    await shop.sync(there);
    expect(await shop.level(tea)).toBe(95_000);
    await central.admin.query('alter table stock_counts drop constraint not_now');
    expect(
      await central.value("select reproject(null, $1, $2, $3) ->> 'answer'", [
        shop.store,
        here.till.options.till,
        here.till.entries.length,
      ]),
    ).toBe('projected');
    await shop.syncAll();
    await expectLevel(shop, tea, 90_000);
  });
});

type What = 'sell' | 'receive' | 'lose' | 'count' | 'post' | 'sync';
const step = fc.record({
  what: fc.constantFrom<What>('sell', 'sell', 'sell', 'receive', 'lose', 'count', 'count', 'post', 'sync', 'sync'),
  till: fc.nat(2),
  product: fc.nat(2),
  units: fc.integer({ min: 1, max: 3 }),
  gap_ms: fc.constantFrom(second, 20 * second, 50 * second, 5 * minute, 40 * minute),
});

it('ends with what is on the shelf, at the head office and at every till, whatever happened in between', async () => {
  let doubted = 0;
  let corrected = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 10, maxLength: 60 }),
      fc.array(fc.integer({ min: -2 * hour, max: 2 * hour }), { minLength: 3, maxLength: 3 }),
      async (steps, ahead) => {
        const shop = await company.openStore(ahead);
        for (const { gap_ms, product: index, till: at, units, what } of steps) {
          shop.now_ms += gap_ms;
          const till = shop.tillAt(at);
          const product = company.productAt(index);
          if (what === 'sell') shop.sell(till, product, units);
          else if (what === 'receive') shop.receive(till, product, units);
          else if (what === 'lose') shop.lose(product, units);
          else if (what === 'count') shop.count(till, product);
          else if (what === 'post') shop.post(till);
          else await shop.sync(till);
        }
        await shop.syncAll();
        for (const product of company.products) {
          const stands = shop.standing(product);
          // What is in doubt counts as later; where it was before in truth, it is taken off twice until somebody decides.
          let expected = stands === undefined ? shop.booked(product) : shop.realOf(product).milli;
          if (stands !== undefined) {
            expected -= stands.lost_after_milli;
            for (const { seq, stock_milli, till } of await shop.doubts(product)) {
              doubted += 1;
              const moment = shop.momentOf(till, seq);
              expect(Math.abs(moment - stands.real_ms)).toBeLessThanOrEqual(90 * second);
              if (moment < stands.real_ms) expected += stock_milli;
            }
          }
          await expectLevel(shop, product, expected);
        }
        corrected += Number(await central.value('select count(*) from stock_corrections where correction_milli <> 0'));
        shop.close();
      },
    ),
    { numRuns: 25, seed: 20_261_121 },
  );
  // Else nothing was tried that a plain sum would not have got right.
  expect(doubted).toBeGreaterThan(0);
  expect(corrected).toBeGreaterThan(0);
});
