/** Whether a till and central agree: heads, stock, catalogue. Asked of the file and of the model, not of what the till says. */
import type Database from 'better-sqlite3';
import { toHex } from '../../shared/ids.ts';
import type { Fields } from './central/books.ts';
import { readFile } from './journals.ts';
import type { Pc } from './pc.ts';
import type { World } from './world.ts';

interface LevelRow {
  readonly product: string;
  readonly own_milli: number;
  readonly elsewhere_milli: number;
  readonly correction_milli: number;
}

const levels = `
  SELECT lower(hex(k.product)) AS product, coalesce(l.own_milli, 0) AS own_milli,
    (SELECT coalesce(sum(e.level_milli), 0) FROM stock_elsewhere e WHERE e.product_key = k.key) AS elsewhere_milli,
    (SELECT coalesce(sum(c.correction_milli), 0) FROM stock_corrections c WHERE c.product_key = k.key) AS correction_milli
  FROM product_keys k LEFT JOIN stock_levels l ON l.product_key = k.key ORDER BY k.product`;

const catalogue = `
  SELECT lower(hex(k.product)) AS product, p.version, p.sku, p.name, p.unit, p.price_minor, p.stocked, p.active,
    (SELECT json_group_array(b.barcode) FROM (
      SELECT barcode FROM product_barcodes WHERE product_key = p.key ORDER BY position) b) AS barcodes
  FROM products p JOIN product_keys k ON k.key = p.key`;

const decisions = `
  SELECT lower(hex(k.product)) AS product, d.decided_seq, d.fields
  FROM proposal_decisions d JOIN product_keys k ON k.key = d.product_key`;

const undecided = `
  SELECT count(*) AS count FROM product_proposals p LEFT JOIN proposal_decisions d USING (product_key)
  WHERE p.seq > coalesce(d.decided_seq, 0)`;

const taxes = 'SELECT lower(hex(tax)) AS id, code, name, rate_millionths, active FROM taxes';
const categories = 'SELECT lower(hex(category)) AS id, name, tint, position, active FROM categories';
const roles = 'SELECT lower(hex(role)) AS id, name, permissions FROM roles';
const people = 'SELECT lower(hex(staff)) AS id, version, lower(hex(private)) AS private FROM staff WHERE active = 1';
const secrets = `SELECT lower(hex(staff)) AS id, credential, CAST(wrapped AS TEXT) AS bcrypt FROM staff_verifiers`;

const plain = (uuid: string) => uuid.replaceAll('-', '');

type Shown = ReadonlyMap<string, { readonly own: number; readonly elsewhere: number; readonly corrected: number }>;

/** What a till shows of the store's stock: its own movements, the others' and what the head office corrects, by product. */
export function stockShown(file: Database.Database): Shown {
  const rows = file.prepare<[], LevelRow>(levels).all();
  return new Map(
    rows.map(({ correction_milli, elsewhere_milli, own_milli, product }) => [
      product,
      { own: own_milli, elsewhere: elsewhere_milli, corrected: correction_milli },
    ]),
  );
}

/** Why a PC that speaks for its till is not in step with central; undefined where it is. */
export function outOfStep({ model }: World, pc: Pc): string | undefined {
  const { till } = pc.options.place;
  const { sync, engine } = pc;
  if (sync === undefined || engine === undefined) return 'off';
  const { chain } = model.till(till);
  const head = sync.head();
  if (head.seq !== chain.acked_seq || toHex(head.hash) !== chain.head_hash) {
    const { reason, state } = engine.status();
    return `heads: ${head.seq} here, ${chain.acked_seq} at central; ${state} ${reason ?? ''}`;
  }
  if (sync.confirmedSeq() !== head.seq) return `confirmed: ${sync.confirmedSeq()} of ${head.seq}`;
  return chain.fork === null ? undefined : 'a fork is not adopted to its end';
}

/** What a PC that speaks for its till shows differently than central; undefined where it is all the same. */
export function outOfDate({ model }: World, pc: Pc): string | undefined {
  const { store, till } = pc.options.place;
  return readFile(
    pc.path,
    (file) =>
      stockFault(model.store(store).stock, stockShown(file), till) ??
      correctionFault(model.store(store).counts, stockShown(file)) ??
      differing('catalogue', catalogueOf(model), productsShown(file)) ??
      differing('taxes', toldOf(model, 'company', 'tax', taxOf), shownBy(file, taxes)) ??
      differing('categories', toldOf(model, 'company', 'category', categoryOf), shownBy(file, categories)) ??
      differing('roles', toldOf(model, 'company', 'role', roleOf), shownBy(file, roles)) ??
      differing('staff', toldOf(model, store, 'staff', personOf), shownBy(file, people)) ??
      differing('verifiers', toldOf(model, store, 'verifier', verifierOf), shownBy(file, secrets)) ??
      differing('decisions', decisionsOf(model, till), decisionsShown(file)) ??
      differing('transfers', transfersOf(model, store), transfersShown(file)) ??
      undecidedFault(file),
  );
}

type Stock = ReturnType<World['model']['store']>['stock'];

function stockFault(stock: Stock, shown: Shown, till: string): string | undefined {
  const expected = new Map<string, number>();
  for (const row of stock.values())
    if (row.till !== till) expected.set(row.product, (expected.get(row.product) ?? 0) + row.level_milli);
  for (const product of new Set([...expected.keys()].map(plain).concat(...shown.keys()))) {
    const [, wanted = 0] = [...expected].find(([key]) => plain(key) === product) ?? [];
    const found = shown.get(product)?.elsewhere ?? 0;
    if (found !== wanted) return `stock elsewhere: ${found} of ${product.slice(-4)}, ${wanted} at central`;
  }
  return undefined;
}

/** A correction that was never told is none. */
function correctionFault(counts: ReturnType<World['model']['store']>['counts'], shown: Shown): string | undefined {
  const wanted = new Map([...counts].map(([product, { correction_milli }]) => [plain(product), correction_milli]));
  for (const [product, { corrected }] of shown)
    if (corrected !== (wanted.get(product) ?? 0))
      return `correction: ${corrected} of ${product.slice(-4)}, ${wanted.get(product) ?? 0} at central`;
  return undefined;
}

type Rows = readonly (readonly unknown[])[];

/** What a till shows otherwise than central; undefined where it is all the same. */
function differing(what: string, wanted: Rows, found: Rows): string | undefined {
  const text = (rows: Rows) => rows.map((row) => JSON.stringify(row)).toSorted();
  const [said, shown] = [text(wanted), text(found)];
  const missing = said.find((row) => !shown.includes(row));
  const more = shown.find((row) => !said.includes(row));
  return missing === more ? undefined : `${what}: ${more ?? 'nothing'}; ${missing ?? 'nothing'} at central`;
}

interface ProductRow extends Omit<Fields, 'barcodes' | 'stocked' | 'active'> {
  readonly product: string;
  readonly version: number;
  readonly barcodes: string;
  readonly stocked: number;
  readonly active: number;
}

function catalogueOf({ books }: World['model']): Rows {
  return [...books.catalogue.values()].map(({ fields, product, version }) => {
    const { active, barcodes, name, price_minor, sku, stocked, unit } = fields;
    return [plain(product), version, sku, name, unit, price_minor, barcodes, stocked, active];
  });
}

function productsShown(file: Database.Database): Rows {
  const rows = file.prepare<[], ProductRow>(catalogue).all();
  return rows.map(({ active, barcodes, name, price_minor, product, sku, stocked, unit, version }) => {
    const listed: unknown = JSON.parse(barcodes);
    return [product, version, sku, name, unit, price_minor, listed, stocked === 1, active === 1];
  });
}

/** Rows of a kind as central tells them, in the words of a till's table; undefined ones are told and not shown. */
function toldOf(
  model: World['model'],
  stream: string,
  kind: string,
  wordsOfRow: (row: Readonly<Record<string, unknown>>) => readonly unknown[] | undefined,
): Rows {
  const { rows } = stream === 'company' ? model.books.company : model.store(stream).stream;
  // Written by the model itself.
  return [...rows.values()].flatMap((one) => {
    const words = one.kind === kind ? wordsOfRow(one.row as Readonly<Record<string, unknown>>) : undefined;
    return words === undefined ? [] : [words];
  });
}

const flag = (value: unknown) => (value === true ? 1 : 0);
const taxOf = (row: Readonly<Record<string, unknown>>) => [
  plain(String(row['tax'])),
  row['code'],
  row['name'],
  row['rate_millionths'],
  flag(row['active']),
];
const categoryOf = (row: Readonly<Record<string, unknown>>) => [
  plain(String(row['category'])),
  row['name'],
  row['tint'],
  row['position'],
  flag(row['active']),
];
const roleOf = (row: Readonly<Record<string, unknown>>) => [
  plain(String(row['role'])),
  row['name'],
  JSON.stringify(row['permissions']),
];
// Whoever is not active is shown no more, and may be somebody of whom a till was never told.
const personOf = (row: Readonly<Record<string, unknown>>) =>
  row['active'] === true ? [plain(String(row['staff'])), row['version'], row['private']] : undefined;
const verifierOf = (row: Readonly<Record<string, unknown>>) => [
  plain(String(row['staff'])),
  row['credential'],
  row['bcrypt'],
];

function shownBy(file: Database.Database, sql: string): Rows {
  return file
    .prepare<[], object>(sql)
    .all()
    .map((row) => Object.values(row));
}

/** How a till's proposals ended, as central says it. */
function decisionsOf({ books }: World['model'], till: string): Rows {
  return [...books.company.rows.values()].flatMap(({ key, kind, row }) => {
    if (kind !== 'proposal' || key.split('/')[0] !== till) return [];
    // Written by the model itself.
    const { decided_seq, fields, product } = row as SaidRow;
    return [[plain(product), decided_seq, fields.map(wordsOf)]];
  });
}

function decisionsShown(file: Database.Database): Rows {
  const rows = file.prepare<[], { product: string; decided_seq: number; fields: string }>(decisions).all();
  return rows.map(({ decided_seq, fields, product }) => [
    product,
    decided_seq,
    (JSON.parse(fields) as SaidRow['fields']).map(wordsOf),
  ]);
}

interface SaidRow {
  readonly product: string;
  readonly decided_seq: number;
  readonly fields: readonly {
    readonly field: string;
    readonly seq: number;
    readonly state: string;
    readonly wanted: unknown;
    readonly kept: unknown;
  }[];
}

const wordsOf = ({ field, kept, seq, state, wanted }: SaidRow['fields'][number]) => [field, seq, state, wanted, kept];

/** What a store is told of goods to and from it. */
function transfersOf({ books }: World['model'], store: string): Rows {
  return [...books.company.rows.values()].flatMap(({ kind, row }) => {
    if (kind !== 'transfer') return [];
    // Written by the model itself.
    const { from_store, lines, number, seen, state, to_store } = row as ToldRow;
    return from_store === store || to_store === store ? [[number, state, seen, lines.map(quantitiesOf)]] : [];
  });
}

function transfersShown(file: Database.Database): Rows {
  const sql = 'SELECT number, state, seen, lines FROM transfers_told';
  const rows = file.prepare<[], { number: string; state: string; seen: string; lines: string }>(sql).all();
  return rows.map(({ lines, number, seen, state }) => [
    number,
    state,
    JSON.parse(seen) as ToldRow['seen'],
    (JSON.parse(lines) as ToldRow['lines']).map(quantitiesOf),
  ]);
}

interface ToldRow {
  readonly number: string;
  readonly from_store: string;
  readonly to_store: string;
  readonly state: string;
  readonly seen: readonly { readonly till: string; readonly seq: number }[];
  readonly lines: readonly {
    readonly product: string;
    readonly sent_milli: number;
    readonly received_milli: number | null;
  }[];
}

const quantitiesOf = ({ product, received_milli, sent_milli }: ToldRow['lines'][number]) => [
  product,
  sent_milli,
  received_milli,
];

function undecidedFault(file: Database.Database): string | undefined {
  const { count } = file.prepare<[], { count: number }>(undecided).get() ?? { count: 0 };
  return count === 0 ? undefined : `${count} proposals are not decided`;
}
