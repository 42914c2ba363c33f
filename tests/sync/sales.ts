/** Sales for the tests and the bench of sync: whole, consistent bodies, of which the journal's format would refuse none. */
import type { CategoryId, ProductId, SaleId, ShiftId, TaxId } from '../../shared/ids.ts';
import type { Body } from '../../shared/journal/kinds.ts';
import type { Ids, TestTill } from './test-till.ts';

export interface TestProduct {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly price_minor: number;
  readonly category: CategoryId;
  readonly stocked: boolean;
}

export interface Basket {
  readonly product: TestProduct;
  readonly quantity_milli: number;
}

const nouns = [
  'Sourdough loaf',
  'Oat flat white',
  'Clementines, loose',
  'Cheddar, mature',
  'Linen tea towel',
  'Olive oil 500 ml',
];

export function makeProduct(ids: Ids): TestProduct {
  const [product] = makeProducts(ids, 1);
  if (product === undefined) throw new Error('no product');
  return product;
}

/** A catalogue of `count` products with prices from 0.40 up. */
export function makeProducts(ids: Ids, count: number): TestProduct[] {
  const categories = Array.from({ length: 8 }, () => ids.next<CategoryId>());
  return Array.from({ length: count }, (_, i) => ({
    product: ids.next<ProductId>(),
    sku: `HS-${String(i + 1).padStart(5, '0')}`,
    name: `${nouns[i % nouns.length] ?? ''} ${i + 1}`,
    price_minor: 40 + ((i * 37) % 2400),
    category: categories[i % categories.length] ?? ids.next<CategoryId>(),
    stocked: true,
  }));
}

/** 20 % contained in an amount of whole pence, to the nearest. */
function taxWithin(total_minor: number): number {
  return Math.round(total_minor / 6);
}

type SaleBody = Body<'sale.completed'>;
type RefundBody = Body<'refund.completed'>;

function makeLines(till: TestTill, tax: TaxId, baskets: readonly Basket[], sign: 1 | -1): SaleBody['lines'] {
  return baskets.map(({ product, quantity_milli }) => {
    const total_minor = (sign * product.price_minor * quantity_milli) / 1000;
    const amount_minor = sign * taxWithin(Math.abs(total_minor));
    return {
      line: till.options.ids.next(),
      product: product.product,
      sku: product.sku,
      name: product.name,
      unit: 'piece',
      category: product.category,
      quantity_milli: sign * quantity_milli,
      list_price_minor: product.price_minor,
      unit_price_minor: product.price_minor,
      price_source: 'list',
      gross_minor: total_minor,
      basket_discount_minor: 0,
      total_minor,
      net_minor: total_minor - amount_minor,
      stocked: product.stocked,
      discounts: [],
      taxes: [{ tax, code: 'A', rate_millionths: 200_000, base_minor: total_minor - amount_minor, amount_minor }],
    };
  });
}

function totalsOf(till: TestTill, tax: TaxId, lines: SaleBody['lines'], sign: 1 | -1) {
  const total_minor = lines.reduce((sum, line) => sum + line.total_minor, 0);
  const net_minor = lines.reduce((sum, line) => sum + line.net_minor, 0);
  const tax_minor = total_minor - net_minor;
  const card_minor = sign === 1 ? Math.floor(total_minor / 2) : 0;
  const foreign = { foreign_currency: null, foreign_minor: null, foreign_rate_millionths: null };
  const cash_minor = total_minor - card_minor;
  const tenders: SaleBody['tenders'] = [
    { tender: till.options.ids.next(), kind: 'cash', amount_minor: cash_minor, handed_minor: cash_minor, ...foreign },
  ];
  if (card_minor > 0)
    tenders.push({
      tender: till.options.ids.next(),
      kind: 'card',
      amount_minor: card_minor,
      handed_minor: card_minor,
      ...foreign,
    });
  return {
    prices_include_tax: true,
    tax_rounding: 'line' as const,
    taxes: [{ tax, code: 'A', rate_millionths: 200_000, base_minor: net_minor, amount_minor: tax_minor }],
    tenders,
    gross_minor: total_minor,
    discount_minor: 0,
    net_minor,
    tax_minor,
    total_minor,
    rounding_minor: 0,
    change_minor: 0,
  };
}

/** The tax of every test sale. */
export const testTax = '019a0000-0000-7000-8000-00000000aaaa' as TaxId;

/** A sale of these lines, half in cash and half by card. Quantities are whole units, so that pence stay whole. */
export function makeSale(
  till: TestTill,
  baskets: readonly Basket[],
  shift: ShiftId = till.options.ids.next(),
): SaleBody {
  const lines = makeLines(till, testTax, baskets, 1);
  return {
    sale: till.options.ids.next<SaleId>(),
    shift,
    receipt: till.nextReceipt(),
    lines,
    basket_discounts: [],
    ...totalsOf(till, testTax, lines, 1),
  };
}

/** A refund without receipt of these lines, in cash. */
export function makeRefund(till: TestTill, baskets: readonly Basket[], restock: boolean): RefundBody {
  const lines = makeLines(till, testTax, baskets, -1).map((line) => ({ ...line, of_line: null, restock }));
  return {
    refund: till.options.ids.next<SaleId>(),
    of_sale: null,
    shift: till.options.ids.next(),
    receipt: till.nextReceipt(),
    reason: 'Faulty',
    lines,
    ...totalsOf(till, testTax, lines, -1),
  };
}
