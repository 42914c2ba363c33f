/**
 * `npm run rebuild -- <till.db> <new.db> [--json]`: a new till file from the journal of an old one. The old file is only
 * read. Exit code 0 when the whole journal came over, 1 when its chain is broken somewhere, 2 when a file can't be used.
 */
import { existsSync } from 'node:fs';
import { OpenError, openTillFile, openTillFileToRead } from '../electron/till/db/open.ts';
import { rebuildTill } from '../electron/till/journal/rebuild.ts';
import { tillMigrations } from '../migrations/till/list.ts';

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const [from, into] = args.filter((arg) => !arg.startsWith('--'));
if (from === undefined || into === undefined) {
  console.error('Usage: npm run rebuild -- <till.db> <new.db> [--json]');
  process.exit(2);
}
if (existsSync(into)) {
  console.error(`${into} is there already; nothing was written.`);
  process.exit(2);
}
try {
  const source = openTillFileToRead(from);
  const target = openTillFile(into, { create: true, migrations: tillMigrations });
  const rebuilt = rebuildTill(source, target.writer);
  target.close();
  source.close();
  console.log(`${rebuilt.entries} entries copied and projected, head ${rebuilt.head ?? 'none'}`);
  if (rebuilt.unknown_kinds > 0)
    console.log(`${rebuilt.unknown_kinds} entries are of kinds that this version does not know; kept raw`);
  if (rebuilt.bad_payloads > 0)
    console.log(`${rebuilt.bad_payloads} private payloads are not what was recorded; not copied`);
  for (const basket of rebuilt.open_baskets)
    console.log(`Left behind: a basket of ${basket.lines} lines, opened at ${basket.opened_at}`);
  if (rebuilt.bad !== null)
    console.log(`STOPPED before entry ${rebuilt.bad.seq}: ${rebuilt.bad.fault}: ${rebuilt.bad.detail}`);
  if (isJson) console.log(JSON.stringify(rebuilt));
  process.exit(rebuilt.bad === null ? 0 : 1);
} catch (error) {
  if (!(error instanceof OpenError) && !(error instanceof Error && error.name === 'SqliteError')) throw error;
  console.error(`${from} was not rebuilt: ${error.message}`);
  process.exit(2);
}
