import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CashRounding } from '../money/cash-rounding.ts';
import { settle, type TenderGiven } from './settle.ts';

const seed = process.env['EVERTILL_SEED'];
fc.configureGlobal({ numRuns: 500, ...(seed === undefined ? {} : { seed: Number(seed) }) });

const cash = (handed_minor: number): TenderGiven => ({ kind: 'cash', handed_minor });
const card = (handed_minor: number): TenderGiven => ({ kind: 'card', handed_minor });
const fiveCents: CashRounding = { step_minor: 5, rounding: 'half_up' };

function settled(total: number, tenders: readonly TenderGiven[], rounding?: CashRounding) {
  const result = settle(total, tenders, rounding);
  if (!result.ok) throw new Error(result.code);
  return result.value;
}

describe('settle', () => {
  it('says what is due before anything was handed over', () => {
    expect(settled(3985, [])).toEqual({
      is_settled: false,
      paid_minor: 0,
      due_minor: 3985,
      due_cash_minor: 3985,
      rounding_minor: 0,
      change_minor: 0,
      tenders: [],
    });
  });

  it('gives change for cash, and takes card and cash together', () => {
    expect(settled(3985, [card(1500), cash(3000)])).toEqual({
      is_settled: true,
      paid_minor: 3985,
      due_minor: 0,
      due_cash_minor: 0,
      rounding_minor: 0,
      change_minor: 515,
      tenders: [
        { kind: 'card', handed_minor: 1500, amount_minor: 1500 },
        { kind: 'cash', handed_minor: 3000, amount_minor: 2485 },
      ],
    });
    expect(settled(3985, [cash(3000), card(900)])).toMatchObject({
      is_settled: false,
      paid_minor: 3900,
      due_minor: 85,
    });
    expect(settled(3985, [card(3985)])).toMatchObject({ is_settled: true, change_minor: 0 });
  });

  it('takes the change out of the cash that came last', () => {
    const amounts = settled(1000, [cash(600), card(200), cash(300), cash(50)]).tenders.map((each) => each.amount_minor);
    expect(amounts).toEqual([600, 200, 200, 0]);
  });

  it('keeps whatever else a caller holds of a tender', () => {
    const result = settle(100, [{ kind: 'cash', handed_minor: 200, tender: 'a-uuid' }]);
    expect(result.ok && result.value.tenders[0]?.tender).toBe('a-uuid');
  });

  it('needs no tender for a total of nothing, and gives all of it back', () => {
    expect(settled(0, [])).toMatchObject({ is_settled: true, paid_minor: 0, change_minor: 0 });
    expect(settled(0, [cash(500)])).toMatchObject({ is_settled: true, paid_minor: 0, change_minor: 500 });
  });

  it('rounds what is paid in cash, and only that', () => {
    expect(settled(1998, [], fiveCents)).toMatchObject({ due_minor: 1998, due_cash_minor: 2000 });
    expect(settled(1998, [cash(2000)], fiveCents)).toMatchObject({
      is_settled: true,
      rounding_minor: 2,
      change_minor: 0,
    });
    expect(settled(1997, [cash(2000)], fiveCents)).toMatchObject({
      rounding_minor: -2,
      change_minor: 5,
      paid_minor: 1995,
    });
    expect(settled(1998, [card(1998)], fiveCents)).toMatchObject({ is_settled: true, rounding_minor: 0 });
    expect(settled(1998, [card(1000), cash(1000)], fiveCents)).toMatchObject({ rounding_minor: 2, paid_minor: 2000 });
    // The customer begins in cash and pays the rest, to the cent, by card.
    expect(settled(1998, [cash(1000), card(998)], fiveCents)).toMatchObject({ is_settled: true, rounding_minor: 0 });
    expect(settled(1998, [cash(1000)], fiveCents)).toMatchObject({ due_minor: 998, due_cash_minor: 1000 });
  });

  it('settles two cents with no coin at all, once the cashier says it is cash', () => {
    expect(settled(2, [], fiveCents)).toMatchObject({ is_settled: false, due_minor: 2, due_cash_minor: 0 });
    expect(settled(2, [cash(0)], fiveCents)).toMatchObject({ is_settled: true, rounding_minor: -2, paid_minor: 0 });
  });

  it('gives a refund with negative tenders, to the unit', () => {
    expect(settled(-3985, [card(-1500), cash(-2485)])).toMatchObject({
      is_settled: true,
      paid_minor: -3985,
      change_minor: 0,
    });
    expect(settled(-3985, [card(-1500)])).toMatchObject({ is_settled: false, due_minor: -2485, due_cash_minor: -2485 });
    expect(settled(-1998, [cash(-2000)], fiveCents)).toMatchObject({ is_settled: true, rounding_minor: -2 });
  });

  it.each([
    ['a card beyond what is due', 1000, [card(1001)], 'tender.exceeds_due'],
    ['two cards beyond what is due', 1000, [card(600), card(600)], 'tender.exceeds_due'],
    ['more cash given back than is due', -1000, [cash(-1500)], 'tender.exceeds_due'],
    ['a card for nothing', 1000, [card(0)], 'tender.zero'],
    ['a card on a sale of nothing', 0, [card(100)], 'tender.exceeds_due'],
    ['money given out while selling', 1000, [cash(-500)], 'tender.wrong_direction'],
    ['money taken while giving back', -1000, [card(500)], 'tender.wrong_direction'],
    ['pennies where there are none', 1000, [cash(1001)], 'tender.not_in_cash_steps'],
  ] as const)('refuses %s', (_, total, tenders, code) => {
    expect(settle(total, tenders, fiveCents)).toEqual({ ok: false, code });
  });

  it('balances for any tenders, in any order', () => {
    const rule = fc.option(
      fc.record({
        step_minor: fc.constantFrom(5, 10, 50, 100),
        rounding: fc.constantFrom('half_up' as const, 'up' as const, 'down' as const),
      }),
      { nil: undefined },
    );
    const tender = fc.record({
      kind: fc.constantFrom('cash' as const, 'card' as const),
      handed_minor: fc.oneof(
        fc.integer({ min: 0, max: 100 }).map((hundreds) => hundreds * 100),
        fc.nat(3000),
      ),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000, max: 10_000 }),
        fc.array(tender, { maxLength: 5 }),
        rule,
        (total, given, by) => {
          const tenders = given.map((each) => ({
            ...each,
            handed_minor: total < 0 ? 0 - each.handed_minor : each.handed_minor,
          }));
          const result = settle(total, tenders, by);
          const turned = settle(total, tenders.toReversed(), by);
          expect(turned.ok).toBe(result.ok);
          if (!result.ok) return;
          const { is_settled, paid_minor, due_minor, due_cash_minor, rounding_minor, change_minor } = result.value;
          const handed = tenders.reduce((sum, each) => sum + each.handed_minor, 0);
          expect(result.value.tenders.reduce((sum, each) => sum + each.amount_minor, 0)).toBe(paid_minor);
          expect(handed - change_minor).toBe(paid_minor);
          expect(paid_minor + due_minor).toBe(total + rounding_minor);
          expect(change_minor).toBeGreaterThanOrEqual(0);
          expect(is_settled).toBe(due_minor === 0);
          expect(is_settled ? due_cash_minor : change_minor + Math.abs(rounding_minor)).toBe(0);
          expect(Math.abs(rounding_minor)).toBeLessThan(by?.step_minor ?? 1);
          expect(turned.ok && { ...turned.value, tenders: [] }).toEqual({ ...result.value, tenders: [] });
        },
      ),
    );
  });
});
