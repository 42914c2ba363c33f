/**
 * `npm run verify -- <till.db> [--json]`: recomputes everything that a till recorded, beside the running till: the file
 * itself, every entry and its hash, and every table that is made from them. Exit code 0 when all is as it was recorded,
 * 1 when something is not (the first bad entry is named, or the guards that were taken out), 2 when the file can't be read.
 *
 * What a head office told the till is in no entry of the till: those tables are named as not proved. A file that
 * `npm run rebuild` makes has none of it, and asks the head office for it anew.
 *
 * Whoever cut off the end of a journal that no head office has confirmed, and made the rest of the file agree, is found
 * out only by the head that is printed here: hold it against the head office's, or against the last one that was written down.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenError, openTillFile, openTillFileToRead } from '../electron/till/db/open.ts';
import type { ReadDb } from '../electron/till/db/statement.ts';
import { compareProjections, type Difference, unprovedTables } from '../electron/till/journal/compare.ts';
import { printable } from '../electron/till/journal/printable.ts';
import { rebuildTill } from '../electron/till/journal/rebuild.ts';
import { type Verified, verifyJournal } from '../electron/till/journal/verify.ts';
import { tillMigrations } from '../migrations/till/list.ts';

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const [path] = args.filter((arg) => !arg.startsWith('--'));
if (path === undefined) {
  console.error('Usage: npm run verify -- <till.db> [--json]');
  process.exit(2);
}
// All is done on a copy of one moment: the till beside us goes on selling, and waits for nobody.
const folder = mkdtempSync(join(tmpdir(), 'evertill-verify-'));
process.exitCode = await verify(path).catch((error: unknown) => {
  if (!(error instanceof OpenError) && !(error instanceof Error && error.name === 'SqliteError')) throw error;
  console.error(`${path} can't be read: ${error.message}`);
  return 2;
});
rmSync(folder, { recursive: true, force: true });

async function verify(till: string): Promise<0 | 1> {
  const copyPath = join(folder, 'copy.db');
  const live = openTillFileToRead(till);
  await live.connection.backup(copyPath, { progress: () => 1_000_000 });
  live.close();
  const copy = openTillFileToRead(copyPath);
  const damage = damageOf(copy);
  const found = verifyJournal(copy);
  const tables = found.bad === null && damage === null ? compareTables(copy) : null;
  const unproved = tables === null ? [] : unprovedTables(copy);
  copy.close();
  tell(found, damage, tables);
  tellUnproved(unproved);
  if (isJson) console.log(JSON.stringify({ ...found, damage, tables, unproved }));
  const isGuarded = found.missing_guards.length === 0;
  return found.bad === null && damage === null && tables?.length === 0 && isGuarded ? 0 : 1;
}

/** What SQLite itself says of the file, its first complaint; null where it is sound. */
function damageOf(copy: ReadDb): string | null {
  try {
    const said = copy.connection.pragma('integrity_check(1)', { simple: true });
    return said === 'ok' ? null : printable(String(said));
  } catch (error) {
    return printable(error instanceof Error ? error.message : String(error));
  }
}

/** Makes every table again from the journal, and compares. */
function compareTables(copy: ReadDb): readonly Difference[] {
  const made = openTillFile(join(folder, 'made.db'), { create: true, migrations: tillMigrations });
  try {
    rebuildTill(copy, made.writer);
    return compareProjections(copy, made.reader);
  } finally {
    made.close();
  }
}

function tell(found: Verified, damage: string | null, tables: readonly Difference[] | null): void {
  console.log(`${found.entries} entries read, head ${found.head ?? 'none'}`);
  if (found.unknown_kinds > 0)
    console.log(`${found.unknown_kinds} entries are of kinds that this version does not know`);
  if (found.cut_short > 0) console.log(`Warning: ${found.cut_short} entries of a fork were never adopted`);
  if (found.erased_payloads > 0) console.log(`${found.erased_payloads} private payloads were erased`);
  if (found.missing_payloads > 0) console.log(`Warning: ${found.missing_payloads} private payloads are missing`);
  if (found.unnamed_payloads > 0)
    console.log(`${found.unnamed_payloads} private payloads came with the head office’s feed, not with an entry`);
  if (found.missing_guards.length > 0)
    console.log(`BAD: taken out of the file, which they guard: ${found.missing_guards.join(', ')}`);
  if (damage !== null) console.log(`BAD: the file is damaged: ${damage}`);
  if (found.bad === null) console.log('The journal is whole: every entry is what was recorded.');
  else
    console.log(
      `BAD: ${found.bad.seq === 0 ? 'not an entry' : `entry ${found.bad.seq}`}: ${found.bad.fault}: ${found.bad.detail}`,
    );
  if (tables === null) console.log('What the till shows was not compared with the journal.');
  else if (tables.length === 0) console.log('The tables made from the journal are what it says, row by row.');
  for (const { missing, seq, table, wrong } of tables ?? []) {
    const where = seq === null ? '' : `, first at entry ${seq}`;
    console.log(`BAD: ${table}: ${wrong} rows are not what the journal says, ${missing} are missing${where}`);
  }
  if (tables !== null && tables.length > 0) console.log('npm run rebuild makes a new file from the journal.');
}

/** What nothing in this file can speak for, and how it is made sure of all the same. */
function tellUnproved(tables: readonly string[]): void {
  if (tables.length === 0) return;
  console.log(`NOT PROVED, since the head office said it and no entry here does: ${tables.join(', ')}`);
  console.log('To be sure of these too: npm run rebuild makes a file without them, which asks the head office anew.');
}
