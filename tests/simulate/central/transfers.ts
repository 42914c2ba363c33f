/**
 * The model's transfers, by the number on their paper: what was sent, what was received and where. Written from decision 17:
 * none waits for another, a number is sent once and cancelled once, receipts add up, and what is sent is told to both stores.
 */
import type { Books, Doc, Movement, TillBook, Transfer, TransferLine } from './books.ts';
import { putRow } from './feed.ts';

interface TransferBody {
  readonly number: string;
  readonly transfer?: string;
  readonly to_store?: string;
  readonly awaits_more?: boolean;
  readonly lines: readonly (Omit<TransferLine, 'sent_milli'> & { readonly quantity_milli: number })[];
}

const kinds: Readonly<Record<string, 'sent' | 'received' | 'corrected' | 'cancelled'>> = {
  'stock.sent': 'sent',
  'stock.received': 'received',
  'stock.receipt_corrected': 'corrected',
  'stock.transfer_cancelled': 'cancelled',
};

export const isTransfer = (kind: string): boolean => kind in kinds;

const fresh = {
  transfer: null,
  from_store: null,
  to_store: null,
  sent_at: null,
  isCancelled: false,
  claims: [],
  lines: new Map(),
  receipts: [],
};

/** What an entry adds; or why nothing can come of it. */
export function transferOf(
  books: Books,
  book: TillBook,
  seq: number,
  fact: Doc,
): { readonly code: string } | { readonly add: () => void } {
  // Its schema at the till has passed it.
  const body = fact.body as unknown as TransferBody;
  const before = books.transfers.get(body.number) ?? { ...fresh, number: body.number };
  const what = kinds[fact.kind];
  if (what === undefined) throw new Error(`${fact.kind} is no transfer`);
  if (what === 'sent' && before.sent_at !== null) return { code: '23505' };
  const isOwn = before.from_store === book.store && before.transfer === body.transfer;
  if (what === 'cancelled' && (!isOwn || before.isCancelled)) return { code: '23514' };
  const next = nextOf(before, what, book, seq, fact);
  // Nobody takes back more than they wrote down.
  if (next.receipts.some(({ milli }) => milli < 0)) return { code: '23514' };
  const sign = what === 'sent' ? -1 : 1;
  return {
    add: () => {
      books.transfers.set(body.number, next);
      const moved = body.lines.map(({ product, quantity_milli }): Movement => ({
        product,
        milli: sign * quantity_milli,
      }));
      book.movements.set(
        seq,
        moved.filter(({ milli }) => milli !== 0),
      );
      tell(books, next);
    },
  };
}

function nextOf(
  before: Transfer,
  what: 'sent' | 'received' | 'corrected' | 'cancelled',
  { store, till }: TillBook,
  seq: number,
  { at, body: said }: Doc,
): Transfer {
  // Its schema at the till has passed it.
  const body = said as unknown as TransferBody;
  if (what === 'cancelled') return { ...before, isCancelled: true };
  const lines = named(before, body.lines);
  if (what === 'sent') {
    for (const { product, quantity_milli } of body.lines) {
      const line = lines.get(product);
      if (line !== undefined) lines.set(product, { ...line, sent_milli: line.sent_milli + quantity_milli });
    }
    const { to_store = null, transfer = null } = body;
    return { ...before, transfer, from_store: store, to_store, sent_at: at, lines };
  }
  const receipts = [...before.receipts];
  for (const { product, quantity_milli } of body.lines) {
    const i = receipts.findIndex((one) => one.till === till && one.product === product);
    const held = receipts[i]?.milli ?? 0;
    receipts.splice(i < 0 ? receipts.length : i, 1, { store, till, product, milli: held + quantity_milli });
  }
  const claims = [...before.claims, { store, till, seq, awaits_more: body.awaits_more ?? false }];
  return { ...before, lines, receipts, claims };
}

function named(before: Transfer, said: TransferBody['lines']): Map<string, TransferLine> {
  const lines = new Map(before.lines);
  for (const { name, product, sku, unit } of said)
    if (!lines.has(product)) lines.set(product, { product, sku, name, unit, sent_milli: 0 });
  return lines;
}

/** How much of a product all tills together say that they received. */
export function receivedOf({ receipts }: Transfer, product: string): number {
  return receipts.reduce((sum, one) => sum + (one.product === product ? one.milli : 0), 0);
}

/** Where a transfer is, by all that was said of it. */
export function standingOf(transfer: Transfer): {
  /** Whose receipts end it. */
  readonly received_store: string | null;
  /** Another store that has goods of it. */
  readonly elsewhere_store: string | null;
  readonly state: 'on_the_way' | 'received' | 'cancelled';
} {
  const { claims, isCancelled, lines, receipts, sent_at, to_store } = transfer;
  const hasGoods = (store: string) => receipts.some((one) => one.store === store && one.milli !== 0);
  const awaitsMore = (store: string) => claims.findLast((one) => one.store === store)?.awaits_more === true;
  // Whoever has taken back all that they had, and awaits it still, has received nothing.
  const receiver = claims.find(
    ({ store }) => (to_store ?? store) === store && (hasGoods(store) || !awaitsMore(store)),
  )?.store;
  const other = claims.findLast(({ store }) => store !== receiver && hasGoods(store))?.store;
  const isWhole =
    sent_at !== null &&
    other === undefined &&
    [...lines.values()].every(({ product, sent_milli }) => receivedOf(transfer, product) >= sent_milli);
  const isClosed = receiver !== undefined && (!awaitsMore(receiver) || isWhole);
  return {
    received_store: receiver ?? null,
    elsewhere_store: other ?? null,
    state: isCancelled ? 'cancelled' : isClosed ? 'received' : 'on_the_way',
  };
}

/** Tells both stores; nobody of goods that nobody says to have sent. */
function tell({ company }: Books, transfer: Transfer): void {
  const { claims, from_store, lines, number, sent_at, to_store } = transfer;
  if (sent_at === null) return;
  const { received_store, state } = standingOf(transfer);
  const order = ({ product, sku }: TransferLine) => `${sku}\0${product}`;
  const seen = new Map<string, number>();
  for (const { seq, till } of claims) seen.set(till, Math.max(seen.get(till) ?? 0, seq));
  putRow(company, 'transfer', number, {
    number,
    from_store,
    to_store,
    state,
    sent_at,
    seen: [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([till, seq]) => ({ till, seq })),
    lines: [...lines.values()]
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
      .map((line) => ({
        ...line,
        received_milli: received_store === null ? null : receivedOf(transfer, line.product),
      })),
  });
}
