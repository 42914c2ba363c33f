/**
 * Whether a till's tables are what its journal makes of them. The file is compared with a new one that was made from the
 * journal alone; rows are named by UUIDs, since the small keys inside may differ.
 */
import type { ReadDb } from '../db/statement.ts';
import { tillIdentity } from './head.ts';

/** The tables that are made from the journal, in the words of the migration: *projection*. */
export const projections = [
  'till_identity',
  'adopted_facts',
  'staff_lockouts',
  'shifts',
  'late_sales',
  'shift_tenders',
  'cash_movements',
  'sales',
  'sale_lines',
  'tenders',
  'voided_baskets',
  'stock_adjustments',
  'stock_counts',
  'stock_count_lines',
  'stock_transfers',
  'stock_transfer_lines',
  'stock_levels',
  'product_proposals',
] as const;

/** Of the journal where the till is the author of its catalogue; of the feed where it has joined a head office. */
const catalogue = [
  'store_settings',
  'roles',
  'staff',
  'staff_roles',
  'taxes',
  'categories',
  'products',
  'product_barcodes',
] as const;

/** What a head office tells a till that has joined it, in the words of the migration: *replica*. No entry here says it. */
export const replicas = [
  'closing_checks',
  'put_aside',
  'stock_elsewhere',
  'tills',
  'proposal_decisions',
  'products_beneath',
  'stock_corrections',
  'stock_heard',
  'unread_rows',
  'stores',
  'transfers_told',
] as const;

/** How a column of small keys is named by a UUID. */
const named: Readonly<Record<string, string>> = {
  product_key: '(SELECT hex(product) FROM product_keys k WHERE k.key = product_key)',
  shift_key: '(SELECT hex(shift) FROM shifts k WHERE k.key = shift_key)',
};

/** The first table that is not what the journal says, and the entry of its first row that is not; null where none is named. */
export interface Difference {
  readonly table: string;
  readonly seq: number | null;
  /** Rows that are there and should not be, and rows that are missing. */
  readonly wrong: number;
  readonly missing: number;
}

/** Every projection's rows by its name, sorted. With the catalogue where the till wrote it itself. */
export function projectedRows(db: ReadDb): ReadonlyMap<string, readonly string[]> {
  const isAuthor = tillIdentity(db)?.authority !== 'joined';
  return new Map([...projections, ...(isAuthor ? catalogue : [])].map((table) => [table, rowsOf(db, table)]));
}

/** The tables that the journal can't speak for: where a till has joined, all that its head office told it. */
export function unprovedTables(db: ReadDb): readonly string[] {
  return tillIdentity(db)?.authority === 'joined' ? [...catalogue, ...replicas] : [];
}

/** What differs between a file and the one that was made again from its journal; the worst comes first: what names an entry. */
export function compareProjections(file: ReadDb, made: ReadDb): readonly Difference[] {
  const expected = projectedRows(made);
  const differences: Difference[] = [];
  for (const [table, rows] of projectedRows(file)) {
    const wanted = expected.get(table) ?? [];
    const wrong = without(rows, wanted);
    const missing = without(wanted, rows);
    if (wrong.length + missing.length === 0) continue;
    differences.push({
      table,
      seq: firstSeq([...wrong, ...missing]),
      wrong: wrong.length,
      missing: missing.length,
    });
  }
  return differences.toSorted((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity));
}

function without(rows: readonly string[], others: readonly string[]): string[] {
  const held = new Set(others);
  return rows.filter((row) => !held.has(row));
}

/** The lowest entry that some rows name. */
function firstSeq(rows: readonly string[]): number | null {
  const seqs = rows.flatMap((row) => {
    const fields: unknown = JSON.parse(row);
    if (typeof fields !== 'object' || fields === null) return [];
    const { opened_seq, seq } = fields as { readonly seq?: unknown; readonly opened_seq?: unknown };
    const found = seq ?? opened_seq;
    return typeof found === 'number' ? [found] : [];
  });
  return seqs.length === 0 ? null : seqs.reduce((least, seq) => Math.min(least, seq));
}

function rowsOf({ connection }: ReadDb, table: string): string[] {
  const columns = connection
    .prepare<[string], { name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)')
    .all(table);
  const select = columns.flatMap(({ name, type }) => {
    const by = named[name];
    if (by !== undefined) return [`${by} AS ${name}`];
    if (name === 'key')
      return table === 'products'
        ? ['(SELECT hex(product) FROM product_keys k WHERE k.key = products.key) AS product']
        : [];
    return [type === 'BLOB' ? `hex(${name}) AS ${name}` : `"${name}"`];
  });
  return connection
    .prepare(`SELECT ${select.join(', ')} FROM ${table}`)
    .all()
    .map((row) => JSON.stringify(row))
    .toSorted();
}
