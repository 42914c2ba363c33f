/** What benches have in common: percentiles, options, places. */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Rounded to three decimals, for people to read. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** Has the disk take what was written a moment ago, so that nobody who is timed waits for it. Nobody has the files open. */
export function flush(...paths: readonly string[]): void {
  for (const path of paths) {
    const descriptor = openSync(path, 'r+');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}

/** A whole number among the arguments: `--sales 3000`. */
export function option(args: readonly string[], name: string, otherwise: number): number {
  const at = args.indexOf(`--${name}`);
  const value = at === -1 ? otherwise : Number(args[at + 1]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} wants a whole number`);
  return value;
}

/** Runs `work` with a folder of its own, on a real disk, and takes the folder away again. */
export async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(process.env['EVERTILL_BENCH_FOLDER'] ?? tmpdir(), 'evertill-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
