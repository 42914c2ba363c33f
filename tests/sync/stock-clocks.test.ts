/**
 * Stock takes where a clock was wrong for a while and right again before anybody measured it, and where a count says what
 * can't be: the level is what is on the shelf, or somebody is asked. The oracle is the shelf itself.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CentralShop } from './central-shop.ts';
import { CountingCompany } from './counting-company.ts';
import type { CountingShop, CountingTill } from './counting-shop.ts';
import type { TestProduct } from './sales.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const year = 365 * 24 * hour;

let company: CountingCompany;
let central: CentralShop;
let tea: TestProduct;

beforeAll(async () => {
  company = await CountingCompany.open(2);
  ({ central } = company);
  tea = company.productAt(0);
});
afterAll(() => company.close());

/** That the head office and every till take the tea's level for this. */
async function expectLevel(shop: CountingShop, milli: number): Promise<void> {
  expect(await shop.level(tea)).toBe(milli);
  expect(shop.tills.map((till) => till.level(tea.product))).toEqual(shop.tills.map(() => milli));
}

/** Two tills, out of reach of the head office from now on. */
async function outOfReach(ahead_ms: readonly number[] = [0, 0]) {
  const shop = await company.openStore(ahead_ms);
  const [here, there] = [shop.tillAt(0), shop.tillAt(1)];
  for (const till of shop.tills) shop.loseTouch(till);
  return { shop, here, there };
}

function sellAfter(shop: CountingShop, till: CountingTill, pause_ms: number, units: number): void {
  shop.now_ms += pause_ms;
  shop.sell(till, tea, units);
}

describe('a clock that was wrong, and right again before it was measured', () => {
  it.each([10 * year, -10 * year])(
    'by %d ms while a shelf was counted: what was sold between the entries around it is asked, the rest is known',
    async (wrong) => {
      const { here, shop, there } = await outOfReach();
      sellAfter(shop, there, 0, 1);
      sellAfter(shop, here, 10 * minute, 1);
      sellAfter(shop, there, 10 * minute, 2);
      here.ahead_ms = wrong;
      shop.now_ms += 10 * minute;
      shop.count(here, tea);
      here.ahead_ms = 0;
      sellAfter(shop, there, 10 * minute, 4);
      sellAfter(shop, here, 10 * minute, 8);
      sellAfter(shop, there, 10 * minute, 16);
      shop.post(here);
      shop.now_ms += hour;
      await shop.syncAll();
      expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toEqual([-2000, -4000]);
      // Both count as later until somebody decides; the first of them was before in truth.
      await expectLevel(shop, shop.realOf(tea).milli - 2000);
    },
  );

  it('while it was counted and posted, and its tills hear of each other before and after', async () => {
    for (const wrong of [10 * year, -10 * year]) {
      const { here, shop, there } = await outOfReach();
      sellAfter(shop, there, 0, 1);
      await shop.sync(there);
      shop.now_ms += 10 * minute;
      await shop.sync(here);
      shop.loseTouch(here);
      sellAfter(shop, here, 10 * minute, 1);
      here.ahead_ms = wrong;
      shop.now_ms += 10 * minute;
      shop.count(here, tea);
      shop.post(here);
      here.ahead_ms = 0;
      sellAfter(shop, there, 10 * minute, 2);
      shop.loseTouch(there);
      shop.now_ms += 10 * minute;
      await shop.sync(here);
      sellAfter(shop, there, 10 * minute, 4);
      await shop.syncAll();
      expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toEqual([-2000]);
      await expectLevel(shop, shop.realOf(tea).milli);
    }
  });

  it.each([-year, 10 * year])(
    'by %d ms while another till sold: these sales are asked, before and after',
    async (wrong) => {
      for (const isBefore of [true, false]) {
        const { here, shop, there } = await outOfReach();
        const count = () => {
          shop.now_ms += 10 * minute;
          shop.count(here, tea);
          shop.post(here);
        };
        sellAfter(shop, there, 10 * minute, 1);
        if (!isBefore) count();
        there.ahead_ms = wrong;
        sellAfter(shop, there, 10 * minute, 2);
        sellAfter(shop, there, 10 * minute, 4);
        there.ahead_ms = 0;
        if (isBefore) count();
        sellAfter(shop, there, 10 * minute, 8);
        shop.now_ms += hour;
        await shop.syncAll();
        expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toEqual([-2000, -4000]);
        expect(await shop.decide(tea, -6000, isBefore)).toBe('recorded');
        await shop.syncAll();
        await expectLevel(shop, shop.realOf(tea).milli);
      }
    },
  );

  it('by hours: of two sales that contradict each other neither is believed', async () => {
    const { here, shop, there } = await outOfReach();
    there.ahead_ms = 5 * hour;
    sellAfter(shop, there, 10 * minute, 2);
    there.ahead_ms = 0;
    shop.now_ms += 10 * minute;
    shop.count(here, tea);
    shop.post(here);
    await shop.sync(here);
    sellAfter(shop, there, 2 * hour, 4);
    shop.now_ms += 10 * hour;
    await shop.syncAll();
    expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toEqual([-2000, -4000]);
  });

  it('where it was measured otherwise before and after, says no more than both together', async () => {
    const { here, shop, there } = await outOfReach([0, 3 * hour]);
    sellAfter(shop, there, hour, 1);
    shop.now_ms += hour;
    shop.count(here, tea);
    shop.post(here);
    sellAfter(shop, there, hour, 2);
    sellAfter(shop, there, 4 * hour, 4);
    there.ahead_ms = 0;
    sellAfter(shop, there, 4 * hour, 8);
    await shop.syncAll();
    expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toContain(-1000);
    const [first] = await shop.doubts(tea);
    expect(first?.stock_milli).toBe(-1000);
    await expectLevel(shop, shop.realOf(tea).milli - 1000);
  });
});

describe('a count', () => {
  /** Makes the till's sheet say that it had heard of so much of the other till. */
  function claim(till: CountingTill, change: { readonly seen?: readonly number[]; readonly own_seq?: number }): void {
    for (const [product, counted] of till.sheet) {
      till.sheet.set(product, {
        ...counted,
        line: { ...counted.line, ...change, seen: [...(change.seen ?? counted.line.seen)] },
      });
    }
  }

  it('that had heard of more than a head office holds that was set back is posted at once, and right when the rest has come', async () => {
    const { here, shop, there } = await outOfReach();
    sellAfter(shop, there, 10 * minute, 1);
    sellAfter(shop, there, 10 * minute, 2);
    shop.now_ms += 10 * minute;
    shop.count(here, tea);
    claim(here, { seen: [there.till.entries.length] });
    shop.post(here);
    await shop.sync(here);
    sellAfter(shop, there, 10 * minute, 4);
    await shop.syncAll();
    expect(await shop.doubts(tea)).toEqual([]);
    await expectLevel(shop, shop.realOf(tea).milli);
  });

  it('is not believed by the numbers of entries in whose place a head office that was set back holds others', async () => {
    const { here, shop, there } = await outOfReach();
    sellAfter(shop, there, 10 * minute, 1);
    shop.now_ms += 10 * minute;
    shop.count(here, tea);
    // Two more, of another PC of that till; neither is there any more.
    claim(here, { seen: [there.till.entries.length + 2] });
    await central.value('select restored()');
    sellAfter(shop, there, 10 * minute, 2);
    sellAfter(shop, there, 10 * minute, 4);
    sellAfter(shop, there, 10 * minute, 8);
    await shop.sync(there);
    shop.post(here);
    await shop.syncAll();
    expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toEqual([-2000, -4000]);
    await expectLevel(shop, shop.realOf(tea).milli);
  });

  it('is not believed that it had heard of what was sold after it: that is asked', async () => {
    const { here, shop, there } = await outOfReach();
    shop.now_ms += 10 * minute;
    shop.count(here, tea);
    claim(here, { seen: [1_000_000_000] });
    shop.post(here);
    await shop.sync(here);
    sellAfter(shop, there, 10 * minute, 4);
    await shop.syncAll();
    expect((await shop.doubts(tea)).map(({ stock_milli }) => stock_milli)).toEqual([-4000]);
    await expectLevel(shop, shop.realOf(tea).milli);
  });

  it('that says it was made after what its till wrote later is put aside, and says why', async () => {
    const { here, shop } = await outOfReach();
    shop.count(here, tea);
    claim(here, { own_seq: here.till.entries.length + 1 });
    shop.post(here);
    await expect(shop.sync(here)).rejects.toThrow('"quarantined":1');
    const { rows } = await central.admin.query<{ code: string; reason: string }>(
      'select q.code, q.reason from quarantined_entries q join tills t using (store_id, till_id) where t.till = $1',
      [here.till.options.till],
    );
    expect(rows).toEqual([{ code: 'ET024', reason: expect.stringContaining('written later') }]);
    await shop.sync(here);
    expect(await shop.level(tea)).toBe(100_000);
  });
});

type What = 'sell' | 'count' | 'post' | 'sync' | 'set';
const step = fc.record({
  what: fc.constantFrom<What>('sell', 'sell', 'sell', 'sell', 'count', 'post', 'sync', 'set'),
  till: fc.nat(2),
  wrong: fc.constantFrom(0, 0, 0, 10 * year, -10 * year, -year, year),
  gap_ms: fc.constantFrom(20 * second, 5 * minute, 40 * minute),
});

it('takes nothing for before or after that was not, whatever the clocks were set to and whenever they were measured', async () => {
  let doubted = 0;
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40 }), async (steps) => {
      const shop = await company.openStore([0, 0, 0]);
      const counts = new Map<string, number>();
      for (const { gap_ms, till: at, what, wrong } of steps) {
        shop.now_ms += gap_ms;
        const till = shop.tillAt(at);
        if (what === 'set') till.ahead_ms = wrong;
        else if (what === 'sell') shop.sell(till, tea, 1);
        else if (what === 'count') shop.count(till, tea);
        else if (what === 'post') {
          const counted = till.sheet.get(tea.product);
          shop.post(till);
          if (counted !== undefined)
            counts.set(`${till.till.options.till} ${till.till.entries.length}`, counted.real_ms);
        } else {
          shop.loseTouch(till);
          await shop.sync(till);
        }
      }
      await shop.syncAll();
      const stands = await central.value(
        `select concat(t.till, ' ', c.seq) from stock_corrections c join tills t using (store_id, till_id)
           join stores s using (store_id) where s.store = $1 and c.product = $2`,
        [shop.store, tea.product],
      );
      let expected = shop.realOf(tea).milli;
      if (typeof stands === 'string') {
        known += 1;
        const real_ms = counts.get(stands);
        if (real_ms === undefined) throw new Error('a count stands that nobody posted');
        for (const { seq, stock_milli, till } of await shop.doubts(tea)) {
          doubted += 1;
          if (shop.momentOf(till, seq) < real_ms) expected += stock_milli;
        }
      }
      await expectLevel(shop, expected);
      shop.close();
    }),
    { numRuns: 12, seed: 20_261_122 },
  );
  expect(doubted).toBeGreaterThan(0);
  expect(known).toBeGreaterThan(0);
});
