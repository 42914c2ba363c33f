import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BasketToPrice, Discount } from './price.ts';
import { priceBasket } from './price.ts';
import { refundable, refundLine, type SoldLine } from './refund.ts';
import { sumLines } from './sum-lines.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal({ numRuns: 300, ...(seed === undefined ? {} : { seed: Number(seed) }) });

function sell(basket: Partial<BasketToPrice>): SoldLine[] {
  const whole: BasketToPrice = {
    currency: 'GBP',
    prices_include_tax: true,
    tax_rounding: 'line',
    lines: [],
    basket_discounts: [],
    ...basket,
  };
  return priceBasket(whole).lines.map((line, i) => ({ ...line, quantity_milli: whole.lines[i]?.quantity_milli ?? 0 }));
}

const vat = { tax: 'vat', code: 'S', rate_millionths: 200_000 };
/** Three pieces at 5.00, less 5.00 for the basket: 10.00 paid for three. */
function threeForTen(): SoldLine {
  const [line] = sell({
    lines: [{ id: 'three', quantity_milli: 3000, unit_price_minor: 500, discounts: [], taxes: [vat] }],
    basket_discounts: [{ kind: 'amount', amount_minor: 500, reason: 'voucher' }],
  });
  if (line === undefined) throw new Error('nothing was sold');
  return line;
}

describe('refundable', () => {
  it('says how much is left, and what it is worth', () => {
    const line = threeForTen();
    expect(refundable(line, [])).toEqual({ sold_milli: 3000, refunded_milli: 0, left_milli: 3000, left_minor: 1000 });
    expect(refundable(line, [1000])).toMatchObject({ left_milli: 2000, left_minor: 667 });
    expect(refundable(line, [1000, 2000])).toMatchObject({ left_milli: 0, left_minor: 0 });
  });

  it('has nothing left when tills that were offline gave back too much', () => {
    expect(refundable(threeForTen(), [2000, 2000])).toEqual({
      sold_milli: 3000,
      refunded_milli: 4000,
      left_milli: 0,
      left_minor: 0,
    });
    const [back] = sell({
      lines: [{ id: 'back', quantity_milli: -1000, unit_price_minor: 500, discounts: [], taxes: [vat] }],
    });
    expect(back && refundable(back, [])).toMatchObject({ sold_milli: 0, left_milli: 0, left_minor: 0 });
  });

  it('takes quantities as positive thousandths', () => {
    expect(() => refundable(threeForTen(), [-1000])).toThrow(TypeError);
    expect(() => refundable(threeForTen(), [0.5])).toThrow(TypeError);
  });
});

describe('refundLine', () => {
  it('gives three pieces that cost 10.00 back one by one, without losing or finding a penny', () => {
    const line = threeForTen();
    const parts = [[], [1000], [1000, 1000]].map((before) => refundLine(line, before, 1000));
    const lines = parts.flatMap((part) => (part.ok ? [part.value] : []));
    expect(lines.map(({ total_minor }) => total_minor)).toEqual([-333, -334, -333]);
    expect(lines.map(({ taxes }) => taxes[0]?.amount_minor)).toEqual([-56, -55, -56]);
    expect(lines[0]).toEqual({
      id: 'three',
      quantity_milli: -1000,
      gross_minor: -500,
      discounts: [],
      basket_discount_minor: -167,
      total_minor: -333,
      net_minor: -277,
      taxes: [{ ...vat, base_minor: -277, amount_minor: -56 }],
    });
    expect(sumLines(lines)).toMatchObject({
      gross_minor: -1500,
      discount_minor: -500,
      net_minor: -833,
      tax_minor: -167,
      total_minor: -1000,
    });
  });

  it('refuses more than is left, and nothing at all', () => {
    const line = threeForTen();
    expect(refundLine(line, [2000], 1001)).toEqual({ ok: false, code: 'refund.too_much' });
    expect(refundLine(line, [3000], 1)).toEqual({ ok: false, code: 'refund.too_much' });
    expect(refundLine(line, [], 0)).toEqual({ ok: false, code: 'refund.nothing' });
    expect(refundLine(line, [], -1000)).toEqual({ ok: false, code: 'refund.nothing' });
    expect(() => refundLine(line, [], 0.5)).toThrow(TypeError);
  });

  it('of the whole line is the line turned round', () => {
    const line = threeForTen();
    const whole = refundLine(line, [], 3000);
    expect(whole.ok && whole.value).toMatchObject({ gross_minor: -1500, total_minor: -1000, net_minor: -833 });
  });

  it('adds up to the line in every amount, whatever was sold and however it comes back', () => {
    const discount: fc.Arbitrary<Discount> = fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), rate_millionths: fc.nat(500_000), reason: fc.constant('r') }),
      fc.record({ kind: fc.constant('amount' as const), amount_minor: fc.nat(5000), reason: fc.constant('r') }),
    );
    const line = fc.record({
      quantity_milli: fc.oneof(
        fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
        fc.integer({ min: 1, max: 9999 }),
      ),
      unit_price_minor: fc.oneof(fc.nat(30), fc.nat(100_000)),
      discounts: fc.array(discount, { maxLength: 2 }),
      taxes: fc.subarray([
        vat,
        { tax: 'qst', code: 'QST', rate_millionths: 99_750 },
        { tax: 'z', code: 'Z', rate_millionths: 0 },
      ]),
    });
    const basket = fc.record({
      prices_include_tax: fc.boolean(),
      tax_rounding: fc.constantFrom('line' as const, 'document' as const),
      lines: fc
        .array(line, { minLength: 1, maxLength: 5 })
        .map((lines) => lines.map((each, i) => ({ ...each, id: `line-${i}` }))),
      basket_discounts: fc.array(discount, { maxLength: 2 }),
    });
    fc.assert(
      fc.property(basket, fc.infiniteStream(fc.integer({ min: 1, max: 4000 })), (sold, sizes) => {
        for (const each of sell(sold)) {
          const before: number[] = [];
          const parts: SoldLine[] = [];
          for (;;) {
            const { left_milli, left_minor } = refundable(each, before);
            if (left_milli === 0) break;
            const given = parts.reduce<number>((sum, part) => sum + part.total_minor, 0);
            expect(left_minor).toBe(each.total_minor + given);
            const quantity = Math.min(sizes.next().value ?? 1, left_milli);
            const part = refundLine(each, before, quantity);
            if (!part.ok) throw new Error(part.code);
            const off = part.value.discounts.reduce<number>(
              (sum, one) => sum + one.given_minor,
              part.value.basket_discount_minor,
            );
            const left = part.value.gross_minor - off;
            expect(left).toBe(sold.prices_include_tax ? part.value.total_minor : part.value.net_minor);
            parts.push(part.value);
            before.push(quantity);
          }
          const ofParts = sumLines(parts);
          const ofLine = sumLines([each]);
          expect(ofParts.gross_minor).toBe(0 - ofLine.gross_minor);
          expect(ofParts.discount_minor).toBe(0 - ofLine.discount_minor);
          expect(ofParts.net_minor).toBe(0 - ofLine.net_minor);
          expect(ofParts.total_minor).toBe(0 - ofLine.total_minor);
          expect(ofParts.taxes.map((row) => [row.code, row.base_minor, row.amount_minor])).toEqual(
            ofLine.taxes.map((row) => [row.code, 0 - row.base_minor, 0 - row.amount_minor]),
          );
          expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
        }
      }),
    );
  });
});
