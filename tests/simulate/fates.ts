/** What can go wrong, and how often it does in a world: each seed draws its own rates, so that each world has troubles of its own. */
import type { Draws } from './draws.ts';

/** How rates are drawn: `most` and `least` are chances per effect, or how often in the life of a world. */
interface Rate {
  readonly per: 'commit' | 'file' | 'call' | 'entry' | 'world';
  readonly least: number;
  readonly most: number;
}

/** Every fault there is. The names are the report's. */
export const faults = {
  /** The till's process ends; what it was about to commit is gone. */
  till_crash_before_commit: { per: 'commit', least: 0.000_5, most: 0.02 },
  /** It ends after the commit, and nobody has seen the answer. */
  till_crash_after_commit: { per: 'commit', least: 0.000_5, most: 0.02 },
  /** It ends beside a change to a file: the mark, or one file taking another's place. */
  till_crash_at_file: { per: 'file', least: 0.005, most: 0.2 },
  till_power_off: { per: 'world', least: 0.1, most: 3 },
  disk_full: { per: 'world', least: 0.1, most: 3 },
  /** By up to ten years, either way. */
  clock_jump: { per: 'world', least: 0.1, most: 3 },
  /** The file as it was some time ago; the PC remembers that it had come further. */
  restore: { per: 'world', least: 0.1, most: 2.5 },
  /** The file on another PC as well. */
  clone: { per: 'world', least: 0.1, most: 1.5 },
  /** The whole disk on another PC as well. */
  clone_disk: { per: 'world', least: 0.1, most: 1.5 },
  /** A new PC takes the till over; the one before may come back. */
  replacement: { per: 'world', least: 0.1, most: 1.5 },
  /** A till writes what only a later version knows. */
  newer_version: { per: 'world', least: 0.1, most: 4 },
  /** The connection is reset before the question arrives. */
  cut: { per: 'call', least: 0.001, most: 0.1 },
  /** The question takes effect, and the connection is reset before the answer. */
  lost_answer: { per: 'call', least: 0.001, most: 0.1 },
  /** From here on neither side hears of the other, and nobody is told. */
  half_open: { per: 'call', least: 0.001, most: 0.05 },
  slow: { per: 'call', least: 0.001, most: 0.1 },
  /** The till gives up, connects anew and goes on; then the question of the old connection arrives. */
  reordered: { per: 'call', least: 0.001, most: 0.05 },
  duplicated: { per: 'call', least: 0.001, most: 0.05 },
  /** An entry takes so long to project that central cancels the statement, whenever it comes; nothing of it is kept. */
  statement_timeout: { per: 'entry', least: 0.001, most: 0.05 },
  central_crash_before_commit: { per: 'call', least: 0.000_5, most: 0.02 },
  central_crash_after_commit: { per: 'call', least: 0.000_5, most: 0.02 },
  /** Central as it was some time ago. */
  central_set_back: { per: 'world', least: 0.1, most: 1.5 },
} as const satisfies Readonly<Record<string, Rate>>;

export type Fault = keyof typeof faults;

// The keys of the object above.
export const faultNames = Object.keys(faults) as readonly Fault[];

export type Rates = Readonly<Record<Fault, number>>;

/** The rates of a world: about half of all faults do not happen in it at all. */
export function drawRates(draws: Draws): Rates {
  const share = draws.spread('fates/share', 0.25, 0.9);
  const rateOf = (fault: Fault) => {
    const { least, most } = faults[fault];
    return draws.chance(`fates/${fault}`, share) ? draws.spread(`fates/${fault}/rate`, least, most) : 0;
  };
  return Object.fromEntries(faultNames.map((fault) => [fault, rateOf(fault)])) as Rates;
}
