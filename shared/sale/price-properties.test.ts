/** What holds for every basket. Another calculation, in unlimited integers, checks the amounts themselves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BasketToPrice, Discount, LineToPrice, PricedBasket, TaxToApply } from './price.ts';
import { priceBasket } from './price.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal({ numRuns: 400, ...(seed === undefined ? {} : { seed: Number(seed) }) });

const knownTaxes: readonly TaxToApply[] = [
  { tax: 't-vat', code: 'S', rate_millionths: 200_000 },
  { tax: 't-vat', code: 'R', rate_millionths: 50_000 },
  { tax: 't-vat', code: 'Z', rate_millionths: 0 },
  { tax: 't-nyc', code: 'NYC', rate_millionths: 88_750 },
  { tax: 't-qst', code: 'QST', rate_millionths: 99_750 },
  { tax: 't-odd', code: 'ODD', rate_millionths: 123_457 },
];

const discount: fc.Arbitrary<Discount> = fc.oneof(
  fc.record({
    kind: fc.constant('percent' as const),
    rate_millionths: fc.oneof(fc.constantFrom(0, 100_000, 333_333, 1_000_000), fc.integer({ min: 0, max: 1_500_000 })),
    reason: fc.constant('r'),
  }),
  fc.record({
    kind: fc.constant('amount' as const),
    amount_minor: fc.integer({ min: 0, max: 20_000 }),
    reason: fc.constant('r'),
  }),
);

const price = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 50_000 }), fc.nat(1_000_000_000));
const positive = fc.oneof(
  fc.constant(1000),
  fc.integer({ min: 0, max: 9_999 }),
  fc.integer({ min: 1, max: 80_000_000 }),
);
const lineWith = (quantity_milli: fc.Arbitrary<number>): fc.Arbitrary<LineToPrice> =>
  fc.record({
    id: fc.uuid({ version: 7 }),
    quantity_milli,
    unit_price_minor: price,
    discounts: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(discount, { maxLength: 3 })),
    taxes: fc.subarray([...knownTaxes], { maxLength: 3 }),
  });

function basketWith(quantity: fc.Arbitrary<number>, maxLength = 25): fc.Arbitrary<BasketToPrice> {
  return fc
    .record({
      currency: fc.constant('GBP'),
      prices_include_tax: fc.boolean(),
      tax_rounding: fc.constantFrom('line' as const, 'document' as const),
      lines: fc.uniqueArray(lineWith(quantity), { selector: ({ id }) => id, maxLength }),
      basket_discounts: fc.oneof(fc.constant([]), fc.array(discount, { maxLength: 3 })),
    })
    .filter(({ lines }) => sum(lines, (line) => Math.abs(line.unit_price_minor * line.quantity_milli)) < 9e15);
}

const goods = basketWith(positive);
/** Goods bought and goods brought back in one basket. */
const exchanges = basketWith(
  fc.oneof(
    positive,
    positive.map((quantity) => 0 - quantity),
  ),
);

function negated(basket: BasketToPrice): BasketToPrice {
  const lines = basket.lines.map((line) => ({ ...line, quantity_milli: 0 - line.quantity_milli }));
  return { ...basket, lines };
}

/** Every amount of the result turned round; the discounts as they were granted stay. */
function mirrored(priced: PricedBasket): unknown {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        if (name === 'amount_minor' && 'given_minor' in value) return [name, field];
        return [name, name.endsWith('_minor') ? 0 - Number(field) : turn(field)];
      }),
    );
  };
  return turn(priced);
}

const sum = <Item>(items: readonly Item[], amount: (item: Item) => number) =>
  items.reduce((total, item) => total + amount(item), 0);

/** Half-up, away from zero, of a fraction of unlimited integers with a positive denominator. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator;
  const up = (2n * size + denominator) / (2n * denominator);
  return numerator < 0n ? -up : up;
}

describe('every basket', () => {
  it('adds up: lines to the document, in each amount and in each tax; net and tax to the total', () => {
    fc.assert(
      fc.property(exchanges, (basket) => {
        const priced = priceBasket(basket);
        for (const line of priced.lines) {
          const discounts = sum(line.discounts, (given) => given.given_minor) + line.basket_discount_minor;
          const left = basket.prices_include_tax ? line.total_minor : line.net_minor;
          expect(line.gross_minor - discounts).toBe(left);
          expect(line.net_minor + sum(line.taxes, (tax) => tax.amount_minor)).toBe(line.total_minor);
          for (const tax of line.taxes) expect(tax.base_minor).toBe(line.net_minor);
        }
        expect(sum(priced.lines, (line) => line.gross_minor)).toBe(priced.gross_minor);
        expect(sum(priced.lines, (line) => line.net_minor)).toBe(priced.net_minor);
        expect(sum(priced.lines, (line) => line.total_minor)).toBe(priced.total_minor);
        expect(priced.net_minor + priced.tax_minor).toBe(priced.total_minor);
        expect(sum(priced.taxes, (tax) => tax.amount_minor)).toBe(priced.tax_minor);
        expect(sum(priced.basket_discounts, (given) => given.given_minor)).toBe(
          sum(priced.lines, (line) => line.basket_discount_minor),
        );
        expect(priced.gross_minor - priced.discount_minor).toBe(
          basket.prices_include_tax ? priced.total_minor : priced.net_minor,
        );
        for (const row of priced.taxes) {
          const ofLines = priced.lines.flatMap((line) =>
            line.taxes.filter((tax) => tax.tax === row.tax && tax.code === row.code),
          );
          expect(sum(ofLines, (tax) => tax.amount_minor)).toBe(row.amount_minor);
          expect(sum(ofLines, (tax) => tax.base_minor)).toBe(row.base_minor);
        }
      }),
    );
  });

  it('does not depend on the order of its lines', () => {
    fc.assert(
      fc.property(exchanges, fc.infiniteStream(fc.nat()), (basket, shuffle) => {
        const priced = priceBasket(basket);
        const at = new Map(basket.lines.map((line) => [line.id, shuffle.next().value ?? 0]));
        const lines = basket.lines.toSorted((a, b) => (at.get(a.id) ?? 0) - (at.get(b.id) ?? 0));
        const again = priceBasket({ ...basket, lines });
        const byId = (of: PricedBasket) => of.lines.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId(again)).toEqual(byId(priced));
        expect({ ...again, lines: [] }).toEqual({ ...priced, lines: [] });
      }),
    );
  });

  it('mirrors: all quantities negated negate all amounts', () => {
    fc.assert(
      fc.property(exchanges, (basket) => {
        expect(priceBasket(negated(basket))).toEqual(mirrored(priceBasket(basket)));
      }),
    );
  });

  it('taxes as unlimited integers do, rounded on the line or on the document', () => {
    fc.assert(
      fc.property(exchanges, (basket) => {
        const priced = priceBasket(basket);
        const exact = new Map<string, readonly [bigint, bigint]>();
        for (const [i, line] of priced.lines.entries()) {
          const left = BigInt(basket.prices_include_tax ? line.total_minor : line.net_minor);
          const rates = sum(basket.lines[i]?.taxes ?? [], (tax) => tax.rate_millionths);
          const whole = BigInt(basket.prices_include_tax ? 1_000_000 + rates : 1_000_000);
          for (const tax of line.taxes) {
            const part = left * BigInt(tax.rate_millionths);
            const onLine = basket.tax_rounding === 'line' ? rounded(part, whole) : BigInt(tax.amount_minor);
            expect(BigInt(tax.amount_minor)).toBe(onLine);
            const key = `${tax.tax} ${tax.code}`;
            const [numerator, denominator] = exact.get(key) ?? [0n, 1n];
            exact.set(key, [numerator * whole + part * denominator, denominator * whole]);
          }
        }
        if (basket.tax_rounding === 'line') return;
        for (const row of priced.taxes) {
          const [numerator, denominator] = exact.get(`${row.tax} ${row.code}`) ?? [0n, 1n];
          expect(BigInt(row.amount_minor)).toBe(rounded(numerator, denominator));
        }
      }),
    );
  });

  it('never gives away more than there is, and never turns goods into a refund', () => {
    fc.assert(
      fc.property(goods, (basket) => {
        const priced = priceBasket(basket);
        for (const line of priced.lines) {
          expect(line.total_minor).toBeGreaterThanOrEqual(0);
          expect(line.basket_discount_minor).toBeGreaterThanOrEqual(0);
          expect(sum(line.discounts, (given) => given.given_minor)).toBeLessThanOrEqual(line.gross_minor);
          for (const given of line.discounts) expect(given.given_minor).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('holds only safe integers, and no -0 that would be another text', () => {
    fc.assert(
      fc.property(exchanges, (basket) => {
        const priced = priceBasket(basket);
        // JSON loses -0, so that a structure that holds one is not equal to what is read back.
        expect(JSON.parse(JSON.stringify(priced))).toEqual(priced);
        const amounts: unknown[] = [];
        JSON.stringify(priced, (name, value: unknown) => {
          if (name.endsWith('_minor')) amounts.push(value);
          return value;
        });
        expect(amounts.every(Number.isSafeInteger)).toBe(true);
      }),
    );
  });
});

describe('a thousand lines', () => {
  const thousand = (prices_include_tax: boolean): BasketToPrice => ({
    currency: 'GBP',
    prices_include_tax,
    tax_rounding: 'document',
    lines: Array.from({ length: 1000 }, (_, i) => ({
      id: `line-${String(i).padStart(4, '0')}`,
      quantity_milli: 1000,
      unit_price_minor: 33,
      discounts: [],
      taxes: knownTaxes.slice(0, 1),
    })),
    basket_discounts: [{ kind: 'amount', amount_minor: 1, reason: 'a penny among a thousand' }],
  });

  it('do not drift from the tax on their sum', () => {
    // 329.99 at 20 % is 65.998; line by line it would be 70.00.
    expect(priceBasket(thousand(false))).toMatchObject({ net_minor: 32_999, tax_minor: 6600, total_minor: 39_599 });
    expect(priceBasket(thousand(true))).toMatchObject({ total_minor: 32_999, tax_minor: 5500, net_minor: 27_499 });
  });

  it('add up whatever they are', () => {
    const line = lineWith(positive);
    fc.assert(
      fc.property(fc.array(line, { minLength: 20, maxLength: 20 }), fc.boolean(), (few, included) => {
        const lines = Array.from({ length: 1000 }, (_, i) => ({ few: few[i % 20], id: `line-${i}` })).flatMap(
          ({ few: of, id }) =>
            of === undefined ? [] : [{ ...of, id, unit_price_minor: of.unit_price_minor % 100_000 }],
        );
        const priced = priceBasket({ ...thousand(included), lines });
        expect(priced.lines).toHaveLength(1000);
        expect(sum(priced.lines, ({ total_minor }) => total_minor)).toBe(priced.total_minor);
        expect(sum(priced.taxes, ({ amount_minor }) => amount_minor)).toBe(priced.tax_minor);
      }),
      { numRuns: 10 },
    );
  });
});
