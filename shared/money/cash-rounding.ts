import { asMinor, type Minor } from './minor.ts';
import { mulDiv, type Rounding } from './mul-div.ts';

/**
 * What cash is rounded to where the smallest coins are gone: 5 in Switzerland, Canada and the Netherlands, 10 in New
 * Zealand, 50 in Denmark, 100 in Sweden and Norway. Only what is paid in cash is rounded.
 */
export type CashRounding = { readonly step_minor: number; readonly rounding: Exclude<Rounding, 'half_even'> };

/**
 * An amount as cash can pay it. `up` is away from zero, so that giving back mirrors taking.
 * A step that is no positive integer is a programmer's error (`TypeError`).
 *
 *     roundCash(1998, { step_minor: 5, rounding: 'half_up' }) // 2000
 */
export function roundCash(amount_minor: number, { step_minor, rounding }: CashRounding): Minor {
  return asMinor(mulDiv(amount_minor, 1, step_minor, rounding) * step_minor);
}
