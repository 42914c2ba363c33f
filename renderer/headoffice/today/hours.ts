/** The bars of a day, hour by hour, and the lines behind them. */
import { currencyDecimals } from '../../../shared/money/currency.ts';

export interface Hour {
  readonly hour: number;
  readonly total_minor: number;
  readonly before_minor: number;
}

/** The hours that are drawn: 8 to 19 at least, more where there were sales. */
export function fillHours(given: readonly Hour[]): Hour[] {
  const first = Math.min(8, ...given.map(({ hour }) => hour));
  const last = Math.max(19, ...given.map(({ hour }) => hour));
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const hour = first + i;
    return given.find((one) => one.hour === hour) ?? { hour, total_minor: 0, before_minor: 0 };
  });
}

/**
 * Lines for a scale from 0 to at least `most_minor`: three to five steps of 1, 2 or 5 times a power of ten whole units of
 * the currency. The last one is the top of the scale.
 */
export function scaleLines(most_minor: number, currency: string): number[] {
  let step = 10 ** currencyDecimals(currency);
  for (let i = 0; most_minor > step * 5; i += 1) step = i % 3 === 1 ? (step / 2) * 5 : step * 2;
  const count = Math.max(2, Math.ceil(most_minor / step));
  return Array.from({ length: count + 1 }, (_, i) => i * step);
}
