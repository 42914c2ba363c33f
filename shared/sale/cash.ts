import { currencyDecimals } from '../money/currency.ts';
import { mulDiv } from '../money/mul-div.ts';
import { asMinor, type Minor } from '../money/minor.ts';
import { parseMoney } from '../money/parse.ts';

/** A note or a coin that is in use. */
export type Denomination = { readonly kind: 'note' | 'coin'; readonly value_minor: Minor };

/**
 * Notes and coins that tills hold, as the issuing banks publish them (2025), largest first. Pieces that are legal tender
 * and hardly seen (the two-dollar note, the half dollar, the 2000 yen note) are left out: nobody counts or gives them.
 */
const inUse: Readonly<Record<string, { readonly notes: string; readonly coins: string }>> = {
  AED: { notes: '1000 500 200 100 50 20 10 5', coins: '1 0.50 0.25' },
  ARS: { notes: '20000 10000 2000 1000 500 200 100', coins: '10 5 2 1' },
  AUD: { notes: '100 50 20 10 5', coins: '2 1 0.50 0.20 0.10 0.05' },
  BHD: { notes: '20 10 5 1 0.500', coins: '0.100 0.050 0.025 0.010 0.005' },
  BRL: { notes: '200 100 50 20 10 5 2', coins: '1 0.50 0.25 0.10 0.05' },
  CAD: { notes: '100 50 20 10 5', coins: '2 1 0.25 0.10 0.05' },
  CHF: { notes: '1000 200 100 50 20 10', coins: '5 2 1 0.50 0.20 0.10 0.05' },
  CLP: { notes: '20000 10000 5000 2000 1000', coins: '500 100 50 10' },
  CNY: { notes: '100 50 20 10 5 1', coins: '0.50 0.10' },
  COP: { notes: '100000 50000 20000 10000 5000 2000', coins: '1000 500 200 100 50' },
  CZK: { notes: '5000 2000 1000 500 200 100', coins: '50 20 10 5 2 1' },
  DKK: { notes: '500 200 100 50', coins: '20 10 5 2 1 0.50' },
  EGP: { notes: '200 100 50 20 10 5', coins: '1 0.50 0.25' },
  EUR: { notes: '500 200 100 50 20 10 5', coins: '2 1 0.50 0.20 0.10 0.05 0.02 0.01' },
  GBP: { notes: '50 20 10 5', coins: '2 1 0.50 0.20 0.10 0.05 0.02 0.01' },
  HKD: { notes: '1000 500 100 50 20 10', coins: '5 2 1 0.50 0.20 0.10' },
  HUF: { notes: '20000 10000 5000 2000 1000 500', coins: '200 100 50 20 10 5' },
  IDR: { notes: '100000 50000 20000 10000 5000 2000 1000', coins: '500 200 100' },
  ILS: { notes: '200 100 50 20', coins: '10 5 2 1 0.50 0.10' },
  INR: { notes: '500 200 100 50 20 10', coins: '5 2 1' },
  ISK: { notes: '10000 5000 2000 1000 500', coins: '100 50 10 5 1' },
  JOD: { notes: '50 20 10 5 1', coins: '0.500 0.250 0.100 0.050 0.010' },
  JPY: { notes: '10000 5000 1000', coins: '500 100 50 10 5 1' },
  KES: { notes: '1000 500 200 100 50', coins: '20 10 5 1' },
  KRW: { notes: '50000 10000 5000 1000', coins: '500 100 50 10' },
  KWD: { notes: '20 10 5 1 0.500 0.250', coins: '0.100 0.050 0.020 0.010 0.005' },
  MAD: { notes: '200 100 50 20', coins: '10 5 2 1 0.50 0.20 0.10' },
  MXN: { notes: '1000 500 200 100 50', coins: '20 10 5 2 1 0.50' },
  MYR: { notes: '100 50 20 10 5 1', coins: '0.50 0.20 0.10 0.05' },
  NOK: { notes: '1000 500 200 100 50', coins: '20 10 5 1' },
  NZD: { notes: '100 50 20 10 5', coins: '2 1 0.50 0.20 0.10' },
  OMR: { notes: '50 20 10 5 1 0.500 0.100', coins: '0.050 0.025 0.010 0.005' },
  PHP: { notes: '1000 500 200 100 50', coins: '20 10 5 1 0.25 0.05 0.01' },
  PLN: { notes: '500 200 100 50 20 10', coins: '5 2 1 0.50 0.20 0.10 0.05 0.02 0.01' },
  QAR: { notes: '500 200 100 50 10 5 1', coins: '0.50 0.25' },
  RON: { notes: '500 200 100 50 20 10 5 1', coins: '0.50 0.10 0.05 0.01' },
  RSD: { notes: '5000 2000 1000 500 200 100 50 20 10', coins: '5 2 1' },
  SAR: { notes: '500 200 100 50 10 5', coins: '2 1 0.50 0.25 0.10 0.05 0.01' },
  SEK: { notes: '1000 500 200 100 50 20', coins: '10 5 2 1' },
  SGD: { notes: '100 50 10 5 2', coins: '1 0.50 0.20 0.10 0.05' },
  THB: { notes: '1000 500 100 50 20', coins: '10 5 2 1 0.50 0.25' },
  TND: { notes: '50 20 10 5', coins: '2 1 0.500 0.200 0.100 0.050 0.020 0.010' },
  TRY: { notes: '200 100 50 20 10 5', coins: '1 0.50 0.25 0.10 0.05' },
  UAH: { notes: '1000 500 200 100 50 20', coins: '10 5 2 1 0.50' },
  USD: { notes: '100 50 20 10 5 1', coins: '0.25 0.10 0.05 0.01' },
  VND: { notes: '500000 200000 100000 50000 20000 10000 5000 2000 1000', coins: '' },
  ZAR: { notes: '200 100 50 20 10', coins: '5 2 1 0.50 0.20 0.10' },
};

const byCurrency: ReadonlyMap<string, readonly Denomination[]> = new Map(
  Object.entries(inUse).map(([currency, { notes, coins }]) => [
    currency,
    [...pieces('note', notes, currency), ...pieces('coin', coins, currency)],
  ]),
);

function pieces(kind: Denomination['kind'], values: string, currency: string): Denomination[] {
  return values.split(' ').flatMap((text) => {
    const value = parseMoney(text, currency);
    return value.ok ? [{ kind, value_minor: value.value }] : [];
  });
}

/** The notes and coins of a currency, largest first; none where they are not known here. */
export function denominations(currency: string): readonly Denomination[] {
  return byCurrency.get(currency) ?? [];
}

/** Of the largest note in use. */
const mostNotesOfChange = 10;
/** Where the notes are not known: ten times a million, the largest number on any note that is printed today. */
const mostUnitsOfChange = 10_000_000;

/**
 * The most change that a till gives. More change than one of the largest notes means that a note too many was handed over;
 * ten of them leave room for a bundle laid on the counter, and for larger notes that are good and no longer printed (100
 * GBP, 1 000 USD, 1 000 SGD). Beyond it a decimal point was missed, or a barcode was typed for an amount. The one real note
 * that lies beyond, Singapore's of 10 000 dollars, was last printed in 2014, and no shop changes it.
 */
export function mostChange(currency: string): Minor {
  const [largest] = denominations(currency);
  const units = 10 ** currencyDecimals(currency);
  return asMinor(largest === undefined ? mostUnitsOfChange * units : mostNotesOfChange * largest.value_minor);
}

/** How many amounts are suggested beside the exact one. */
const maxSuggestions = 4;

/**
 * What a customer is likely to hand over for an amount that is due: the exact amount, then four round ones, rising.
 * First the amount rounded up to each note. If these are too few, to one note more, with notes worth at least a tenth of
 * what is due, and then with further notes of the largest kind. Below the smallest note also single coins. Only the exact
 * amount where notes are not known; nothing for nothing.
 *
 *     quickCash(2485, 'GBP') // 2485, 2500, 3000, 4000, 5000
 *     quickCash(3985, 'GBP') // 3985, 4000, 4500, 5000, 6000
 */
export function quickCash(due_minor: number, currency: string): Minor[] {
  const due = asMinor(due_minor);
  if (due <= 0) return [];
  const all = denominations(currency);
  const notes = all.filter(({ kind }) => kind === 'note').map(({ value_minor }) => value_minor);
  const largest = notes[0];
  if (largest === undefined) return [due];

  const isBelowNotes = notes.every((note) => note > due);
  const coins = all.filter(({ kind, value_minor }) => kind === 'coin' && isBelowNotes && value_minor > due);
  const likely = new Set<number>(coins.map(({ value_minor }) => value_minor));
  for (const note of notes) likely.add(nextMultiple(due, note));
  const further = notes.filter((note) => note >= due / 10).map((note) => nextMultiple(due, note) + note);
  for (let i = 1; i <= maxSuggestions; i += 1) further.push(nextMultiple(due, largest) + i * largest);
  for (const amount of further.toSorted((a, b) => a - b)) if (likely.size < maxSuggestions) likely.add(amount);
  const rising = [...likely].toSorted((a, b) => a - b).slice(0, maxSuggestions);
  return [due, ...rising.map(asMinor)];
}

/** The next multiple above `amount`; the amount itself is not above itself. */
function nextMultiple(amount: number, step: number): number {
  return (mulDiv(amount, 1, step, 'down') + 1) * step;
}

export type ChangePieces = {
  readonly pieces: readonly (Denomination & { readonly count: number })[];
  /** What no note or coin makes: the pennies of a currency that has none left. */
  readonly rest_minor: Minor;
};

/** Change in the fewest notes and coins, largest first. `change_minor` is not negative (`TypeError`). */
export function changeInDenominations(change_minor: number, currency: string): ChangePieces {
  let rest: number = asMinor(change_minor);
  if (rest < 0) throw new TypeError(`negative change: ${rest}`);
  const counted: (Denomination & { readonly count: number })[] = [];
  for (const piece of denominations(currency)) {
    const count = mulDiv(rest, 1, piece.value_minor, 'down');
    if (count === 0) continue;
    rest -= count * piece.value_minor;
    counted.push({ ...piece, count });
  }
  return { pieces: counted, rest_minor: asMinor(rest) };
}
