/**
 * `npm run torture -- --minutes M [--tills N] [--seed S] [--folder FOLDER] [--json]`: tills in processes of their own sell at a real
 * PostgreSQL while both are killed, frozen, shut down and set back; then all is healed, they sell on, and what customers
 * were handed is held against the head office's tables. Exit code 0 when nothing was lost, doubled or changed.
 */
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isSound, removeTorture, runTorture, type TortureResult } from './torture/run.ts';

const usage = `Usage: npm run torture -- --minutes M [--tills N] [--seed S] [--folder FOLDER] [--json]

  --minutes M       how long faults come, 0.1 to 1440
  --tills N         how many tills there are, 1 to 32; 8 when left out
  --seed S          which faults come in which order, 0 to 4294967295; drawn when left out
  --folder FOLDER   where tills and PostgreSQL keep their files, new or empty; without it they go at the end
  --json            one line of JSON at the end, and nothing else on the standard output`;

const exitCodes = { unsound: 1, usage: 2, failed: 3, interrupted: 130 };

interface Asked {
  readonly minutes: number;
  readonly tills: number;
  readonly seed: number;
  readonly folder: string | undefined;
  readonly json: boolean;
}

function readCommandLine(): Asked | undefined {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: 'string' },
        tills: { type: 'string', default: '8' },
        seed: { type: 'string' },
        folder: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const minutes = Number(values.minutes);
    const tills = Number(values.tills);
    const seed = values.seed === undefined ? randomInt(2 ** 32) : Number(values.seed);
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) return undefined;
    if (!(minutes >= 0.1 && minutes <= 1440) || !Number.isInteger(tills) || tills < 1 || tills > 32) return undefined;
    return { minutes, tills, seed, folder: values.folder, json: values.json };
  } catch {
    // parseArgs throws for an option that it does not know; what may be given is said below.
    return undefined;
  }
}

function makeFolder(wanted: string | undefined): string {
  if (wanted === undefined) return mkdtempSync(join(tmpdir(), 'evertill-torture-'));
  const folder = resolve(wanted);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

function describe({ faults, findings, ...figures }: TortureResult): string {
  const lines = Object.entries({ ...figures, ...faults }).map(([name, value]) => `${name.padEnd(22)} ${String(value)}`);
  return [...lines, ...findings.slice(0, 50).map((finding) => `WRONG: ${finding}`)].join('\n');
}

async function run({ folder: wanted, json, minutes, seed, tills }: Asked): Promise<number> {
  const folder = makeFolder(wanted);
  const result = await runTorture({
    seconds: minutes * 60,
    seed,
    tills,
    folder,
    pace_ms: 250,
    // Most pass within a till's patience, some do not.
    frozen_ms: 14_000,
    patience_ms: 180_000,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`${json ? JSON.stringify(result) : describe(result)}\n`);
  if (!isSound(result)) {
    process.stderr.write(`The files are kept in ${folder}\n`);
    return exitCodes.unsound;
  }
  if (wanted === undefined) removeTorture(folder);
  return 0;
}

const asked = process.platform === 'win32' ? undefined : readCommandLine();
if (asked === undefined) {
  process.stderr.write(process.platform === 'win32' ? 'Windows has no SIGSTOP.\n' : `${usage}\n`);
  process.exitCode = exitCodes.usage;
} else {
  // What we started ends with us.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      process.stderr.write(`${signal}: the torture ends, and nothing was compared\n`);
      process.exit(exitCodes.interrupted);
    });
  try {
    process.exitCode = await run(asked);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.failed;
  }
  // A process that was killed may leave something of its own behind; nothing is left to be waited for.
  process.exit();
}
