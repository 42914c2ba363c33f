/**
 * `npm run verify -- <till.db> [--json]`: recomputes a till's journal beside the running till. Exit code 0 when everything
 * is as it was recorded, 1 when something is not (the first bad entry is named), 2 when the file can't be read.
 *
 * Whoever cut off the end of a journal that no head office has confirmed, and made the rest of the file agree, is found
 * out only by the head that is printed here: hold it against the head office's, or against the last one that was written down.
 */
import { OpenError, openTillFileToRead } from '../electron/till/db/open.ts';
import { verifyJournal } from '../electron/till/journal/verify.ts';

const args = process.argv.slice(2);
const isJson = args.includes('--json');
const [path] = args.filter((arg) => !arg.startsWith('--'));
if (path === undefined) {
  console.error('Usage: npm run verify -- <till.db> [--json]');
  process.exit(2);
}
try {
  const file = openTillFileToRead(path);
  const found = verifyJournal(file);
  file.close();
  console.log(`${found.entries} entries read, head ${found.head ?? 'none'}`);
  if (found.unknown_kinds > 0)
    console.log(`${found.unknown_kinds} entries are of kinds that this version does not know`);
  if (found.erased_payloads > 0) console.log(`${found.erased_payloads} private payloads were erased`);
  if (found.missing_payloads > 0) console.log(`Warning: ${found.missing_payloads} private payloads are missing`);
  if (found.unnamed_payloads > 0)
    console.log(`${found.unnamed_payloads} private payloads came with the head office’s feed, not with an entry`);
  if (found.missing_guards.length > 0)
    console.log(`Warning: taken out of the file, which they guard: ${found.missing_guards.join(', ')}`);
  if (found.bad === null) console.log('The journal is whole: every entry is what was recorded.');
  else
    console.log(
      `BAD: ${found.bad.seq === 0 ? 'not an entry' : `entry ${found.bad.seq}`}: ${found.bad.fault}: ${found.bad.detail}`,
    );
  if (isJson) console.log(JSON.stringify(found));
  process.exit(found.bad === null ? 0 : 1);
} catch (error) {
  if (!(error instanceof OpenError) && !(error instanceof Error && error.name === 'SqliteError')) throw error;
  console.error(`${path} can't be read: ${error.message}`);
  process.exit(2);
}
