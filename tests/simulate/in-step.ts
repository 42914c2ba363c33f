/** Whether a till and central agree: heads, stock, catalogue. Asked of the file and of the model, not of what the till says. */
import type Database from 'better-sqlite3';
import { toHex } from '../../shared/ids.ts';
import { readFile } from './journals.ts';
import type { Pc } from './pc.ts';
import type { World } from './world.ts';

interface LevelRow {
  readonly product: string;
  readonly own_milli: number;
  readonly elsewhere_milli: number;
}

const levels = `
  SELECT lower(hex(k.product)) AS product, coalesce(l.own_milli, 0) AS own_milli,
    (SELECT coalesce(sum(e.level_milli), 0) FROM stock_elsewhere e WHERE e.product_key = k.key) AS elsewhere_milli
  FROM product_keys k LEFT JOIN stock_levels l ON l.product_key = k.key ORDER BY k.product`;

const prices = `
  SELECT lower(hex(k.product)) AS product, p.price_minor, p.version
  FROM products p JOIN product_keys k ON k.key = p.key WHERE p.active = 1 ORDER BY k.product`;

const plain = (uuid: string) => uuid.replaceAll('-', '');

type Shown = ReadonlyMap<string, { readonly own: number; readonly elsewhere: number }>;

/** What a till shows of the store's stock: its own movements and the others', by product. */
export function stockShown(file: Database.Database): Shown {
  const rows = file.prepare<[], LevelRow>(levels).all();
  return new Map(rows.map((row) => [row.product, { own: row.own_milli, elsewhere: row.elsewhere_milli }]));
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
      catalogueFault(model.books.company.rows, file.prepare<[], PriceRow>(prices).all()),
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

interface PriceRow {
  readonly product: string;
  readonly price_minor: number;
  readonly version: number;
}

type FeedRows = ReadonlyMap<string, { readonly kind: string; readonly row: unknown }>;

function catalogueFault(rows: FeedRows, shown: readonly PriceRow[]): string | undefined {
  const text = ({ price_minor, product, version }: PriceRow) => `${plain(product)} ${price_minor} ${version}`;
  const wanted = [...rows.values()]
    .filter(({ kind }) => kind === 'product')
    // Rows of this kind were made by the simulation itself.
    .map(({ row }) => text(row as PriceRow))
    .toSorted()
    .join();
  const found = shown.map(text).toSorted().join();
  return found === wanted ? undefined : `catalogue: ${found}; ${wanted} at central`;
}
