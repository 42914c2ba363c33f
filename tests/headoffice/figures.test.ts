/** Totals are the sums of what tills have sent, to the last unit, however they are grouped. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Figures } from '../../headoffice/report/figures.ts';
import type { ProductId, StoreId } from '../../shared/ids.ts';
import type { JoinedTill } from '../sync/central-shop.ts';
import { makeProducts, makeRefund, makeSale, type TestProduct } from '../sync/sales.ts';
import { began, openOffice, owner, pushAll, type TestOffice } from './office.ts';

interface Sold {
  readonly till: string;
  readonly store: string;
  readonly day: string;
  readonly kind: 'sale' | 'refund';
  readonly total_minor: number;
  readonly tax_minor: number;
  readonly tenders: readonly { readonly kind: string; readonly amount_minor: number }[];
}

const days = ['2026-11-19', '2026-11-20', '2026-11-21'];
let one: TestOffice;
let second: StoreId;
const sold: Sold[] = [];
const byId = new Map<ProductId, TestProduct>();

beforeAll(async () => {
  one = await openOffice();
  second = one.shop.ids.next<StoreId>();
  await one.shop.addStore(second);
  const tills = [
    { joined: await one.shop.join('HS1'), store: one.shop.store },
    { joined: await one.shop.join('HS2'), store: one.shop.store },
    { joined: await one.shop.join('OM1', second), store: second },
  ];
  const products = makeProducts(one.shop.ids, 12);
  for (const product of products) byId.set(product.product, product);
  for (const { joined } of tills) joined.till.open();
  const [plan = []] = fc.sample(
    fc.array(
      fc.record({
        till: fc.nat(2),
        day: fc.constantFrom(...days),
        isRefund: fc.boolean(),
        lines: fc.array(fc.record({ product: fc.nat(11), pieces: fc.integer({ min: 1, max: 9 }) }), {
          minLength: 1,
          maxLength: 4,
        }),
      }),
      { minLength: 80, maxLength: 80 },
    ),
    { numRuns: 1, seed: 20_261_121 },
  );
  for (const { day, isRefund, lines, till } of plan) {
    const place = tills[till];
    if (place !== undefined) ring(place.joined, place.store, day, isRefund, lines, products);
  }
  for (const { joined } of tills) await pushAll(joined);
});
afterAll(() => one.close());

function ring(
  { till }: JoinedTill,
  store: string,
  day: string,
  isRefund: boolean,
  lines: readonly { readonly product: number; readonly pieces: number }[],
  products: readonly TestProduct[],
): void {
  const basket = lines.flatMap(({ pieces, product }) => {
    const found = products[product];
    return found === undefined ? [] : [{ product: found, quantity_milli: pieces * 1000 }];
  });
  const body = isRefund ? makeRefund(till, basket, true) : makeSale(till, basket);
  if ('refund' in body) till.append('refund.completed', body, { business_date: day });
  else till.append('sale.completed', body, { business_date: day });
  const { tax_minor, tenders, total_minor } = body;
  sold.push({
    till: till.options.till,
    store,
    day,
    kind: isRefund ? 'refund' : 'sale',
    total_minor,
    tax_minor,
    tenders,
  });
}

/** The figures of some sales, added up here. */
function sum(of: readonly Sold[]): Omit<Figures, 'currency'> {
  const part = (kind: Sold['kind']) => {
    const some = of.filter((row) => row.kind === kind);
    return {
      count: some.length,
      total_minor: some.reduce((all, row) => all + row.total_minor, 0),
      tax_minor: some.reduce((all, row) => all + row.tax_minor, 0),
    };
  };
  const [sales, refunds] = [part('sale'), part('refund')];
  return {
    sales,
    refunds,
    total_minor: sales.total_minor + refunds.total_minor,
    tax_minor: sales.tax_minor + refunds.tax_minor,
  };
}

describe('the totals', () => {
  it('are the sums of what was sold, in all and by store, till and day', async () => {
    const { days: byDay, stores, tills, totals } = await one.client.report.totals({});
    expect(sold.length).toBe(80);
    expect(totals).toEqual([{ currency: 'GBP', ...sum(sold) }]);
    expect(stores.length).toBe(2);
    for (const { store, store_name: _, ...figures } of stores) {
      expect(figures).toEqual({ currency: 'GBP', ...sum(sold.filter((row) => row.store === store)) });
    }
    expect(tills.map(({ till_code }) => till_code).toSorted()).toEqual(['HS1', 'HS2', 'OM1']);
    for (const { sales, till } of tills) expect(sales).toEqual(sum(sold.filter((row) => row.till === till)).sales);
    expect(byDay.map(({ business_date }) => business_date)).toEqual(days.toReversed());
    for (const { business_date, ...figures } of byDay) {
      expect(figures).toEqual({ currency: 'GBP', ...sum(sold.filter((row) => row.day === business_date)) });
    }
  });

  it('by tender and by tax add up to the same money', async () => {
    const { taxes, tenders, totals } = await one.client.report.totals({});
    const [total] = totals;
    for (const kind of ['cash', 'card']) {
      const amounts = sold.flatMap((row) => row.tenders).filter((tender) => tender.kind === kind);
      const row = tenders.find((tender) => tender.kind === kind);
      expect(row?.amount_minor).toBe(amounts.reduce((all, tender) => all + tender.amount_minor, 0));
      expect(row?.count).toBe(amounts.length);
    }
    expect(tenders.reduce((all, row) => all + row.amount_minor, 0)).toBe(total?.total_minor);
    expect(taxes.reduce((all, row) => all + row.amount_minor, 0)).toBe(total?.tax_minor);
    expect(taxes.reduce((all, row) => all + row.base_minor + row.amount_minor, 0)).toBe(total?.total_minor);
  });

  it('of some days, a store or a till are those of these alone', async () => {
    const [from = '', to = ''] = days.slice(1);
    const within = await one.client.report.totals({ from, to });
    expect(within.totals).toEqual([
      { currency: 'GBP', ...sum(sold.filter((row) => row.day >= from && row.day <= to)) },
    ]);
    const inStore = await one.client.report.totals({ store: second });
    expect(inStore.totals).toEqual([{ currency: 'GBP', ...sum(sold.filter((row) => row.store === second)) }]);
    const [till] = within.tills;
    if (till === undefined) throw new Error('no till sold anything');
    const atTill = await one.client.report.totals({ till: till.till });
    expect(atTill.totals).toEqual([{ currency: 'GBP', ...sum(sold.filter((row) => row.till === till.till)) }]);
    expect((await one.client.report.totals({ from: '2027-01-01' })).totals).toEqual([]);
    await expect(one.client.report.totals({ from: to, to: from })).rejects.toThrow('input.malformed');
  });

  it('of a day are on the dashboard, with its hours, its stores and what sold most', async () => {
    const [, , day = ''] = days;
    const today = await one.client.report.today({});
    const ofDay = sold.filter((row) => row.day === day);
    const { average_minor, before, ...figures } = today.totals[0] ?? {};
    expect(today).toMatchObject({ day, is_today: true, latest_day: day, before_day: '2026-11-14' });
    expect(figures).toEqual({ currency: 'GBP', ...sum(ofDay) });
    expect(before).toBeNull();
    const { count, total_minor } = sum(ofDay).sales;
    expect(average_minor).toBe(Math.round(total_minor / count));
    expect(today.hours.reduce((all, hour) => all + hour.total_minor, 0)).toBe(total_minor);
    expect(today.stores.reduce((all, store) => all + store.sales.total_minor, 0)).toBe(total_minor);
    expect(today.tills.reduce((all, till) => all + till.sales.total_minor, 0)).toBe(total_minor);
    expect(today.products.length).toBe(10);
    // None of them is in the head office's catalogue: they are called as they were sold.
    for (const { name, product, sku } of today.products)
      expect({ name, sku }).toEqual({ name: byId.get(product)?.name, sku: byId.get(product)?.sku });
    expect(today.products.map((row) => row.total_minor)).toEqual(
      today.products.map((row) => row.total_minor).toSorted((a, b) => b - a),
    );
    expect(today.waiting).toEqual({ entries: 0, tills: 0, oldest_unseen_ms: null });
  });

  it('of a week ago count up to the same time of the day', async () => {
    one.clock.now_ms = Date.UTC(2026, 10, 28, 9, 10, 30);
    // The session of a week ago is over.
    const later = one.clientOf(await one.signIn(owner.login, owner.password));
    const until = await later.report.today({});
    const whole = await later.report.today({ day: '2026-11-28' });
    one.clock.now_ms = began;
    expect(until).toMatchObject({ day: '2026-11-28', before_day: '2026-11-21', totals: [], latest_day: '2026-11-21' });
    expect(whole.hours).toEqual(until.hours);
    expect(whole.hours.every((hour) => hour.total_minor === 0 && hour.before_minor > 0)).toBe(true);
  });
});

describe('the list of sales', () => {
  it('is read on page by page without a gap or a repeat, newest first, whatever it is filtered by', async () => {
    const till = (await one.client.till.list({})).tills.find(({ till_code }) => till_code === 'HS2')?.till ?? null;
    for (const filter of [{}, { till }, { store: second }, { day: days[0] ?? null }, { tender: 'card' }]) {
      const found: { sale: string; received_at: string }[] = [];
      let after: string | null = null;
      do {
        const page = await one.client.sale.list({ ...filter, after, limit: 7 });
        found.push(...page.sales);
        after = page.next;
      } while (after !== null);
      const whole = await one.client.sale.list({ ...filter, limit: 500 });
      expect(found.map(({ sale }) => sale)).toEqual(whole.sales.map(({ sale }) => sale));
      expect(new Set(found.map(({ sale }) => sale)).size).toBe(found.length);
      expect(found.length).toBeGreaterThan(7);
      const instants = found.map(({ received_at }) => received_at);
      expect(instants).toEqual(instants.toSorted().toReversed());
    }
    expect((await one.client.sale.list({ limit: 500 })).sales.length).toBe(80);
  });

  it('holds what each filter means and nothing else', async () => {
    const cards = await one.client.sale.list({ tender: 'card', limit: 500 });
    expect(cards.sales.length).toBe(sold.filter((row) => row.tenders.some(({ kind }) => kind === 'card')).length);
    const inStore = await one.client.sale.list({ store: second, limit: 500 });
    expect(inStore.sales.length).toBe(sold.filter((row) => row.store === second).length);
    const onDay = await one.client.sale.list({ day: '2026-11-20', limit: 500 });
    expect(onDay.sales.length).toBe(sold.filter((row) => row.day === '2026-11-20').length);
  });

  it('finds a receipt by its number, by part of it, and by its till', async () => {
    const numbers = async (text: string) =>
      (await one.client.sale.list({ text, limit: 500 })).sales.map(({ receipt_number }) => receipt_number);
    expect(await numbers('HS1-A-000003')).toEqual(['HS1-A-000003']);
    expect(await numbers('hs1-a-3')).toEqual(['HS1-A-000003']);
    expect((await numbers('3')).toSorted()).toEqual(['HS1-A-000003', 'HS2-A-000003', 'OM1-A-000003']);
    expect((await numbers('OM1')).length).toBe(sold.filter((row) => row.store === second).length);
    expect((await numbers('OM1-A')).length).toBe(sold.filter((row) => row.store === second).length);
    expect(await numbers('OM1-B')).toEqual([]);
    expect(await numbers("'; drop table sales; --")).toEqual([]);
  });

  it('refuses a key that it never gave', async () => {
    const wrong = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const after of [
      'x',
      wrong('x'),
      wrong([]),
      wrong(['2026-11-21 09:00:00+00', 1, 1, 'x']),
      wrong([null, 1, 1, 1]),
    ]) {
      await expect(one.client.sale.list({ after })).rejects.toThrow('input.malformed');
    }
  });
});
