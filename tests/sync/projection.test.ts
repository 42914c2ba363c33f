import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MovementId, ProductId, SaleId, ShiftId } from '../../shared/ids.ts';
import { encodeEntry } from '../../shared/journal/envelope.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { makeProducts, makeRefund, makeSale, type TestProduct } from './sales.ts';

let shop: CentralShop;
let products: TestProduct[];
let joined: JoinedTill;
let pushed = 0;
let epoch = 0;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  products = makeProducts(shop.ids, 5);
  joined = await shop.join('P1');
  joined.till.open();
});

afterAll(async () => {
  await shop.close();
});

function product(i: number): TestProduct {
  const found = products[i];
  if (found === undefined) throw new Error('no such product');
  return found;
}

async function push() {
  const connection = await joined.central.connect();
  const answer = await connection.push({ epoch, entries: joined.till.entries.slice(pushed), unprojected: false });
  connection.destroy();
  pushed = answer.acked_seq;
  epoch = answer.epoch;
  return answer;
}

async function rows(sql: string, values: readonly unknown[] = []): Promise<readonly unknown[]> {
  return (await shop.admin.query(sql, [...values])).rows;
}

const level = async (of: ProductId) =>
  await shop.value('select sum(level_milli)::int from stock_levels where product = $1', [of]);

describe('what a till did becomes rows', () => {
  it('a sale with its lines, taxes and tenders', async () => {
    const { till } = joined;
    const sale = makeSale(till, [
      { product: product(0), quantity_milli: 2000 },
      { product: product(1), quantity_milli: 1000 },
    ]);
    const entry = till.append('sale.completed', sale, { approver: shop.ids.next() });
    expect(await push()).toMatchObject({ answer: 'taken', quarantined: 0 });
    expect(
      await rows(
        `select kind, sale, receipt_till, receipt_series, receipt_number::int as number, line_count, total_minor::int as total,
           tax_minor::int as tax, net_minor::int as net, currency, business_date::text, approver is not null as approved
         from sales where seq = $1`,
        [entry.seq],
      ),
    ).toEqual([
      {
        kind: 'sale',
        sale: sale.sale,
        receipt_till: 'P1',
        receipt_series: 'A',
        number: 1,
        line_count: 2,
        total: sale.total_minor,
        tax: sale.tax_minor,
        net: sale.net_minor,
        currency: 'GBP',
        business_date: '2026-11-21',
        approved: true,
      },
    ]);
    expect(
      await rows(
        'select line_no, line, sku, quantity_milli::int as quantity, stock_milli::int as stock, total_minor::int as total from sale_lines where seq = $1 order by line_no',
        [entry.seq],
      ),
    ).toEqual(
      sale.lines.map((line, i) => ({
        line_no: i + 1,
        line: line.line,
        sku: line.sku,
        quantity: line.quantity_milli,
        stock: -line.quantity_milli,
        total: line.total_minor,
      })),
    );
    expect(
      await rows('select kind, amount_minor::int as amount from tenders where seq = $1 order by tender_no', [
        entry.seq,
      ]),
    ).toEqual(sale.tenders.map((tender) => ({ kind: tender.kind, amount: tender.amount_minor })));
    expect(await rows('select code, amount_minor::int as amount from sale_taxes where seq = $1', [entry.seq])).toEqual([
      { code: 'A', amount: sale.tax_minor },
    ]);
    expect(await level(product(0).product)).toBe(-2000);
  });

  it('a refund: amounts negative, stock back only for what goes on the shelf again', async () => {
    const { till } = joined;
    const before = await level(product(0).product);
    const shelved = till.append(
      'refund.completed',
      makeRefund(till, [{ product: product(0), quantity_milli: 1000 }], true),
    );
    const writtenOff = till.append(
      'refund.completed',
      makeRefund(till, [{ product: product(0), quantity_milli: 1000 }], false),
    );
    await push();
    expect(await level(product(0).product)).toBe(Number(before) + 1000);
    expect(
      await rows('select kind, total_minor::int as total from sales where seq in ($1, $2)', [
        shelved.seq,
        writtenOff.seq,
      ]),
    ).toEqual([
      { kind: 'refund', total: -product(0).price_minor },
      { kind: 'refund', total: -product(0).price_minor },
    ]);
  });

  it('a line of a product whose stock is not counted moves none', async () => {
    const { till } = joined;
    till.append(
      'sale.completed',
      makeSale(till, [{ product: { ...product(2), stocked: false }, quantity_milli: 1000 }]),
    );
    await push();
    expect(await level(product(2).product)).toBe(null);
  });

  it('discounts of a line, added up', async () => {
    const { till } = joined;
    const sale = makeSale(till, [{ product: product(3), quantity_milli: 1000 }]);
    const [line] = sale.lines;
    if (line === undefined) throw new Error('no line');
    const discounts = [
      { kind: 'amount' as const, amount_minor: 10, reason: 'Loyal', given_minor: 10 },
      { kind: 'percent' as const, rate_millionths: 100_000, reason: 'Damaged', given_minor: 7 },
    ];
    const entry = till.append('sale.completed', { ...sale, lines: [{ ...line, discounts }] });
    await push();
    expect(await shop.value('select discount_minor::int from sale_lines where seq = $1', [entry.seq])).toBe(17);
  });

  it('stock adjustments as movements, beside those of sales', async () => {
    const { till } = joined;
    const lines = [
      { product: product(4).product, sku: product(4).sku, quantity_milli: 12_000 },
      { product: product(4).product, sku: product(4).sku, quantity_milli: -500 },
    ];
    till.append('stock.adjusted', { adjustment: shop.ids.next<MovementId>(), reason: 'Delivery', lines });
    till.append('sale.completed', makeSale(till, [{ product: product(4), quantity_milli: 3000 }]));
    await push();
    expect(await level(product(4).product)).toBe(8500);
    expect(
      await rows(
        'select source, stock_milli::int as stock from stock_movements where product = $1 order by stock_milli',
        [product(4).product],
      ),
    ).toEqual([
      { source: 'sale', stock: -3000 },
      { source: 'adjustment', stock: -500 },
      { source: 'adjustment', stock: 12_000 },
    ]);
  });

  it('a shift from its opening to its Z, cash in and out, a basket given up', async () => {
    const { till } = joined;
    const shift = shop.ids.next<ShiftId>();
    till.append('shift.opened', { shift, number: 2, float_minor: 5000, date_confirmed: false });
    till.append('cash.moved', {
      movement: shop.ids.next<MovementId>(),
      shift,
      direction: 'in',
      amount_minor: 2000,
      reason: 'Change',
    });
    till.append('cash.moved', {
      movement: shop.ids.next<MovementId>(),
      shift,
      direction: 'out',
      amount_minor: 500,
      reason: 'Window cleaner',
    });
    till.append('basket.voided', { basket: shop.ids.next<SaleId>(), shift, total_minor: 123, lines: [] });
    till.append('shift.closed', {
      shift,
      number: 2,
      counted_minor: 6400,
      expected_minor: 6500,
      difference_minor: -100,
      reason: 'Short',
      denominations: [],
      sales: { count: 0, total_minor: 0, tax_minor: 0 },
      refunds: { count: 0, total_minor: 0, tax_minor: 0 },
      tenders: [{ kind: 'cash', count: 0, amount_minor: 0 }],
      float_minor: 5000,
      paid_in_minor: 2000,
      paid_out_minor: 500,
    });
    expect(await push()).toMatchObject({ quarantined: 0 });
    expect(
      await rows(
        'select number, float_minor::int as float, counted_minor::int as counted, difference_minor::int as difference, reason, opened_at < closed_at as in_order from shifts where shift = $1',
        [shift],
      ),
    ).toEqual([{ number: 2, float: 5000, counted: 6400, difference: -100, reason: 'Short', in_order: true }]);
    expect(
      await rows('select amount_minor::int as amount from cash_movements where shift = $1 order by seq', [shift]),
    ).toEqual([{ amount: 2000 }, { amount: -500 }]);
    expect(await shop.value('select total_minor::int from voided_baskets where shift = $1', [shift])).toBe(123);
    expect(await shop.value("select count(*)::int from shift_closing_tenders where kind = 'cash'")).toBe(1);
  });

  it("the day's roll-ups, which are the sums of the rows", async () => {
    const { till } = joined;
    till.append('sale.completed', makeSale(till, [{ product: product(1), quantity_milli: 1000 }]), {
      business_date: '2026-11-22',
    });
    till.append('sale.completed', makeSale(till, [{ product: product(1), quantity_milli: 1000 }]), { currency: 'EUR' });
    await push();
    const groups = 'store_id, till_id, business_date, currency, kind';
    expect(
      await rows(`select ${groups}, sale_count, total_minor, tax_minor, net_minor from daily_sales order by ${groups}`),
    ).toEqual(
      await rows(
        `select ${groups}, count(*) as sale_count, sum(total_minor)::bigint as total_minor, sum(tax_minor)::bigint as tax_minor,
           sum(net_minor)::bigint as net_minor from sales group by ${groups} order by ${groups}`,
      ),
    );
    expect(await shop.value('select count(*)::int from daily_sales')).toBe(4);
    const tenderGroups = 't.store_id, t.till_id, s.business_date, t.currency, t.kind';
    expect(await rows('select * from daily_tenders order by store_id, till_id, business_date, currency, kind')).toEqual(
      await rows(
        `select ${tenderGroups}, count(*) as tender_count, sum(t.amount_minor)::bigint as amount_minor
         from tenders t join sales s using (store_id, till_id, seq) group by ${tenderGroups} order by ${tenderGroups}`,
      ),
    );
    const hours = 'store_id, till_id, business_date, currency, hour';
    expect(await rows(`select ${hours}, total_minor from hourly_sales order by ${hours}`)).toEqual(
      await rows(
        `select ${hours}, sum(total_minor)::bigint as total_minor
         from (select *, extract(hour from at at time zone 'UTC' + offset_minutes * interval '1 minute')::smallint as hour
           from sales where kind = 'sale') as s group by ${hours} order by ${hours}`,
      ),
    );
    const byProduct = 'store_id, till_id, business_date, currency, product';
    const soldProducts = await rows(
      `select s.store_id, s.till_id, business_date, s.currency, product,
         sum(quantity_milli)::bigint as quantity_milli, sum(l.total_minor)::bigint as total_minor
       from sales s join sale_lines l using (store_id, till_id, seq) where s.kind = 'sale'
       group by s.store_id, s.till_id, business_date, s.currency, product order by ${byProduct}`,
    );
    expect(soldProducts.length).toBeGreaterThan(1);
    expect(await rows(`select * from daily_products order by ${byProduct}`)).toEqual(soldProducts);
    expect(await shop.value('select sum(amount_minor)::int from daily_taxes')).toBe(
      await shop.value('select sum(tax_minor)::int from sales'),
    );
  });
});

describe('what central does not know', () => {
  it('is kept raw, acknowledged and listed: a kind, a version', async () => {
    const { till } = joined;
    const body = makeSale(till, [{ product: product(1), quantity_milli: 1000 }]);
    const sales = await shop.value('select count(*)::int from sales');
    till.append('sale.completed', body, { version: 2 });
    till.appendBytes(encodeEntry({ ...till.envelope('sale.completed', body), kind: 'loyalty.earned' }));
    expect(await push()).toMatchObject({ answer: 'taken', quarantined: 0, acked_seq: till.head().seq });
    expect(await rows('select kind, version from unprojected_entries order by seq')).toEqual([
      { kind: 'sale.completed', version: 2 },
      { kind: 'loyalty.earned', version: 1 },
    ]);
    expect(await shop.value('select count(*)::int from sales')).toBe(sales);
  });

  it('as a field of a kind that it does know is no trouble', async () => {
    const { till } = joined;
    const body = makeSale(till, [{ product: product(1), quantity_milli: 1000 }]);
    const envelope = till.envelope('sale.completed', body);
    till.appendBytes(encodeEntry({ ...envelope, body: { ...envelope.body, gift_wrapped: true } }));
    expect(await push()).toMatchObject({ quarantined: 0 });
    expect(await shop.value('select count(*)::int from sales where sale = $1', [body.sale])).toBe(1);
  });
});

describe('private payloads', () => {
  it('are kept under the hash of their bytes, and an erased one is deleted and never taken again', async () => {
    const { till } = joined;
    const bytes = new TextEncoder().encode('{"salt":"AAAAAAAAAAAAAAAAAAAAAA==","name":"Alex Doe"}');
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes));
    const carry = () => {
      const body = makeSale(till, [{ product: product(1), quantity_milli: 1000 }]);
      till.appendBytes(encodeEntry(till.envelope('sale.completed', body)), [{ hash, bytes }]);
    };
    carry();
    await push();
    expect(await shop.value('select bytes from private_payloads where hash = $1', [hash])).toEqual(Buffer.from(bytes));
    till.append('erased', { subject: shop.ids.next(), payloads: [hash.toString('hex')], reason: 'asked' });
    await push();
    expect(await shop.value('select count(*)::int from private_payloads where hash = $1', [hash])).toBe(0);
    carry();
    expect(await push()).toMatchObject({ answer: 'taken' });
    expect(await shop.value('select count(*)::int from private_payloads where hash = $1', [hash])).toBe(0);
  });
});

describe('the journal at central', () => {
  it.each([
    'update journal_entries set kind = kind',
    'delete from journal_entries',
    'truncate journal_entries',
    'delete from erased_payloads',
  ])('is append-only even for the superuser: %s', async (sql) => {
    await expect(shop.admin.query(sql)).rejects.toThrow('append-only');
  });
});
