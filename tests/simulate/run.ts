/**
 * Runs the worlds of some seeds, one after another, and answers what came of them as one line of JSON. A process of its own:
 * `npm run simulate` starts one for each core. Parameters: the first seed, how many, and the step from one to the next.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Fault, faultNames } from './fates.ts';
import { makeScratch } from './scratch.ts';
import { shrink } from './shrink.ts';
import { simulate, type Simulated } from './simulate.ts';
import { Templates } from './templates.ts';
import { type Work, workNames } from './work.ts';

/** A world that went wrong. */
export interface Failure {
  readonly seed: number;
  readonly violations: readonly string[];
  /** What was left when it was made small; only of a process's first failure. */
  readonly trace?: readonly string[];
}

/** What one process answers. */
export interface Ran {
  readonly seeds: number;
  readonly events: number;
  /** Seconds of a core that the worlds took. */
  readonly cpu_s: number;
  readonly violations: number;
  readonly faults: Readonly<Record<Fault, number>>;
  readonly work: Readonly<Record<Work, number>>;
  readonly failures: readonly Failure[];
  /** Of each seed: its tills, events and trace. */
  readonly worlds: readonly {
    readonly seed: number;
    readonly tills: number;
    readonly events: number;
    readonly trace: string;
  }[];
}

const shrinkLimits = { runs: 150, ms: 60_000 };
async function run(from: number, count: number): Promise<Ran> {
  const folder = makeScratch();
  const templates = new Templates(join(folder, 'templates'));
  const faults = new Map<Fault, number>(faultNames.map((fault) => [fault, 0]));
  const work = new Map<Work, number>(workNames.map((name) => [name, 0]));
  const failures: Failure[] = [];
  const worlds: { seed: number; tills: number; events: number; trace: string }[] = [];
  const began = process.cpuUsage();
  let violations = 0;
  try {
    for (let seed = from; worlds.length < count; seed += 1) {
      const world = await simulate(seed, { templates, folder }).catch((cause: unknown) => {
        throw new Error(`seed ${seed} could not be run`, { cause });
      });
      worlds.push({ seed, tills: world.tills, events: world.events, trace: world.trace.hash() });
      for (const [fault, times] of world.faults) faults.set(fault, (faults.get(fault) ?? 0) + times);
      for (const [name, times] of world.work) work.set(name, (work.get(name) ?? 0) + times);
      violations += world.violations.length;
      if (world.violations.length > 0)
        failures.push(await describe(world, failures.length === 0, { templates, folder }));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { system, user } = process.cpuUsage(began);
  return {
    seeds: worlds.length,
    events: worlds.reduce((sum, { events }) => sum + events, 0),
    cpu_s: (system + user) / 1e6,
    violations,
    faults: Object.fromEntries(faults) as Record<Fault, number>,
    work: Object.fromEntries(work) as Record<Work, number>,
    failures,
    worlds,
  };
}

async function describe(
  world: Simulated,
  isShrunk: boolean,
  options: { readonly templates: Templates; readonly folder: string },
): Promise<Failure> {
  const violations = world.violations.map(({ detail, kind }) => `${kind}: ${detail}`);
  if (!isShrunk) return { seed: world.seed, violations };
  const { last } = await shrink(world, options, shrinkLimits);
  return { seed: world.seed, violations, trace: last.trace.lines };
}

if (import.meta.main) {
  const [from = 1, count = 1] = process.argv.slice(2).map(Number);
  console.log(JSON.stringify(await run(from, count)));
}
