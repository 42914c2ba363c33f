/**
 * `npm run simulate -- --seeds N [--from S] [--json]`: runs N worlds of tills, people, networks and a head office, in virtual
 * time, each with troubles of its own, and holds what central has in the end against the receipts that were printed. The same
 * seed is the same world. What goes wrong is printed with its seed and with as little of its trace as still goes wrong.
 *
 * With --json the last line is { seeds, events, events_per_s, violations, faults, … }. `events_per_s` is of one core: events
 * over the processor time that all worlds took. Exit code 1 where anything was violated.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const child = fileURLToPath(new URL('../tests/simulate/run.ts', import.meta.url));

/** What a child answers: tests/simulate/run.ts. */
const ranSchema = z.object({
  seeds: z.int(),
  events: z.int(),
  cpu_s: z.number(),
  violations: z.int(),
  faults: z.record(z.string(), z.int()),
  work: z.record(z.string(), z.int()),
  failures: z.array(
    z.object({ seed: z.int(), violations: z.array(z.string()), trace: z.array(z.string()).optional() }),
  ),
  worlds: z.array(z.object({ seed: z.int(), tills: z.int(), events: z.int(), trace: z.string() })),
});
type Ran = z.infer<typeof ranSchema>;

const mostLines = 200;
const mostInPart = 200;

function readArguments() {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, from: { type: 'string' }, json: { type: 'boolean' } },
  });
  const seeds = Number(values.seeds);
  const from = Number(values.from ?? 1);
  const isSound = Number.isSafeInteger(seeds) && seeds > 0 && Number.isSafeInteger(from) && from >= 0;
  return isSound ? { seeds, from, isJson: values.json === true } : undefined;
}

/** Runs some seeds in a process of its own. */
async function runPart(from: number, count: number): Promise<Ran> {
  // Young memory large enough that a world's rows die in it.
  const parameters = ['--max-semi-space-size=32', child, String(from), String(count)];
  const process_ = spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  process_.stdout.setEncoding('utf8');
  process_.stdout.on('data', (text: string) => (output += text));
  const stopWithUs = () => process_.kill();
  process.once('exit', stopWithUs);
  const end = await new Promise<number | string | null>((resolve) => {
    process_.once('close', (code, signal) => resolve(code ?? signal));
  });
  process.off('exit', stopWithUs);
  if (end !== 0) throw new Error(`the worlds from seed ${from} ended with ${String(end)}`);
  return ranSchema.parse(JSON.parse(output));
}

/**
 * Runs all seeds, on every core some at a time. A process ends after its part: what a crash in the middle of a statement leaves
 * open, as the system does after a real one, goes with it.
 */
async function runAll(from: number, seeds: number): Promise<readonly Ran[]> {
  const cores = Math.min(seeds, availableParallelism());
  const each = Math.min(mostInPart, Math.ceil(seeds / cores));
  const ran: Ran[] = [];
  let next = from;
  const work = async (): Promise<void> => {
    while (next < from + seeds) {
      const first = next;
      next += Math.min(each, from + seeds - first);
      ran.push(await runPart(first, next - first));
      if (ran.length > cores)
        console.log(
          `${sum(ran.map((part) => part.seeds))} worlds, ${sum(ran.map((part) => part.violations))} violations`,
        );
    }
  };
  await Promise.all(Array.from({ length: cores }, work));
  return ran;
}

function tell(failures: Ran['failures']): void {
  for (const { seed, trace, violations } of failures) {
    console.log(`seed ${seed}: ${violations.length} violated, first: ${violations[0] ?? ''}`);
    if (trace === undefined) continue;
    console.log(`what is left of its trace when as much as possible is left out (the last ${mostLines} lines):`);
    for (const line of trace.slice(-mostLines)) console.log(`  ${line}`);
  }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

async function main(): Promise<void> {
  const asked = readArguments();
  if (asked === undefined) {
    console.error('Usage: npm run simulate -- --seeds N [--from S] [--json]');
    process.exitCode = 2;
    return;
  }
  const { from, isJson, seeds } = asked;
  const began = performance.now();
  const ran = await runAll(from, seeds);
  const worlds = ran.flatMap((part) => part.worlds).toSorted((a, b) => a.seed - b.seed);
  const events = sum(ran.map((part) => part.events));
  const added = (what: 'faults' | 'work') =>
    Object.fromEntries(
      Object.keys(ran[0]?.[what] ?? {}).map((name) => [name, sum(ran.map((part) => part[what][name] ?? 0))]),
    );
  const result = {
    seeds: sum(ran.map((part) => part.seeds)),
    events,
    events_per_s: Math.round(events / sum(ran.map((part) => part.cpu_s))),
    violations: sum(ran.map((part) => part.violations)),
    faults: added('faults'),
    /** What people did beside selling, and how it ended. */
    work: added('work'),
    tills_median: middle(worlds.map(({ tills }) => tills)),
    events_median: middle(worlds.map((world) => world.events)),
    seconds: Math.round((performance.now() - began) / 100) / 10,
    failed_seeds: ran.flatMap((part) => part.failures.map(({ seed }) => seed)).toSorted((a, b) => a - b),
    /** Of all traces, in the order of seeds. */
    trace: createHash('sha256')
      .update(worlds.map(({ trace }) => trace).join())
      .digest('hex'),
  };
  tell(ran.flatMap((part) => part.failures));
  const { events_per_s, violations } = result;
  console.log(`${result.seeds} worlds, ${events} events (${events_per_s}/s of one core), ${violations} violations`);
  if (isJson) console.log(JSON.stringify(result));
  process.exitCode = violations === 0 ? 0 : 1;
}

await main();
