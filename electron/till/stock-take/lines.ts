/** What a stock take's lists show: the sheet for whoever counts, and what differs for whoever may see it. */
import { sql } from 'kysely';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { type CountId, type ProductId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { differenceMinor, type DifferenceSums, sumDifferences } from '../../../shared/stock/difference.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import type { Unit } from '../product/repository.ts';
import { containsText, type Sought, soughtOrAll } from '../product/sought.ts';
import { inTake } from './repository.ts';

type Sheet = OutputOf<TillContract['stock_take']['lines']>;
type Differences = OutputOf<TillContract['stock_take']['show']>;
type Only = 'all' | 'counted' | 'open';

type Page = { limit: number; offset: number };
type Asked = Sought & { everything: 0 | 1; counted: 0 | 1; open: 0 | 1 };

/** The products of the take that a list asks for, each with its line where it has one. */
const asked = (p: { readonly [Name in keyof Asked]: ReturnType<typeof sql<Asked[Name]>> }) =>
  sql<boolean>`${inTake} AND (${p.everything} = 1 OR (${containsText(p)}))
    AND ((${p.counted} = 1 AND l.product_key IS NOT NULL) OR (${p.open} = 1 AND l.product_key IS NULL))`;
const page = reads<Asked & Page>()((q, p) =>
  q
    .selectFrom('products')
    .innerJoin('product_keys', 'product_keys.key', 'products.key')
    .leftJoin('stock_take_lines as l', 'l.product_key', 'products.key')
    .select([
      'product_keys.product',
      'products.sku',
      'products.name',
      'products.unit',
      'l.counted_milli',
      'l.counted_at',
    ])
    .where(asked(p))
    .orderBy(sql`products.name COLLATE NOCASE`)
    .orderBy('products.key')
    .limit(p.limit)
    .offset(p.offset),
);
const total = reads<Asked>()((q, p) =>
  q
    .selectFrom('products')
    .leftJoin('stock_take_lines as l', 'l.product_key', 'products.key')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where(asked(p)),
);

/** Lines of the open take, by the catalogue as it is now. */
const openLines = sql<DifferenceRow>`(SELECT k.product, p.sku, p.name, p.unit, l.counted_milli, l.known_milli, p.price_minor
  FROM stock_take_lines l JOIN products p ON p.key = l.product_key JOIN product_keys k ON k.key = l.product_key)`;
/** Lines of a take that was posted, as they were then. */
const postedLines = sql<DifferenceRow>`SELECT k.product, l.sku, l.name, l.unit, l.counted_milli, l.known_milli, l.price_minor
  FROM stock_count_lines l JOIN product_keys k ON k.key = l.product_key`;

interface DifferenceRow {
  readonly product: Uint8Array;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly counted_milli: number;
  readonly known_milli: number;
  readonly price_minor: number | null;
}

const columns = ['product', 'sku', 'name', 'unit', 'counted_milli', 'known_milli', 'price_minor'] as const;
const worst = sql`abs(counted_milli - known_milli) * coalesce(price_minor, 0)`;
const openPage = reads<{ different: 0 | 1 } & Page>()((q, p) =>
  q
    .selectFrom(openLines.as('lines'))
    .select(columns)
    .where(sql<boolean>`${p.different} = 0 OR counted_milli <> known_milli`)
    .orderBy(worst, 'desc')
    .orderBy(sql`name COLLATE NOCASE`)
    .orderBy('product')
    .limit(p.limit)
    .offset(p.offset),
);
const openAll = reads()((q) =>
  q.selectFrom(openLines.as('lines')).select(['counted_milli', 'known_milli', 'price_minor']),
);
const ofCount = (count: ReturnType<typeof sql<Uint8Array>>) =>
  sql<DifferenceRow>`(${postedLines} WHERE l.seq IN (SELECT seq FROM stock_counts WHERE count = ${count}))`;
const postedPage = reads<{ count: Uint8Array; different: 0 | 1 } & Page>()((q, p) =>
  q
    .selectFrom(ofCount(p.count).as('lines'))
    .select(columns)
    .where(sql<boolean>`${p.different} = 0 OR counted_milli <> known_milli`)
    .orderBy(worst, 'desc')
    .orderBy(sql`name COLLATE NOCASE`)
    .orderBy('product')
    .limit(p.limit)
    .offset(p.offset),
);
const postedAll = reads<{ count: Uint8Array }>()((q, p) =>
  q.selectFrom(ofCount(p.count).as('lines')).select(['counted_milli', 'known_milli', 'price_minor']),
);
const posted = reads<{ limit: number }>()((q, p) =>
  q
    .selectFrom('stock_counts')
    .select(['count', 'scope', sql<string>`max(at)`.as('at'), sql<number>`max(seq)`.as('seq')])
    .groupBy('count')
    .orderBy('seq', 'desc')
    .limit(p.limit),
);

/** A page of the sheet: what is to be counted, and what was, without what is expected. */
export function sheetOf(
  db: ReadDb,
  { limit, offset, only, text }: { readonly text: string; readonly only: Only } & Page,
): Sheet {
  const which: Asked = {
    ...soughtOrAll(db, text),
    counted: only === 'open' ? 0 : 1,
    open: only === 'counted' ? 0 : 1,
  };
  return {
    lines: page.all(db, { ...which, limit, offset }).map((row) => ({
      product: uuidFromBytes<ProductId>(row.product),
      sku: row.sku,
      name: row.name,
      // Written by putProduct, from bodies and feed rows whose schemas name these units.
      unit: row.unit as Unit,
      counted_milli: row.counted_milli,
      counted_at: row.counted_at,
    })),
    total: total.one(db, which).total,
  };
}

function shown(row: DifferenceRow): Differences['lines'][number] {
  // The units of products and of lines are those that their schemas name.
  return {
    ...row,
    product: uuidFromBytes<ProductId>(row.product),
    unit: row.unit as Unit,
    difference_minor: differenceMinor(row),
  };
}

/** What the open take differs in. */
export function openDifferences(
  db: ReadDb,
  { limit, offset, only }: { readonly only: 'all' | 'different' } & Page,
): Omit<Differences, 'at'> {
  const sums = openSums(db);
  const different = only === 'different' ? 1 : 0;
  return {
    lines: openPage.all(db, { different, limit, offset }).map(shown),
    total: only === 'different' ? sums.different : sums.counted,
    ...sums,
  };
}

export function openSums(db: ReadDb): DifferenceSums {
  return sumDifferences(openAll.each(db, {}));
}

/** The takes that were posted, the latest first. */
export function postedTakes(db: ReadDb, limit: number): OutputOf<TillContract['stock_take']['list']>['counts'] {
  return posted.all(db, { limit }).map(({ at, count, scope }) => ({
    count: uuidFromBytes<CountId>(count),
    at,
    scope,
    ...sumDifferences(postedAll.each(db, { count })),
  }));
}

/** What a posted take differed in; undefined where this till has posted none of that name. */
export function postedDifferences(
  db: ReadDb,
  { count, limit, offset, only }: { readonly count: CountId; readonly only: 'all' | 'different' } & Page,
): Differences | undefined {
  const found = postedAt.get(db, { count: uuidToBytes(count) });
  if (found === undefined) return undefined;
  const sums = sumDifferences(postedAll.each(db, { count: uuidToBytes(count) }));
  const different = only === 'different' ? 1 : 0;
  return {
    at: found.at,
    lines: postedPage.all(db, { count: uuidToBytes(count), different, limit, offset }).map(shown),
    total: only === 'different' ? sums.different : sums.counted,
    ...sums,
  };
}

const postedAt = reads<{ count: Uint8Array }>()((q, p) =>
  q.selectFrom('stock_counts').select('at').where('count', '=', p.count).orderBy('seq', 'desc').limit(1),
);
