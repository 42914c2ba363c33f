/**
 * The model's stock takes: which count of a product stands, what was before it, and what the feed adds to the levels so that
 * they come out as counted. Written from decision 13.
 */
import type { Books, CountedLine, Doc, StandingCount, StoreBook, TillBook } from './books.ts';
import { openAdopted, readDoc } from './chain.ts';
import { type Bounds, corrected, momentsOf } from './clocks.ts';
import { putRow } from './feed.ts';

const minute_ms = 60_000;

interface CountBody {
  readonly tills: readonly string[];
  readonly feed?: string;
  readonly lines: readonly {
    readonly product: string;
    readonly counted_milli: number;
    readonly known_milli: number;
    readonly counted_at: string;
    readonly own_seq: number;
    readonly seen: readonly number[];
  }[];
}

interface OpeningBody {
  readonly fork: { readonly base: { readonly seq: number } };
}

/** What a count says, its numbers those of this chain; undefined where a line claims a moment after its own entry. */
export function countOf(book: TillBook, seq: number, fact: Doc): readonly CountedLine[] | undefined {
  // Its schema at the till has passed it.
  const { feed, lines, tills } = fact.body as unknown as CountBody;
  if (lines.some(({ own_seq }) => own_seq < 0 || own_seq >= fact.seq)) return undefined;
  const moves = movesOf(book, seq);
  const here = (number: number) => moves.reduce((now, { base, by }) => (now > base ? now + by : now), number);
  return lines.map(({ counted_at, counted_milli, known_milli, own_seq, product, seen }) => ({
    product,
    counted_milli,
    known_milli,
    counted_at,
    own_seq: here(own_seq),
    seen: new Map(tills.map((till, i) => [till, seen[i] ?? 0])),
    feed,
  }));
}

/**
 * What becomes of the numbers that an entry says, each time that it was adopted: the fact's own chain first. What stood after
 * the fork's base moved as far as the epoch stands after that base.
 */
function movesOf({ entries }: TillBook, seq: number): readonly { readonly base: number; readonly by: number }[] {
  const forks = entries.slice(0, seq - 1).flatMap(({ fact }) => {
    const { fork } = (fact?.kind === 'epoch.opened' ? fact.body : {}) as Partial<OpeningBody>;
    return fact === null || fork === undefined ? [] : [{ base: fork.base.seq, by: fact.seq - fork.base.seq }];
  });
  const numbers: number[] = [];
  for (let doc: Doc | null = readDoc(entries[seq - 1]?.bytes ?? new Uint8Array()); doc !== null;) {
    numbers.unshift(doc.seq);
    doc = doc.kind === 'adopted' ? (openAdopted(doc)?.entry ?? null) : null;
  }
  return numbers.slice(0, -1).map((number, i) => {
    const by = (numbers[i + 1] ?? number) - number;
    return { by, base: Math.max(...forks.filter((one) => one.by === by && one.base < number).map(({ base }) => base)) };
  });
}

/** When a line was counted: after entry `own_seq` of its till and before the next. */
function momentOf(book: TillBook, seq: number, line: CountedLine, first: number): Bounds {
  const { adopted } = book.entries[seq - 1] ?? { adopted: false };
  const entries = momentsOf(book, first, seq).filter((one) => one.adopted === adopted);
  const { counted_at, own_seq } = line;
  const notBefore = Math.max(-Infinity, ...entries.filter((one) => one.seq <= own_seq).map(({ earliest }) => earliest));
  const notAfter = Math.min(Infinity, ...entries.filter((one) => one.seq > own_seq).map(({ latest }) => latest));
  const { earliest, latest } = corrected(book, counted_at, own_seq - 1, own_seq + 1);
  if (latest < notBefore || earliest > notAfter) return { earliest: notBefore, latest: notAfter };
  return { earliest: Math.max(earliest, notBefore), latest: Math.min(latest, notAfter) };
}

/** Settles what entries of a till moved with the counts of its store; comes after their levels. */
export function settleCounts(books: Books, book: TillBook, from_seq: number, to_seq: number): void {
  const store = books.stores.get(book.store);
  if (store === undefined) throw new Error(`no store ${book.store}`);
  const stood = new Set<string>();
  for (const seq of [...book.counts.keys()].toSorted((a, b) => a - b))
    if (seq >= from_seq && seq <= to_seq) for (const product of stand(books, store, book, seq)) stood.add(product);
  if (stood.size > 0) correct(books, store, book.store, stood);
  settleRest(store, book, from_seq, to_seq, stood);
}

/** Makes a count stand for its products, where none stands that was later. Answers these products. */
function stand(books: Books, store: StoreBook, book: TillBook, seq: number): readonly string[] {
  const lines = book.counts.get(seq) ?? [];
  const first = Math.min(...lines.map(({ own_seq }) => own_seq));
  const last = new Map(lines.map((line) => [line.product, line]));
  return [...last.values()].flatMap((line) => {
    const { counted_milli, feed, own_seq, product, seen } = line;
    const marks = new Map([[book.till, own_seq]]);
    const beyond = new Map<string, number>();
    for (const [till, heard] of seen) {
      const other = books.tills.get(till);
      if (other === undefined || other.store !== book.store || till === book.till) continue;
      // Numbers that were heard before central was set back may be those of other entries.
      const held = feed === undefined || feed === store.stream.tag ? other.chain.acked_seq : 0;
      marks.set(till, Math.min(heard, held));
      if (heard > held) beyond.set(till, heard);
    }
    const next = { ...momentOf(book, seq, line, first), till: book.till, seq, counted_milli, marks, beyond };
    const before = store.counts.get(product);
    if (before !== undefined && !isLater(books, next, before)) return [];
    store.counts.set(product, { ...next, correction_milli: before?.correction_milli ?? 0 });
    return [product];
  });
}

type Standing = Omit<StandingCount, 'correction_milli'>;

function isLater(books: Books, next: Standing, before: Standing): boolean {
  if (next.till === before.till) return next.seq > before.seq;
  if ((next.marks.get(before.till) ?? -1) >= before.seq) return true;
  if ((before.marks.get(next.till) ?? -1) >= next.seq) return false;
  if (next.earliest !== before.earliest) return next.earliest > before.earliest;
  const order = [...books.tills.keys()];
  return order.indexOf(next.till) > order.indexOf(before.till);
}

/** Whether a movement was before a count, by the marks where they say, else by the clocks. What takes an entry back is where that is. */
function sideOf(
  count: Standing,
  till: string,
  seq: number,
  { earliest, latest }: Bounds,
): 'before' | 'after' | 'doubt' {
  if (seq <= (count.marks.get(till) ?? -1)) return 'before';
  if (till === count.till) return 'after';
  if (latest < count.earliest - minute_ms) return 'before';
  if (earliest > count.latest + minute_ms && seq > (count.beyond.get(till) ?? 0)) return 'after';
  return 'doubt';
}

function* movedOf({ counts, movements }: TillBook, from_seq: number, to_seq: number) {
  for (const seq of [...movements.keys()].toSorted((a, b) => a - b)) {
    if (seq < from_seq || seq > to_seq) continue;
    const sums = new Map<string, { milli: number; of: number }>();
    for (const { milli, product, undoes = seq } of movements.get(seq) ?? [])
      sums.set(product, { milli: (sums.get(product)?.milli ?? 0) + milli, of: undoes });
    for (const [product, sum] of sums) yield { seq, product, ...sum, isCount: counts.has(seq) };
  }
}

const nowhere: Bounds = { earliest: -Infinity, latest: -Infinity };
const doubtKey = (till: string, seq: number, product: string) => `${till}/${seq}/${product}`;

/** Makes the corrections of products anew: the level shall be what was counted, and what moved after it. */
function correct(books: Books, store: StoreBook, of: string, products: ReadonlySet<string>): void {
  for (const [key, { product }] of store.doubts) if (products.has(product)) store.doubts.delete(key);
  const after = new Map<string, number>();
  const counts = [...products].flatMap((product) => store.counts.get(product) ?? []);
  for (const book of books.tills.values()) {
    if (book.store !== of) continue;
    const from = Math.min(...counts.map(({ marks }) => marks.get(book.till) ?? 0));
    const since = Math.min(...counts.map(({ earliest }) => earliest)) - 2 * minute_ms;
    const near = book.entries.flatMap(({ received_ms }, i) => (i + 1 > from && received_ms > since ? [i + 1] : []));
    const moments = new Map(
      near.length === 0
        ? []
        : momentsOf(book, Math.min(...near), Math.max(...near)).map((moment) => [moment.seq, moment]),
    );
    for (const { isCount, milli, of: of_seq, product, seq } of movedOf(book, from + 1, Infinity)) {
      const count = products.has(product) ? store.counts.get(product) : undefined;
      if (count === undefined || isCount) continue;
      const side = sideOf(count, book.till, of_seq, moments.get(of_seq) ?? nowhere);
      if (side !== 'before') after.set(product, (after.get(product) ?? 0) + milli);
      if (side === 'doubt') doubt(store, book.till, seq, product, milli);
    }
  }
  const levels = new Map<string, number>();
  for (const { level_milli, product } of store.stock.values())
    levels.set(product, (levels.get(product) ?? 0) + level_milli);
  const corrections = [...products].map((product): [string, number] => [
    product,
    (store.counts.get(product)?.counted_milli ?? 0) - (levels.get(product) ?? 0) + (after.get(product) ?? 0),
  ]);
  putCorrections(store, corrections);
}

function doubt(store: StoreBook, till: string, seq: number, product: string, milli: number): void {
  store.doubts.set(doubtKey(till, seq, product), { till, seq, product, milli, decided: null });
}

/** Movements of products whose count stood before. Another count of such a product was before the one that stands. */
function settleRest(
  store: StoreBook,
  book: TillBook,
  from_seq: number,
  to_seq: number,
  stood: ReadonlySet<string>,
): void {
  const moments = new Map(momentsOf(book, from_seq, to_seq).map((moment) => [moment.seq, moment]));
  const before = new Map<string, number>();
  for (const { isCount, milli, of, product, seq } of movedOf(book, from_seq, to_seq)) {
    const count = stood.has(product) ? undefined : store.counts.get(product);
    const [moment] = of < from_seq ? momentsOf(book, of, of) : [moments.get(of)];
    if (count === undefined || moment === undefined) continue;
    const decided = store.doubts.get(doubtKey(book.till, of, product))?.decided;
    const side = isCount ? 'before' : (decided ?? sideOf(count, book.till, of, moment));
    if (side === 'before') before.set(product, (before.get(product) ?? 0) + milli);
    if (side === 'doubt') doubt(store, book.till, seq, product, milli);
  }
  const corrections = [...before].map(([product, milli]): [string, number] => [
    product,
    (store.counts.get(product)?.correction_milli ?? 0) - milli,
  ]);
  putCorrections(store, corrections);
}

/** Writes new corrections, and tells the tills of those that changed. */
function putCorrections({ counts, stream }: StoreBook, corrections: readonly (readonly [string, number])[]): void {
  for (const [product, correction_milli] of corrections.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const count = counts.get(product);
    if (count === undefined || count.correction_milli === correction_milli) continue;
    counts.set(product, { ...count, correction_milli });
    putRow(stream, 'stock_correction', product, { product, correction_milli });
  }
}

/** Decides what is in doubt of a product. Answers what it comes to; undefined where nothing is in doubt. */
export function decideDoubt(store: StoreBook, product: string, isBefore: boolean): number | undefined {
  const open = [...store.doubts].filter(([, one]) => one.product === product && one.decided === null);
  if (open.length === 0) return undefined;
  const milli = open.reduce((sum, [, one]) => sum + one.milli, 0);
  if (isBefore) putCorrections(store, [[product, (store.counts.get(product)?.correction_milli ?? 0) - milli]]);
  for (const [key, one] of open) store.doubts.set(key, { ...one, decided: isBefore ? 'before' : 'after' });
  return milli;
}
