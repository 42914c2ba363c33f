/**
 * `npm run central -- restored [--settings <file>]`: tells the head office's database that it came back from a backup, so
 * that tills take the catalogue anew and push again what it has forgotten. To be run once after each time it was put back;
 * tills may be connected already. The settings are those of `npm run headoffice`, with the user who administers the
 * database (EVERTILL_DATABASE_USER, EVERTILL_DATABASE_PASSWORD_FILE).
 */
import { parseArgs } from 'node:util';
import { openPool } from '../headoffice/db/pool.ts';
import { readSettings } from './headoffice/settings.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { settings: { type: 'string' } } });
if (positionals.length !== 1 || positionals[0] !== 'restored') {
  console.error('Usage: npm run central -- restored [--settings <file>]');
  process.exit(2);
}
const pool = openPool(readSettings(values.settings, process.env).database);
try {
  await pool.query('select evertill.restored()');
  console.log('The tills will take the catalogue anew, and push again what this database has forgotten.');
} finally {
  await pool.end();
}
