import type { TillContract } from '../../../shared/contract/till.ts';
import type { LineId, SaleId, TaxId, TenderId } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import { asMinor } from '../../../shared/money/minor.ts';
import type { PricedTotals } from '../../../shared/sale/price.ts';
import { receiptNumber } from '../../../shared/sale/receipt-number.ts';
import { refundLine } from '../../../shared/sale/refund.ts';
import { settle, type TenderKind } from '../../../shared/sale/settle.ts';
import { sumLines } from '../../../shared/sale/sum-lines.ts';
import { roundCash } from '../../../shared/money/cash-rounding.ts';
import { readAmount } from '../amount.ts';
import { cashRoundingOf, priceOrRefuse } from '../basket/price.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { findProduct } from '../product/repository.ts';
import { findSale, returnedQuantities } from '../sale/repository.ts';
import { checkQuantity } from '../quantity.ts';
import { settingsOf } from '../settings/read.ts';
import { openShiftOf } from '../shift/find.ts';

type RefundBody = Body<'refund.completed'>;
type RefundedLine = RefundBody['lines'][number];

/** What a refund is made of, before it has a number and its money is handed over. */
interface Draft {
  readonly of_sale: SaleId | null;
  readonly reason: string;
  readonly prices_include_tax: boolean;
  readonly tax_rounding: 'line' | 'document';
  readonly lines: readonly RefundedLine[];
  readonly totals: PricedTotals<TaxId>;
}

function complete(context: CommandContext, draft: Draft, kind: TenderKind) {
  const { db } = context;
  const shift = openShiftOf(db);
  const rounding = cashRoundingOf(settingsOf(db));
  const { totals } = draft;
  const handed_minor =
    kind === 'cash' && rounding !== undefined ? roundCash(totals.total_minor, rounding) : totals.total_minor;
  const tenders = handed_minor === 0 ? [] : [{ kind, handed_minor, tender: context.newId<TenderId>() }];
  const settled = settle(totals.total_minor, tenders, rounding);
  if (!settled.ok || (!settled.value.is_settled && handed_minor !== 0)) throw new Error('a refund did not settle');
  const identity = context.identity();
  const receipt = { till: identity.code, series: identity.series, number: identity.last_receipt + 1 };
  const refund = context.newId<SaleId>();
  const { seq } = context.append('refund.completed', {
    refund,
    of_sale: draft.of_sale,
    shift: shift.shift,
    receipt,
    reason: draft.reason,
    prices_include_tax: draft.prices_include_tax,
    tax_rounding: draft.tax_rounding,
    lines: [...draft.lines],
    taxes: [...totals.taxes],
    tenders: settled.value.tenders.map((given) => ({
      tender: given.tender,
      kind: given.kind,
      amount_minor: given.amount_minor,
      handed_minor: given.handed_minor,
      foreign_currency: null,
      foreign_minor: null,
      foreign_rate_millionths: null,
    })),
    gross_minor: totals.gross_minor,
    discount_minor: totals.discount_minor,
    net_minor: totals.net_minor,
    tax_minor: totals.tax_minor,
    total_minor: totals.total_minor,
    rounding_minor: asMinor(handed_minor - totals.total_minor),
    change_minor: 0,
  });
  context.changed('sale');
  return { refund, receipt_number: receiptNumber(receipt), total_minor: totals.total_minor, seq };
}

export const refundHandlers: Handlers<TillContract['refund']> = {
  give_back: (context, input) => {
    openShiftOf(context.db);
    const sale = findSale(context.db, input.of_sale) ?? fail('record.not_found');
    if (sale.kind !== 'sale') return fail('record.not_found');
    const asked = new Set<LineId>();
    const priced = input.lines.map((back) => {
      // One line twice in one refund would be counted against the same remainder twice.
      if (asked.has(back.line)) return fail('input.malformed', { where: 'lines' });
      asked.add(back.line);
      const sold = sale.body.lines.find(({ line }) => line === back.line) ?? fail('line.not_found');
      checkQuantity(back.quantity_milli, sold.unit);
      const part = refundLine(
        {
          id: sold.line,
          quantity_milli: sold.quantity_milli,
          gross_minor: asMinor(sold.gross_minor),
          discounts: sold.discounts.map(asGiven),
          basket_discount_minor: asMinor(sold.basket_discount_minor),
          total_minor: asMinor(sold.total_minor),
          net_minor: asMinor(sold.net_minor),
          taxes: sold.taxes.map((tax) => ({
            ...tax,
            base_minor: asMinor(tax.base_minor),
            amount_minor: asMinor(tax.amount_minor),
          })),
        },
        returnedQuantities(context.db, sold.line),
        back.quantity_milli,
      );
      if (!part.ok) return fail(part.code, { name: sold.name });
      return { sold, back, part: part.value };
    });
    return complete(
      context,
      {
        of_sale: sale.sale,
        reason: input.reason,
        prices_include_tax: sale.body.prices_include_tax,
        tax_rounding: sale.body.tax_rounding,
        totals: sumLines(priced.map(({ part }) => part)),
        lines: priced.map(({ sold, back, part }) => ({
          ...sold,
          line: context.newId<LineId>(),
          of_line: sold.line,
          restock: back.restock,
          quantity_milli: part.quantity_milli,
          gross_minor: part.gross_minor,
          basket_discount_minor: part.basket_discount_minor,
          total_minor: part.total_minor,
          net_minor: part.net_minor,
          discounts: [...part.discounts],
          taxes: [...part.taxes],
        })),
      },
      input.tender,
    );
  },

  without_receipt: (context, input) => {
    openShiftOf(context.db);
    const settings = settingsOf(context.db);
    const lines = input.lines.map((back) => {
      const product = findProduct(context.db, back.product) ?? fail('record.not_found', { product: back.product });
      checkQuantity(back.quantity_milli, product.unit);
      return {
        back,
        product,
        line: context.newId<LineId>(),
        unit_price_minor: readAmount(back.price, settings.currency),
      };
    });
    const priced = priceOrRefuse({
      currency: settings.currency,
      prices_include_tax: settings.prices_include_tax,
      tax_rounding: settings.tax_rounding,
      basket_discounts: [],
      lines: lines.map(({ back, product, line, unit_price_minor }) => ({
        id: line,
        quantity_milli: -back.quantity_milli,
        unit_price_minor,
        discounts: [],
        taxes: product.taxes,
      })),
    });
    return complete(
      context,
      {
        of_sale: null,
        reason: input.reason,
        prices_include_tax: settings.prices_include_tax,
        tax_rounding: settings.tax_rounding,
        totals: priced,
        lines: lines.map(({ back, product, line, unit_price_minor }, i) => {
          const money = priced.lines[i];
          if (money === undefined) throw new Error('a line was not priced');
          const isListed = product.price_minor === unit_price_minor;
          return {
            line,
            of_line: null,
            product: product.product,
            sku: product.sku,
            name: product.name,
            unit: product.unit,
            category: product.category,
            quantity_milli: -back.quantity_milli,
            list_price_minor: product.price_minor,
            unit_price_minor,
            price_source: isListed
              ? ('list' as const)
              : product.price_minor === null
                ? ('open' as const)
                : ('override' as const),
            ...(isListed || product.price_minor === null ? {} : { price_reason: input.reason }),
            stocked: product.stocked,
            restock: back.restock,
            gross_minor: money.gross_minor,
            basket_discount_minor: money.basket_discount_minor,
            total_minor: money.total_minor,
            net_minor: money.net_minor,
            discounts: [...money.discounts],
            taxes: [...money.taxes],
          };
        }),
      },
      input.tender,
    );
  },
};

/** A discount of the journal in the words of the arithmetic. */
function asGiven(discount: RefundedLine['discounts'][number]) {
  const { reason, given_minor } = discount;
  return discount.kind === 'percent'
    ? {
        kind: 'percent' as const,
        rate_millionths: discount.rate_millionths ?? 0,
        reason,
        given_minor: asMinor(given_minor),
      }
    : { kind: 'amount' as const, amount_minor: discount.amount_minor ?? 0, reason, given_minor: asMinor(given_minor) };
}
