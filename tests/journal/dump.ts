/** What a till's file holds, for comparing two files: every source, and every projection. */
import type { ReadDb } from '../../electron/till/db/statement.ts';
import { projectedRows } from '../../electron/till/journal/compare.ts';

const sources = ['journal', 'private_payloads', 'staff_verifiers'];

/** The rows of every source and projection, sorted. */
export function dump(db: ReadDb): Record<string, readonly string[]> {
  const hex = (_: string, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value);
  const source = (table: string) =>
    db.connection
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .map((row) => JSON.stringify(Object.entries(row as object).map(([name, value]) => [name, hex(name, value)])))
      .toSorted();
  return {
    ...Object.fromEntries(sources.map((table) => [table, source(table)])),
    ...Object.fromEntries(projectedRows(db)),
  };
}
