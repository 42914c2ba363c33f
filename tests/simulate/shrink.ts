/** Makes a failing world small: leaves out tills, faults and turns for as long as it still fails in the same way. */
import { simulate, type Simulated, type SimulateOptions } from './simulate.ts';

export interface Shrunk {
  readonly omitted: ReadonlySet<string>;
  readonly last: Simulated;
  readonly runs: number;
}

/** How long it may take: worlds that are run, and milliseconds of real time. */
export interface ShrinkLimits {
  readonly runs: number;
  readonly ms: number;
}

export async function shrink(failing: Simulated, options: SimulateOptions, limits: ShrinkLimits): Promise<Shrunk> {
  const kind = failing.violations[0]?.kind;
  const until = performance.now() + limits.ms;
  let runs = 0;
  let omitted: ReadonlySet<string> = new Set();
  let last = failing;

  /** Whether the world still fails without these; if so, they stay out. */
  const without = async (names: readonly string[]): Promise<boolean> => {
    if (runs >= limits.runs || performance.now() > until) return false;
    runs += 1;
    const more = new Set([...omitted, ...names]);
    const result = await simulate(failing.seed, { ...options, omitted: more, isTraced: true });
    if (!result.violations.some((violation) => violation.kind === kind)) return false;
    omitted = more;
    last = result;
    return true;
  };

  // The largest things first: without a till, all that happened at it is gone too.
  await drop(
    failing.places.map(({ label }) => `till ${label}`),
    without,
  );
  // What is left out makes room for other faults and turns, so they are looked at anew, until nothing more goes.
  for (let before = -1; before < omitted.size;) {
    before = omitted.size;
    await drop([...new Set(last.struck)], without);
    await drop(last.turns, without);
  }
  return { omitted, last, runs };
}

/** Leaves out half of them, then quarters, and so on down to one by one. */
async function drop(names: readonly string[], without: (names: readonly string[]) => Promise<boolean>): Promise<void> {
  let left = [...names];
  for (let size = Math.ceil(left.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const kept: string[] = [];
    for (let i = 0; i < left.length; i += size) {
      const part = left.slice(i, i + size);
      if (!(await without(part))) kept.push(...part);
    }
    left = kept;
  }
}
