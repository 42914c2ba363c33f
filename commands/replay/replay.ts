/**
 * `npm run replay -- <invoices.csv[.gz]> --tills N [--limit INVOICES] [--folder FOLDER] [--json]`: rings up a file of real
 * invoices on several tills of one store, through what their screens may ask, while they sync to one PostgreSQL.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../postgres.ts';
import { readInvoices } from './invoices.ts';
import { agrees, replay, type ReplayResult } from './run.ts';

const usage = `Usage: npm run replay -- <invoices.csv[.gz]> --tills N [--limit INVOICES] [--folder FOLDER] [--json]

  --tills N          how many tills of the one store ring them up, 1 to 32
  --limit INVOICES   only the first so many; the catalogue is still that of the whole file
  --folder FOLDER    where tills and PostgreSQL keep their files, new or empty; without it they go at the end
  --json             one line of JSON at the end, and nothing else on the standard output`;

const exitCodes = { differs: 1, usage: 2, failed: 3, interrupted: 130 };
const mostTills = 32;
/** bcrypt's cost in a shop. */
const bcrypt_cost = 12;
const patience_ms = 600_000;
const tell_ms = 5_000;

interface Asked {
  readonly file: string;
  readonly tills: number;
  readonly limit: number | undefined;
  readonly folder: string | undefined;
  readonly json: boolean;
}

/** What the command line asks for; undefined for one that makes no sense. */
function readCommandLine(args: readonly string[]): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        tills: { type: 'string' },
        limit: { type: 'string' },
        folder: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    });
    const [file, ...more] = positionals;
    const tills = readCount(values.tills);
    const limit = values.limit === undefined ? undefined : readCount(values.limit);
    if (file === undefined || more.length > 0 || tills === undefined || tills > mostTills) return undefined;
    if (values.limit !== undefined && limit === undefined) return undefined;
    return { file, tills, limit, folder: values.folder, json: values.json };
  } catch {
    // parseArgs throws for an option that it does not know; what may be given is said below.
    return undefined;
  }
}

function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** The folder to work in, and whether it goes at the end. */
function makeFolder(wanted: string | undefined): { readonly folder: string; readonly isOurs: boolean } {
  if (wanted === undefined) return { folder: mkdtempSync(join(tmpdir(), 'evertill-replay-')), isOurs: true };
  const folder = resolve(wanted);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`${folder} is not empty`);
  mkdirSync(folder, { recursive: true });
  return { folder, isOurs: false };
}

/** Tells of progress every few seconds, and at once of what is new. */
function progressTo(write: (line: string) => void): (progress: string) => void {
  let last = '';
  let told = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const kind = progress.replaceAll(/\d+/g, '');
    if (kind === last && performance.now() - told < tell_ms) return;
    last = kind;
    told = performance.now();
    write(progress);
  };
}

function describe(result: ReplayResult): string {
  const { refused, refused_rows, ...figures } = result;
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  return [
    ...Object.entries(figures).map(([name, value]) => `${name.padEnd(width)}  ${String(value)}`),
    ...Object.entries(refused).map(([reason, count]) => `refused: ${count} × ${reason}`),
    ...refused_rows.map(({ row, invoice, sku, reason }) => `  row ${row}, invoice ${invoice}, ${sku}: ${reason}`),
  ].join('\n');
}

async function run(asked: Asked): Promise<number> {
  const abort = new AbortController();
  // With a process group a signal may come twice; the first one is enough.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => abort.abort());
  const report = progressTo((line) => process.stderr.write(`${line}\n`));
  report(`reading ${asked.file}`);
  const invoices = await readInvoices(asked.file);
  const { folder, isOurs } = makeFolder(asked.folder);
  const postgres = await startPostgres({
    folder: join(folder, 'postgres'),
    password: randomBytes(24).toString('base64url'),
  });
  try {
    const result = await replay({
      invoices,
      tills: asked.tills,
      limit: asked.limit,
      administrator: postgres,
      database: 'replay',
      folder,
      bcrypt_cost,
      patience_ms,
      report,
      signal: abort.signal,
    });
    process.stdout.write(`${asked.json ? JSON.stringify(result) : describe(result)}\n`);
    return agrees(result) ? 0 : exitCodes.differs;
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    return exitCodes.interrupted;
  } finally {
    await postgres.stop();
    // As root, PostgreSQL may live elsewhere than it was asked to.
    if (isOurs) for (const place of [postgres.folder, folder]) rmSync(place, { recursive: true, force: true });
  }
}

const asked = readCommandLine(process.argv.slice(2));
if (asked === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = exitCodes.usage;
} else {
  try {
    process.exitCode = await run(asked);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.failed;
  }
  // A till's thread that was killed may leave something of its own behind; nothing is left to be waited for.
  process.exit();
}
