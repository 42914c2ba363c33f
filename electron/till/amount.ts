import type { Minor } from '../../shared/money/minor.ts';
import { parseMoney } from '../../shared/money/parse.ts';
import { fail } from './failure.ts';

/** An amount from decimal text, not negative. Fails with `money.malformed`, `.negative`, `.too_fine` or `.too_large`. */
export function readAmount(text: string, currency: string): Minor {
  const parsed = parseMoney(text, currency);
  if (!parsed.ok) return fail(parsed.code, { amount: text.slice(0, 32), currency });
  if (parsed.value < 0) return fail('money.negative', { amount: text.slice(0, 32) });
  return parsed.value;
}
