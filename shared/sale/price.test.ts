/** Worked examples. Where a tax office or a standard publishes the figures, it is named; the others were done by hand. */
import { describe, expect, it } from 'vitest';
import { AmountTooLarge } from '../money/minor.ts';
import type { BasketToPrice, Discount, LineToPrice, TaxToApply } from './price.ts';
import { priceBasket } from './price.ts';

const tax = (code: string, rate_millionths: number): TaxToApply => ({ tax: `tax-${code}`, code, rate_millionths });
const vat20 = tax('S', 200_000);
const vat5 = tax('R', 50_000);
const zero = tax('Z', 0);

let lastId = 0;
function line(unit_price_minor: number, taxes: readonly TaxToApply[], more: Partial<LineToPrice> = {}): LineToPrice {
  lastId += 1;
  return {
    id: `line-${String(lastId).padStart(4, '0')}`,
    quantity_milli: 1000,
    unit_price_minor,
    discounts: [],
    taxes,
    ...more,
  };
}

function basket(lines: readonly LineToPrice[], more: Partial<BasketToPrice> = {}): BasketToPrice {
  return { currency: 'GBP', prices_include_tax: true, tax_rounding: 'line', lines, basket_discounts: [], ...more };
}

const percent = (rate_millionths: number): Discount => ({ kind: 'percent', rate_millionths, reason: 'test' });
const amount = (amount_minor: number): Discount => ({ kind: 'amount', amount_minor, reason: 'test' });
const before = { prices_include_tax: false } as const;

describe('a line', () => {
  it('holds everything that a sale records of it', () => {
    const priced = priceBasket(
      basket([
        line(1999, [vat20], {
          id: 'mug',
          quantity_milli: 3000,
          discounts: [
            { kind: 'percent', rate_millionths: 100_000, reason: 'chipped' },
            { kind: 'amount', amount_minor: 97, reason: 'round figure' },
          ],
        }),
      ]),
    );
    expect(priced).toEqual({
      currency: 'GBP',
      prices_include_tax: true,
      tax_rounding: 'line',
      lines: [
        {
          id: 'mug',
          gross_minor: 5997,
          discounts: [
            { kind: 'percent', rate_millionths: 100_000, reason: 'chipped', given_minor: 600 },
            { kind: 'amount', amount_minor: 97, reason: 'round figure', given_minor: 97 },
          ],
          basket_discount_minor: 0,
          total_minor: 5300,
          net_minor: 4417,
          taxes: [{ tax: 'tax-S', code: 'S', rate_millionths: 200_000, base_minor: 4417, amount_minor: 883 }],
        },
      ],
      basket_discounts: [],
      gross_minor: 5997,
      discount_minor: 697,
      net_minor: 4417,
      tax_minor: 883,
      total_minor: 5300,
      taxes: [{ tax: 'tax-S', code: 'S', rate_millionths: 200_000, base_minor: 4417, amount_minor: 883 }],
    });
  });

  it('weighs: 0.624 kg of tomatoes at 3.49 a kilogram are 2.18', () => {
    expect(priceBasket(basket([line(349, [zero], { quantity_milli: 624 })])).total_minor).toBe(218);
  });

  it('may be free, untaxed, or of quantity nothing', () => {
    const free = priceBasket(basket([line(0, [vat20]), line(500, []), line(500, [vat20], { quantity_milli: 0 })]));
    expect(free.lines.map(({ total_minor, net_minor }) => [total_minor, net_minor])).toEqual([
      [0, 0],
      [500, 500],
      [0, 0],
    ]);
    expect(free.taxes).toEqual([{ ...vat20, base_minor: 0, amount_minor: 0 }]);
    expect(priceBasket(basket([]))).toMatchObject({ total_minor: 0, taxes: [], lines: [] });
    expect(priceBasket(basket([], { basket_discounts: [amount(100)] })).basket_discounts[0]?.given_minor).toBe(0);
  });
});

describe('tax that is included', () => {
  it.each([
    // HMRC, VAT Notice 700, section 30: the VAT fraction is 1/6 at 20 % and 1/21 at 5 %.
    [12_000, 200_000, 2000],
    [10_500, 50_000, 500],
    // HMRC VATREC12030: 0.5 of a penny or more is rounded up, less is rounded down.
    [100, 200_000, 17],
    [99, 200_000, 17],
    [98, 200_000, 16],
    // Germany, § 12 UStG: 19 % and 7 %; Abschnitt 15.4 UStAE: 119.00 holds 19.00, 107.00 holds 7.00.
    [11_900, 190_000, 1900],
    [10_700, 70_000, 700],
    // Australia, GST Act 1999, s 9-70 and 9-75: one eleventh of the price.
    [11_000, 100_000, 1000],
    [995, 100_000, 90],
    // New Zealand, Inland Revenue: GST of 15 % is three twenty-thirds of the price.
    [11_500, 150_000, 1500],
    [2300, 150_000, 300],
  ])('of %d at %d millionths is %d', (price, rate, expected) => {
    for (const tax_rounding of ['line', 'document'] as const) {
      const priced = priceBasket(basket([line(price, [tax('S', rate)])], { tax_rounding }));
      expect(priced).toMatchObject({ total_minor: price, tax_minor: expected, net_minor: price - expected });
    }
  });

  it('takes two taxes out of one price that holds both', () => {
    // Revenu Québec's example backwards: 114.98 holds 5.00 GST and 9.98 QST.
    const priced = priceBasket(basket([line(11_498, [tax('GST', 50_000), tax('QST', 99_750)])]));
    expect(priced).toMatchObject({ net_minor: 10_000, tax_minor: 1498, total_minor: 11_498 });
    expect(priced.taxes.map(({ amount_minor }) => amount_minor)).toEqual([500, 998]);
  });
});

describe('tax that comes on top', () => {
  it.each([
    // Revenu Québec, "Calculating the Taxes": 100.00 and 5 % GST and 9.975 % QST are 114.98.
    [10_000, [tax('GST', 50_000), tax('QST', 99_750)], [500, 998], 11_498],
    // Canada Revenue Agency, GST/HST rates: 13 % HST in Ontario on 100.00.
    [10_000, [tax('HST', 130_000)], [1300], 11_300],
    // New York City: 8.875 % on 10.00 is 0.8875.
    [1000, [tax('NYC', 88_750)], [89], 1089],
    // The same as its parts: city 4.5 %, state 4 %, MCTD 0.375 %, each of them a tax of its own.
    [10_000, [tax('CITY', 45_000), tax('MCTD', 3750), tax('STATE', 40_000)], [450, 38, 400], 10_888],
    // India, CGST and SGST Acts: 18 % are 9 % to the union and 9 % to the state.
    [10_000, [tax('CGST', 90_000), tax('SGST', 90_000)], [900, 900], 11_800],
  ])('on %d', (price, taxes, amounts, total) => {
    const priced = priceBasket(basket([line(price, taxes)], before));
    expect(priced.taxes.map(({ amount_minor }) => amount_minor)).toEqual(amounts);
    expect(priced).toMatchObject({ gross_minor: price, net_minor: price, total_minor: total });
    expect(priced.taxes.every(({ base_minor }) => base_minor === price)).toBe(true);
  });

  it('has no minor unit in yen, and three decimals in dinars', () => {
    // Japan, National Tax Agency: 8 % on food, 10 % on the rest, each rounded once per document and rate.
    const food = tax('8', 80_000);
    const rest = tax('10', 100_000);
    const yen = basket([line(198, [food]), line(98, [food]), line(1280, [rest])], {
      ...before,
      currency: 'JPY',
      tax_rounding: 'document',
    });
    expect(priceBasket(yen).taxes.map(({ base_minor, amount_minor }) => [base_minor, amount_minor])).toEqual([
      [1280, 128],
      [296, 24],
    ]);
    // Bahrain, National Bureau for Revenue: 10 % on 1.255 dinars.
    const dinars = basket([line(1255, [tax('S', 100_000)])], { ...before, currency: 'BHD' });
    expect(priceBasket(dinars)).toMatchObject({ tax_minor: 126, total_minor: 1381 });
  });
});

describe('rounding on the line or on the document', () => {
  it('differs as Australia’s two rules do (GST Act 1999, s 9-90)', () => {
    // Three supplies whose tax is 0.335 each: 0.34 three times, or 1.005 once, which is 1.01.
    const lines = [
      line(335, [tax('GST', 100_000)]),
      line(335, [tax('GST', 100_000)]),
      line(335, [tax('GST', 100_000)]),
    ];
    const bySupply = priceBasket(basket(lines, before));
    const byInvoice = priceBasket(basket(lines, { ...before, tax_rounding: 'document' }));
    expect(bySupply.tax_minor).toBe(102);
    expect(byInvoice.tax_minor).toBe(101);
    expect(byInvoice.lines.map((each) => each.taxes[0]?.amount_minor)).toEqual([34, 34, 33]);
  });

  it('follows EN 16931, BR-CO-17: a rate’s tax is its base times the rate, rounded once', () => {
    // Peppol BIS Billing 3.0, base-example.xml: 7 × 400.00, −3 × 500.00 and a charge of 25.00 at 25 %.
    const vat25 = tax('S', 250_000);
    const example = basket(
      [
        line(40_000, [vat25], { quantity_milli: 7000 }),
        line(50_000, [vat25], { quantity_milli: -3000 }),
        line(2500, [vat25]),
      ],
      { ...before, currency: 'EUR', tax_rounding: 'document' },
    );
    expect(priceBasket(example)).toMatchObject({ net_minor: 132_500, tax_minor: 33_125, total_minor: 165_625 });
    // A credit note's figures from the same rule's published example: −625 743.54 at 25 % is −156 435.89.
    const credit = basket([line(62_574_354, [vat25], { quantity_milli: -1000 })], {
      ...before,
      currency: 'DKK',
      tax_rounding: 'document',
    });
    expect(priceBasket(credit).taxes[0]).toMatchObject({ base_minor: -62_574_354, amount_minor: -15_643_589 });
  });

  it('keeps rates, and codes of one rate, apart', () => {
    const exempt = { ...zero, code: 'E' };
    const priced = priceBasket(
      basket([line(1050, [vat5]), line(1200, [vat20]), line(300, [zero]), line(600, [vat20]), line(100, [exempt])], {
        tax_rounding: 'document',
      }),
    );
    expect(priced.taxes).toEqual([
      { ...vat5, base_minor: 1000, amount_minor: 50 },
      { ...vat20, base_minor: 1500, amount_minor: 300 },
      { ...exempt, base_minor: 100, amount_minor: 0 },
      { ...zero, base_minor: 300, amount_minor: 0 },
    ]);
  });

  it('sorts rows of one tax by code, then by rate', () => {
    const rows = [
      { tax: 'vat', code: 'S', rate_millionths: 200_000 },
      { tax: 'vat', code: 'S', rate_millionths: 175_000 },
      { tax: 'vat', code: 'R', rate_millionths: 50_000 },
    ];
    const priced = priceBasket(basket(rows.map((row) => line(1000, [row]))));
    expect(priced.taxes.map(({ rate_millionths }) => rate_millionths)).toEqual([50_000, 175_000, 200_000]);
  });

  it('adds a rate up exactly where it stands alone on one line and beside another on the next', () => {
    const gst = tax('GST', 50_000);
    const qst = tax('QST', 99_750);
    const priced = priceBasket(basket([line(1057, [gst]), line(1153, [gst, qst])], { tax_rounding: 'document' }));
    // 1057 × 5/105 = 50.333…, 1153 × 5/114.975 = 50.141…: together 100.47…, so 1.00.
    expect(priced.taxes.map(({ code, amount_minor }) => [code, amount_minor])).toEqual([
      ['GST', 100],
      ['QST', 100],
    ]);
    expect(priced.total_minor).toBe(1057 + 1153);
  });
});

describe('discounts', () => {
  it('apply one after the other and never exceed the line', () => {
    const priced = priceBasket(
      basket([
        line(1000, [], { discounts: [percent(100_000), percent(100_000)] }),
        line(1000, [], { discounts: [amount(700), amount(700), percent(500_000)] }),
        line(1000, [], { discounts: [percent(3_000_000)] }),
      ]),
    );
    expect(priced.lines.map((each) => each.discounts.map(({ given_minor }) => given_minor))).toEqual([
      [100, 90],
      [700, 300, 0],
      [1000],
    ]);
    expect(priced.lines.map(({ total_minor }) => total_minor)).toEqual([810, 0, 0]);
  });

  it('on the basket are shared out by largest remainder', () => {
    const priced = priceBasket(
      basket([line(1000, [vat20]), line(1000, [vat5]), line(1000, [zero])], { basket_discounts: [amount(100)] }),
    );
    expect(priced.lines.map(({ basket_discount_minor }) => basket_discount_minor)).toEqual([34, 33, 33]);
    expect(priced).toMatchObject({ gross_minor: 3000, discount_minor: 100, total_minor: 2900 });
    expect(priced.basket_discounts).toEqual([{ kind: 'amount', amount_minor: 100, reason: 'test', given_minor: 100 }]);
  });

  it('on the basket come after the lines’ own, and spare what is free', () => {
    const priced = priceBasket(
      basket([line(1000, [], { discounts: [percent(500_000)] }), line(0, []), line(1500, [])], {
        basket_discounts: [percent(100_000), amount(90)],
      }),
    );
    expect(priced.basket_discounts.map(({ given_minor }) => given_minor)).toEqual([200, 90]);
    expect(priced.lines.map(({ basket_discount_minor }) => basket_discount_minor)).toEqual([73, 0, 217]);
    expect(priced.total_minor).toBe(1710);
  });

  it('never exceed the basket', () => {
    const all = priceBasket(basket([line(300, [vat20]), line(1, [vat20])], { basket_discounts: [amount(5000)] }));
    expect(all).toMatchObject({ discount_minor: 301, total_minor: 0, tax_minor: 0 });
    expect(all.basket_discounts[0]?.given_minor).toBe(301);
  });

  it('come off prices before tax where these are before tax', () => {
    const priced = priceBasket(
      basket([line(10_000, [tax('HST', 130_000)])], { ...before, basket_discounts: [percent(100_000)] }),
    );
    expect(priced).toMatchObject({ gross_minor: 10_000, discount_minor: 1000, net_minor: 9000, total_minor: 10_170 });
  });

  it('treat goods brought back beside goods bought: percent on both sides, an amount on the heavier one', () => {
    const exchange = [line(3000, [], { id: 'bought' }), line(2000, [], { id: 'back', quantity_milli: -1000 })];
    const shares = (discount: Discount) =>
      priceBasket(basket(exchange, { basket_discounts: [discount] })).lines.map((each) => each.basket_discount_minor);
    expect(shares(percent(100_000))).toEqual([300, -200]);
    expect(shares(amount(400))).toEqual([400, 0]);
    expect(shares(amount(1500))).toEqual([1000, 0]);
  });
});

describe('what is refused', () => {
  it('is an amount that could not be added up exactly', () => {
    const huge = line(9_999_999_999_999, [vat20]);
    expect(priceBasket(basket([huge])).tax_minor).toBe(1_666_666_666_667);
    expect(() => priceBasket(basket([huge, line(1, [])]))).toThrow(AmountTooLarge);
    // It is the size that counts: what comes back does not make room.
    expect(() => priceBasket(basket([huge, { ...huge, id: 'back', quantity_milli: -1000 }]))).toThrow(AmountTooLarge);
    expect(() => priceBasket(basket([line(9_999_999_999_999, [], { quantity_milli: 9_999_999_999 })]))).toThrow(
      AmountTooLarge,
    );
  });

  it('is what no caller that parsed its input can hand in', () => {
    const wrong: readonly BasketToPrice[] = [
      basket([line(-1, [])]),
      basket([line(1.5, [])]),
      basket([line(1, [], { quantity_milli: 0.5 })]),
      basket([line(1, [tax('S', -1)])]),
      basket([line(1, [tax('S', 10_000_001)])]),
      basket([line(1, [tax('S', 0.2)])], { tax_rounding: 'document', prices_include_tax: false }),
      basket([
        line(
          1,
          Array.from({ length: 9 }, () => vat20),
        ),
      ]),
      basket([line(1, [], { discounts: [percent(-1)] })]),
      basket([line(1, [], { discounts: [amount(0.5)] })]),
      basket([line(1, [])], { basket_discounts: [amount(-1)] }),
    ];
    for (const each of wrong) expect(() => priceBasket(each)).toThrow(TypeError);
  });
});
