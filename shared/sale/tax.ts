import { elementAt } from '../money/element-at.ts';
import { asMinor, type Minor } from '../money/minor.ts';
import { mulDiv } from '../money/mul-div.ts';
import { roundTogether } from '../money/round-together.ts';
import type { LineToPrice, TaxToApply } from './basket-to-price.ts';

const whole = 1_000_000;
const nothing = asMinor(0);

/** The highest rate that is taken for a rate: 1 000 %. */
const maxTaxRateMillionths = 10_000_000;

/** The most taxes that one line may carry. */
const maxTaxesPerLine = 8;

/** A priced tax while it is being worked out. */
export type TaxDraft<TaxId extends string> = TaxToApply<TaxId> & { base_minor: Minor; amount_minor: Minor };

/** The tax, of which nothing has been worked out yet. */
export function startTax<TaxId extends string>({ tax, code, rate_millionths }: TaxToApply<TaxId>): TaxDraft<TaxId> {
  return { tax, code, rate_millionths, base_minor: nothing, amount_minor: nothing };
}

/** The sum of a line's rates. Refuses rates that are none (`TypeError`). */
export function ratesOf(taxes: readonly TaxToApply[]): number {
  if (taxes.length > maxTaxesPerLine) throw new TypeError(`more than ${maxTaxesPerLine} taxes on a line`);
  let sum = 0;
  for (const { rate_millionths: rate } of taxes) {
    if (!Number.isSafeInteger(rate) || rate < 0 || rate > maxTaxRateMillionths) {
      throw new TypeError(`not a tax rate: ${rate}`);
    }
    sum += rate;
  }
  return sum;
}

/**
 * The tax of one rate on one line, rounded half-up. Included: the part that the tax is of a price that holds all of the
 * line's taxes, `amount × rate ÷ (1 + all rates)`. Before tax: `amount × rate`.
 */
export function taxOfLine(amount_minor: number, rate_millionths: number, included_millionths: number): Minor {
  return asMinor(mulDiv(amount_minor, rate_millionths, whole + included_millionths));
}

/**
 * Tax rounded once per tax and rate on the whole document, and shared out to the lines so that they add up to it
 * (EN 16931, BR-CO-17: a category's tax is its taxable amount times its rate, rounded once).
 *
 * `left_minor` is what discounts have left of each line; `drafts[i]` are line `i`'s taxes, whose `amount_minor` is set.
 */
export function taxDocument<TaxId extends string>(
  lines: readonly LineToPrice<string, TaxId>[],
  left_minor: readonly number[],
  prices_include_tax: boolean,
  drafts: readonly (readonly TaxDraft<TaxId>[])[],
): void {
  const groups: {
    readonly of: TaxDraft<TaxId>;
    readonly members: { readonly draft: TaxDraft<TaxId>; readonly i: number }[];
  }[] = [];
  for (const [i, ofLine] of drafts.entries()) {
    for (const draft of ofLine) {
      const group = groups.find(({ of }) => isSameTax(of, draft));
      if (group === undefined) groups.push({ of: draft, members: [{ draft, i }] });
      else group.members.push({ draft, i });
    }
  }
  const divisors = lines.map((line) => {
    const rates = ratesOf(line.taxes);
    return prices_include_tax ? whole + rates : whole;
  });
  for (const { of, members } of groups) {
    const { parts } = roundTogether(
      members.map(({ i }) => elementAt(left_minor, i)),
      of.rate_millionths,
      members.map(({ i }) => elementAt(divisors, i)),
      members.map(({ i }) => elementAt(lines, i).id),
    );
    for (const [at, part] of parts.entries()) elementAt(members, at).draft.amount_minor = part;
  }
}

/** Whether two taxes stand in one row of the document: same tax, same code, same rate. */
export function isSameTax(a: TaxToApply, b: TaxToApply): boolean {
  return a.rate_millionths === b.rate_millionths && a.tax === b.tax && a.code === b.code;
}
