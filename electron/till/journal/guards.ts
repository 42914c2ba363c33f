/** What the file itself does against changes: the triggers and the index of the source tables. */
import { sql } from 'kysely';
import { type ReadDb, reads, type WriteDb } from '../db/statement.ts';

const objects = reads()((q) =>
  q
    .selectFrom(sql<{ type: string; name: string; sql: string | null }>`sqlite_schema`.as('s'))
    .select(['s.type', 's.name', 's.sql']),
);

const tables = ['journal', 'private_payloads', 'sync_state', 'sales', 'till_identity'];
const triggers = ['journal_no_update', 'journal_no_delete', 'journal_in_order', 'private_payloads_no_update'];

/** What is missing of the guards; and which of the tables that are read are none: a view could say anything, or never end. */
export function checkGuards(db: ReadDb): {
  readonly missing: readonly string[];
  readonly not_tables: readonly string[];
} {
  const found = objects.all(db, {});
  const isTable = (name: string) =>
    found.some((object) => object.type === 'table' && object.name === name && / STRICT/i.test(object.sql ?? ''));
  const refuses = (name: string) =>
    found.some(
      (object) => object.type === 'trigger' && object.name === name && (object.sql ?? '').includes('RAISE(ABORT'),
    );
  const hasIndex = found.some(
    (object) => object.type === 'index' && object.name === 'journal_by_command' && /UNIQUE/i.test(object.sql ?? ''),
  );
  return {
    missing: [...triggers.filter((name) => !refuses(name)), ...(hasIndex ? [] : ['journal_by_command'])],
    not_tables: tables.filter((name) => !isTable(name)),
  };
}

/** A trigger of the source tables, as SQL. */
type Guard = string;

/** Takes the triggers off the source tables of a copy that is being made anew; to be put back in the same transaction. */
export function dropGuards(copy: WriteDb): readonly Guard[] {
  const found = objects.all(copy, {}).filter(({ name, type }) => type === 'trigger' && triggers.includes(name));
  for (const { name } of found) copy.connection.exec(`DROP TRIGGER ${name}`);
  return found.flatMap(({ sql: text }) => text ?? []);
}

export function putBackGuards(copy: WriteDb, guards: readonly Guard[]): void {
  for (const guard of guards) copy.connection.exec(guard);
}
