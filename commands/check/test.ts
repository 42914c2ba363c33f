import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Skipped, Step, StepResult } from './step.ts';
import { steps } from './steps.ts';

const AT_ONCE_MAX = 2;

/**
 * `npm test`: every check that the project has. `npm test -- --only layers,types` runs some of them, `npm test --
 * --only tests electron/till` some test files. Each check counts, each test counts; the last line says how many passed
 * and failed, and the exit code whether all did.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  const names = values.only?.split(',') ?? steps.map(({ name }) => name);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`no step ${unknown.join(', ')}; there are ${steps.map(({ name }) => name).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const chosen = steps.filter(({ name }) => names.includes(name));
  const results = await runAll(chosen, positionals);
  const skipped: Skipped[] = [
    ...steps.filter((step) => !chosen.includes(step)).map(({ name }) => ({ name, reason: 'not among --only' })),
    ...results.flatMap((result) => result.skipped),
  ];
  for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
  const passed = sum(results.map((result) => result.passed));
  const failed = sum(results.map((result) => result.failed));
  console.log(`${passed} passed, ${failed} failed${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** The quick steps a few at a time, then the slow ones one by one. Printed in their order, as soon as that allows. */
async function runAll(chosen: readonly Step[], files: readonly string[]): Promise<readonly StepResult[]> {
  const quick = chosen.filter(({ isSlow }) => isSlow !== true);
  const running: Promise<() => readonly StepResult[]>[] = [];
  const lanes: Promise<unknown>[] = Array.from({ length: Math.min(AT_ONCE_MAX, availableParallelism()) }, () =>
    Promise.resolve(),
  );
  for (const [index, step] of quick.entries()) {
    const lane = index % lanes.length;
    const run = Promise.resolve(lanes[lane]).then(() => runStep(step, files));
    lanes[lane] = run;
    running.push(run);
  }
  const results: StepResult[] = [];
  for (const run of running) results.push(...(await run)());
  for (const step of chosen.filter(({ isSlow }) => isSlow === true)) results.push(...(await runStep(step, files))());
  return results;
}

/** Runs a step and answers what prints its result and gives it. */
async function runStep(step: Step, files: readonly string[]): Promise<() => readonly StepResult[]> {
  const start = performance.now();
  const results = await step.run({ root: process.cwd(), files });
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  return () => {
    for (const { name, passed, failed, note, output } of results) {
      if (passed + failed === 0) continue; // skipped, and named as such at the end
      if (failed > 0 && output !== '') console.log(`\n${output.trimEnd()}\n`);
      console.log(`${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(9)} ${seconds.padStart(6)} s  ${note}`);
    }
    return results;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

// Whoever stops this alone, and not its process group, means what it runs as well: program.ts listens for the exit.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
await main();
