import type { TillContract } from '../../../shared/contract/till.ts';
import type { LineId, SaleId, TenderId } from '../../../shared/ids.ts';
import { mostChange } from '../../../shared/sale/cash.ts';
import type { Discount } from '../../../shared/sale/price.ts';
import { settle } from '../../../shared/sale/settle.ts';
import { readAmount } from '../amount.ts';
import type { CommandContext } from '../context.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { checkQuantity } from '../quantity.ts';
import { settingsOf } from '../settings/read.ts';
import { openShiftOf } from '../shift/find.ts';
import { refusePaid, refuseTooDear } from './change.ts';
import { completeBasket } from './complete.ts';
import { cashRoundingOf, priceOpenBasket, settleBasket } from './price.ts';
import {
  addTender,
  type BasketLine,
  basketLines,
  basketTenders,
  endBasket,
  findBasket,
  type GrantedDiscount,
  type OpenBasket,
  removeLine,
  removeTender,
  setBasketDiscounts,
  setQuantity,
  setSnapshot,
} from './repository.ts';
import { ringUpBarcode, ringUpProduct } from './ring-up.ts';
import { basketView } from './view.ts';

/** The basket that the caller means; a screen that looks at an older one is told so. */
function theBasket(context: CommandContext, asked: SaleId): OpenBasket {
  openShiftOf(context.db);
  const basket = findBasket(context.db);
  if (basket === undefined) return fail('basket.empty');
  if (basket.basket !== asked) return fail('basket.changed');
  context.changed('basket');
  return basket;
}

/** The same, to change it: not once money was taken for it. */
function basketToChange(context: CommandContext, asked: SaleId): OpenBasket {
  const basket = theBasket(context, asked);
  refusePaid(context.db, basket);
  return basket;
}

function theLine(context: CommandContext, basket: OpenBasket, asked: LineId): BasketLine {
  return basketLines(context.db, basket).find(({ line }) => line === asked) ?? fail('line.not_found');
}

export const basketHandlers: Handlers<TillContract['basket']> = {
  current: (context) => basketView(context),

  add_product: (context, input) => ringUpProduct(context, input),

  scan: (context, input) => ringUpBarcode(context, input),

  set_quantity: (context, input) => {
    const basket = basketToChange(context, input.basket);
    const line = theLine(context, basket, input.line);
    checkQuantity(input.quantity_milli, line.snapshot.unit);
    setQuantity(context.db, basket, line.n, input.quantity_milli);
    refuseTooDear(context.db, basket, { ...line.snapshot, quantity_milli: input.quantity_milli });
    return { basket: basket.basket };
  },

  remove_line: (context, input) => {
    const basket = basketToChange(context, input.basket);
    removeLine(context.db, basket, theLine(context, basket, input.line).n);
    return { basket: basket.basket };
  },

  override_price: (context, input) => {
    const basket = basketToChange(context, input.basket);
    const line = theLine(context, basket, input.line);
    const unit_price_minor = readAmount(input.price, settingsOf(context.db).currency);
    setSnapshot(context.db, basket, line.n, {
      ...line.snapshot,
      unit_price_minor,
      price_source: 'override',
      price_reason: input.reason,
      ...(context.approver === null ? {} : { price_approver: context.approver }),
    });
    refuseTooDear(context.db, basket, { quantity_milli: line.quantity_milli, unit_price_minor });
    return { basket: basket.basket };
  },

  discount_line: (context, input) => {
    const basket = basketToChange(context, input.basket);
    const line = theLine(context, basket, input.line);
    const discounts = granted(context, input.discount);
    setSnapshot(context.db, basket, line.n, { ...line.snapshot, discounts });
    const { lines, priced } = priceOpenBasket(context.db, basket, settingsOf(context.db));
    const given = priced.lines[lines.findIndex(({ n }) => n === line.n)]?.discounts[0]?.given_minor;
    checkGiven(input.discount, given);
    return { basket: basket.basket };
  },

  discount: (context, input) => {
    const basket = basketToChange(context, input.basket);
    const discounts = granted(context, input.discount);
    setBasketDiscounts(context.db, basket, discounts);
    const { lines, priced } = priceOpenBasket(context.db, { ...basket, discounts }, settingsOf(context.db));
    if (lines.length === 0) return fail('basket.empty');
    checkGiven(input.discount, priced.basket_discounts[0]?.given_minor);
    return { basket: basket.basket };
  },

  add_tender: (context, input) => {
    const basket = theBasket(context, input.basket);
    const settings = settingsOf(context.db);
    const open = priceOpenBasket(context.db, basket, settings);
    if (open.lines.length === 0) return fail('basket.empty');
    const before = settleBasket(open, settings);
    if (!before.ok) return fail('basket.has_tenders');
    if (before.value.is_settled) return fail('tender.not_needed');
    const handed_minor = readAmount(input.handed, settings.currency);
    if (handed_minor === 0) return fail('money.malformed');
    const given = { kind: input.kind, handed_minor };
    const after = settle<{ readonly kind: 'cash' | 'card'; readonly handed_minor: number }>(
      open.priced.total_minor,
      [...open.tenders, given],
      cashRoundingOf(settings),
    );
    if (!after.ok) {
      if (after.code === 'tender.exceeds_due') return fail('tender.exceeds_due', { due_minor: before.value.due_minor });
      if (after.code === 'tender.not_in_cash_steps') return fail('tender.not_in_cash_steps');
      return fail('money.malformed');
    }
    if (after.value.change_minor > mostChange(settings.currency))
      return fail('tender.change_too_large', { due_minor: before.value.due_minor });
    const tender = context.newId<TenderId>();
    addTender(context.db, basket, { tender, ...given });
    return { basket: basket.basket, tender };
  },

  remove_tender: (context, input) => {
    const basket = theBasket(context, input.basket);
    const row =
      basketTenders(context.db, basket).find(({ tender }) => tender === input.tender) ?? fail('tender.not_found');
    removeTender(context.db, basket, row.n);
    return { basket: basket.basket };
  },

  complete: (context, input) => completeBasket(context, input),

  void: (context, input) => {
    const basket = basketToChange(context, input.basket);
    const { lines, priced } = priceOpenBasket(context.db, basket, settingsOf(context.db));
    context.append('basket.voided', {
      basket: basket.basket,
      shift: openShiftOf(context.db).shift,
      total_minor: priced.total_minor,
      lines: lines.map(({ product, quantity_milli, snapshot }, i) => ({
        product,
        sku: snapshot.sku,
        name: snapshot.name,
        quantity_milli,
        total_minor: priced.lines[i]?.total_minor ?? 0,
      })),
    });
    endBasket(context.db, basket);
    return { basket: basket.basket };
  },
};

/** A discount as the basket keeps it: with whoever allowed it. */
function granted(context: CommandContext, discount: Discount | null): GrantedDiscount[] {
  if (discount === null) return [];
  return [context.approver === null ? discount : { ...discount, approver: context.approver }];
}

/** An amount that is more than what it would reduce is a slip of the finger, not a gift. */
function checkGiven(discount: Discount | null, given_minor: number | undefined): void {
  if (discount?.kind === 'amount' && given_minor !== discount.amount_minor)
    fail('discount.too_large', { given_minor: given_minor ?? 0 });
}
