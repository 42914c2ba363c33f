/**
 * Holds the levels of what was counted against the moments at which people counted and sold, which no clock of theirs knows:
 * what was counted and what moved since, but for what central says it can't tell.
 */
import type { Doc, StandingCount, StoreBook, TillBook } from './central/books.ts';
import { factName } from './journals.ts';
import { type LedgerSpan, movedBy } from './ledger.ts';
import { kindOf } from './oracle-kinds.ts';
import { accuse, type World } from './world.ts';

/** What central has of a product, all tills and the correction. */
export function levelAt(store: StoreBook, product: string): number {
  let level = store.counts.get(product)?.correction_milli ?? 0;
  for (const row of store.stock.values()) if (row.product === product) level += row.level_milli;
  return level;
}

export function judgeCounts(world: World): void {
  const { model, tally } = world;
  for (const [id, store] of model.books.stores) {
    for (const { decided } of store.doubts.values()) {
      if (decided === null) accuse(world, 'doubt_waits', id);
      else tally.add(decided === 'before' ? 'doubt_before' : 'doubt_after');
    }
    for (const [product, count] of store.counts) {
      tally.add('count_stands');
      if (count.correction_milli !== 0) tally.add('count_corrected');
      const expected = expectedOf(world, id, store, product, count);
      if (expected === undefined) continue;
      tally.add('count_proved');
      if (expected !== levelAt(store, product))
        accuse(world, 'count', `${product.slice(-4)}: ${levelAt(store, product)}, ${expected} is there`);
    }
  }
}

/** What is there; undefined where nobody knows any more when it was counted, or when something was sold. */
function expectedOf(
  world: World,
  id: string,
  store: StoreBook,
  product: string,
  count: StandingCount,
): number | undefined {
  const { ledger, model } = world;
  const books = [...model.books.tills.values()].filter((book) => book.store === id);
  // A clock that was set while its till stayed connected is believed: decision 13 says what that costs.
  if (books.some(({ till }) => ledger.jumped.has(till))) return undefined;
  const line = model
    .till(count.till)
    .counts.get(count.seq)
    ?.findLast((one) => one.product === product);
  const counted = ledger.shelves.get(`${count.till} ${product} ${line?.counted_at ?? ''}`);
  if (line === undefined || counted === undefined) return undefined;
  const isForked = model.till(count.till).entries.some(({ adopted }) => adopted);
  let level = count.counted_milli;
  for (const book of books) {
    for (const [i, { fact }] of book.entries.entries()) {
      const seq = i + 1;
      const deal = fact === null ? undefined : ledger.deals.get(fact.command);
      if (fact === null || deal === undefined || kindOf[deal.kind] !== fact.kind) continue;
      if (book.quarantine.has(seq) || book.commands.get(factName(fact)) !== seq) continue;
      const milli = movedBy(deal, fact)
        .filter((one) => one.moves && one.product === product)
        .reduce((sum, { quantity_milli }) => sum - quantity_milli, 0);
      if (milli === 0) continue;
      const of = undoneBy(book, seq, fact, product);
      // What was decided of an entry is decided of whatever takes it back.
      const decided = [of, seq].map((one) => store.doubts.get(`${book.till}/${one}/${product}`)?.decided);
      const span = of === seq ? deal.span : ledger.deals.get(book.entries[of - 1]?.fact?.command ?? '')?.span;
      if (span === undefined) return undefined;
      // Of two chains that became one the numbers say what was before; the entries of one were written in their order.
      const isOwn = book.till === count.till && (isForked || sideOf(span, counted) === undefined);
      const byNumber = of <= line.own_seq ? 'before' : 'after';
      const side = decided[0] ?? decided[1] ?? (isOwn ? byNumber : sideOf(span, counted));
      if (side === undefined) return undefined;
      if (side === 'after') level += milli;
    }
  }
  return level;
}

/** The entry that this one takes back, or itself: whoever counted in between found what is there. */
function undoneBy({ entries, quarantine }: TillBook, seq: number, { body, kind }: Doc, product: string): number {
  const undone = { 'stock.transfer_cancelled': 'stock.sent', 'stock.receipt_corrected': 'stock.received' }[kind];
  const before = entries.slice(0, seq - 1).flatMap(({ fact }, i) => {
    if (fact === null || fact.kind !== undone || fact.body['number'] !== body['number'] || quarantine.has(i + 1))
      return [];
    return [{ seq: i + 1, fact }];
  });
  // Its schema at the till has passed it.
  const linesOf = (fact: Doc) => fact.body['lines'] as readonly { readonly product: string }[];
  const named = before.findLast(({ fact }) => linesOf(fact).some((one) => one.product === product));
  return (named ?? before.at(-1))?.seq ?? seq;
}

function sideOf(moved: LedgerSpan, counted: LedgerSpan): 'before' | 'after' | undefined {
  if (moved.to_ms < counted.from_ms) return 'before';
  return moved.from_ms > counted.to_ms ? 'after' : undefined;
}
