/** What a till's file holds, for comparing two files: rows named by UUIDs, since the small keys inside may differ. */
import type { ReadDb } from '../../electron/till/db/statement.ts';

/** Tables that are not made from the journal; each says in the migration whose it is. */
const notCompared = new Set([
  // replica, and where the sync stands
  'stock_elsewhere',
  'tills',
  'sync_state',
  'feed_cursors',
  // local: open baskets, sessions, answers
  'baskets',
  'basket_lines',
  'basket_tenders',
  'sessions',
  'sign_in_attempts',
  'approvals',
  'answers',
]);
/** Local, made again from the rest; what it finds is compared instead. */
const isSearch = (table: string) => table.startsWith('search_');

/** How a column of small keys is named by a UUID. */
const named: Readonly<Record<string, string>> = {
  product_key: '(SELECT hex(product) FROM product_keys k WHERE k.key = product_key)',
  shift_key: '(SELECT hex(shift) FROM shifts k WHERE k.key = shift_key)',
};

/** The rows of every source and projection, sorted. */
export function dump({ connection }: ReadDb): Record<string, string[]> {
  const tables = connection
    .prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .all()
    .map(({ name }) => name)
    .filter((name) => !notCompared.has(name) && !isSearch(name))
    .toSorted();
  return Object.fromEntries(tables.map((table) => [table, rowsOf(connection, table)]));
}

function rowsOf(connection: ReadDb['connection'], table: string): string[] {
  const columns = connection
    .prepare<[string], { name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)')
    .all(table);
  const select = columns.flatMap(({ name, type }) => {
    const by = named[name];
    if (by !== undefined) return [`${by} AS ${name}`];
    if (name === 'key')
      return table === 'products'
        ? [`(SELECT hex(product) FROM product_keys k WHERE k.key = products.key) AS product`]
        : [];
    return [type === 'BLOB' ? `hex(${name}) AS ${name}` : `"${name}"`];
  });
  return connection
    .prepare(`SELECT ${select.join(', ')} FROM ${table}`)
    .all()
    .map((row) => JSON.stringify(row))
    .toSorted();
}
