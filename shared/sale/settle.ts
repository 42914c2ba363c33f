import { type CashRounding, roundCash } from '../money/cash-rounding.ts';
import { asMinor, type Minor } from '../money/minor.ts';

/** How something is paid. Change is given for cash only, and only cash is rounded. */
export type TenderKind = 'cash' | 'card';

/** What was handed over: positive when a customer pays, negative when the till gives back. */
export type TenderGiven = { readonly kind: TenderKind; readonly handed_minor: number };

/** A tender and what it settles of the sale: what was handed over without the change. */
export type SettledTender<Given extends TenderGiven = TenderGiven> = Given & { readonly amount_minor: Minor };

/**
 * Where a payment stands. Settled: paid = total + rounding, and what was handed over is paid + change. Until then
 * due = total − paid, and there is no change and no rounding.
 */
export type Settlement<Given extends TenderGiven = TenderGiven> = {
  readonly is_settled: boolean;
  /** What the tenders settle together. */
  readonly paid_minor: Minor;
  /** Still to pay by anything but cash. */
  readonly due_minor: Minor;
  /** Still to pay if it is paid in cash: rounded to what coins can pay. */
  readonly due_cash_minor: Minor;
  /** What rounding the cash part added to the total, or took off. */
  readonly rounding_minor: Minor;
  /** Never negative: a till that gives back gives the right amount. */
  readonly change_minor: Minor;
  readonly tenders: readonly SettledTender<Given>[];
};

/**
 * - `tender.wrong_direction`: money taken while giving back, or given while selling.
 * - `tender.zero`: a card for nothing.
 * - `tender.exceeds_due`: anything but cash beyond what is due, or more cash given back than is due.
 * - `tender.not_in_cash_steps`: cash that the coins in use can't make.
 */
export type TenderFault = 'tender.wrong_direction' | 'tender.zero' | 'tender.exceeds_due' | 'tender.not_in_cash_steps';

export type SettleResult<Given extends TenderGiven = TenderGiven> =
  | { readonly ok: true; readonly value: Settlement<Given> }
  | { readonly ok: false; readonly code: TenderFault };

/**
 * What tenders do to a total; their order is of no importance. Cash pays what the other tenders leave, rounded by
 * `cash_rounding` if the store rounds. A total of 0 is settled without a tender. A refund has a negative total and
 * negative tenders.
 *
 *     settle(3985, [{ kind: 'card', handed_minor: 1500 }, { kind: 'cash', handed_minor: 3000 }])
 *     // settled, paid 3985, change 515
 */
export function settle<Given extends TenderGiven>(
  total_minor: number,
  tenders: readonly Given[],
  cash_rounding?: CashRounding,
): SettleResult<Given> {
  const total = asMinor(total_minor);
  const direction = total < 0 ? -1 : 1;
  const toPay = Math.abs(total);
  let cash = 0;
  let other = 0;
  let isCashUsed = false;
  for (const tender of tenders) {
    const fault = faultOf(tender, direction, cash_rounding);
    if (fault !== undefined) return { ok: false, code: fault };
    const handed = asMinor(tender.handed_minor * direction);
    if (tender.kind === 'cash') {
      cash += handed;
      isCashUsed = true;
    } else other += handed;
  }
  if (other > toPay) return { ok: false, code: 'tender.exceeds_due' };

  const cashPart = toPay - other;
  const cashNeeded = cash_rounding === undefined ? cashPart : roundCash(cashPart, cash_rounding);
  const isSettled = cashPart === 0 || (isCashUsed && cash >= cashNeeded);
  const change = isSettled ? cash - cashNeeded : 0;
  if (change > 0 && direction < 0) return { ok: false, code: 'tender.exceeds_due' };

  const paid = other + cash - change;
  return {
    ok: true,
    value: {
      is_settled: isSettled,
      paid_minor: asMinor(paid * direction),
      due_minor: asMinor(isSettled ? 0 : (toPay - paid) * direction),
      due_cash_minor: asMinor(isSettled ? 0 : (cashNeeded - cash) * direction),
      rounding_minor: asMinor(isSettled ? (paid - toPay) * direction : 0),
      change_minor: asMinor(change),
      tenders: withoutChange(tenders, change),
    },
  };
}

function faultOf(tender: TenderGiven, direction: 1 | -1, rounding: CashRounding | undefined): TenderFault | undefined {
  const handed = tender.handed_minor * direction;
  if (handed < 0) return 'tender.wrong_direction';
  if (tender.kind !== 'cash') return handed === 0 ? 'tender.zero' : undefined;
  return rounding !== undefined && handed % rounding.step_minor !== 0 ? 'tender.not_in_cash_steps' : undefined;
}

/** Change comes out of the cash that was handed over last. */
function withoutChange<Given extends TenderGiven>(tenders: readonly Given[], change: number): SettledTender<Given>[] {
  let left = change;
  const settled: SettledTender<Given>[] = [];
  for (const tender of tenders.toReversed()) {
    const back = tender.kind === 'cash' ? Math.min(left, tender.handed_minor) : 0;
    // Without change `left` is 0 and `handed_minor` may be negative: nothing comes back then.
    const taken = Math.max(back, 0);
    left -= taken;
    settled.push({ ...tender, amount_minor: asMinor(tender.handed_minor - taken) });
  }
  return settled.toReversed();
}
