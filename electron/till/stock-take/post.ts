/** Posting a stock take: its lines become entries of the journal, and the take ends. */
import { maxCountedLines } from '../../../shared/journal/kinds/stock-kinds.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import type { DifferenceSums } from '../../../shared/stock/difference.ts';
import { uuidFromBytes } from '../../../shared/ids.ts';
import type { CommandContext } from '../context.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Unit } from '../product/repository.ts';
import { findCursor } from '../sync/standing.ts';
import { openSums } from './lines.ts';
import { endTake, type Mark, marksOf, type OpenTake } from './repository.ts';

type Lines = Body<'stock.counted'>['lines'];

const lines = reads()((q) =>
  q
    .selectFrom('stock_take_lines')
    .innerJoin('product_keys', 'product_keys.key', 'stock_take_lines.product_key')
    .innerJoin('products', 'products.key', 'stock_take_lines.product_key')
    .select([
      'product_keys.product',
      'products.sku',
      'products.name',
      'products.unit',
      'products.price_minor',
      'stock_take_lines.counted_milli',
      'stock_take_lines.known_milli',
      'stock_take_lines.counted_at',
      'stock_take_lines.mark_key',
    ])
    .orderBy('stock_take_lines.product_key'),
);

/** Posts a take. Fails with `stock_take.empty` where nothing was counted. */
export function postTake(context: CommandContext, take: OpenTake): DifferenceSums {
  const { db } = context;
  const sums = openSums(db);
  const { lines: counted, tills } = linesOf(db);
  if (counted.length === 0) return fail('stock_take.empty');
  const feed = findCursor(db, 'store')?.tag;
  for (let from = 0; from < counted.length; from += maxCountedLines) {
    context.append('stock.counted', {
      count: take.count,
      scope: take.scope,
      category: take.category,
      tills,
      lines: counted.slice(from, from + maxCountedLines),
      ...(feed === undefined ? {} : { feed }),
    });
  }
  endTake(db);
  context.changed('stock');
  context.changed('catalogue');
  return sums;
}

function linesOf(db: ReadDb): { readonly lines: Lines; readonly tills: Body<'stock.counted'>['tills'] } {
  const marks = marksOf(db);
  const tills = [...new Set([...marks.values()].flatMap(({ seen }) => seen.map(([till]) => till)))];
  const seenOf = ({ seen }: Mark) => {
    const bySeen = new Map(seen);
    return tills.map((till) => bySeen.get(till) ?? 0);
  };
  // Lines share marks: each is spread once.
  const spread = new Map([...marks].map(([key, mark]) => [key, { own_seq: mark.own_seq, seen: seenOf(mark) }]));
  return {
    tills,
    lines: lines.all(db, {}).map(({ mark_key, product, unit, price_minor, ...line }) => {
      const mark = spread.get(mark_key);
      if (mark === undefined) throw new Error('a line was counted at no moment');
      return {
        product: uuidFromBytes(product),
        sku: line.sku,
        name: line.name,
        // Written by putProduct, from bodies and feed rows whose schemas name these units.
        unit: unit as Unit,
        counted_milli: line.counted_milli,
        known_milli: line.known_milli,
        price_minor,
        counted_at: line.counted_at,
        ...mark,
      };
    }),
  };
}
