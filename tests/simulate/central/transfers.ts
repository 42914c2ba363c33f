/**
 * The model's transfers, by the number on their paper: what was sent, what was received and where. Written from decision 17:
 * none waits for another, a number is sent once and cancelled once, receipts add up, and what is sent is told to both stores.
 * What a third store says of it is its own: it is neither received nor told.
 */
import { isMakerAside, makerAside } from './aside.ts';
import type { Books, Doc, Movement, TillBook, Transfer, TransferLine } from './books.ts';
import { putRow } from './feed.ts';

interface TransferBody {
  readonly number: string;
  readonly transfer?: string;
  readonly to_store?: string;
  readonly awaits_more?: boolean;
  readonly lines: readonly (Omit<TransferLine, 'sent_milli'> & {
    readonly quantity_milli: number;
    readonly counted_since?: boolean;
  })[];
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
  sent_seq: null,
  isCancelled: false,
  claims: [],
  sent: new Map(),
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
  // What it follows may lie aside; then it waits for that.
  const isFollowing = (first: 'sent' | 'received') => isMakerAside(book, seq, first, body.number);
  if (what === 'cancelled' && (!isOwn || before.isCancelled))
    return { code: isFollowing('sent') ? makerAside : '23514' };
  const next = nextOf(before, what, book, seq, fact);
  // Nobody takes back more than they wrote down.
  if (next.receipts.some(({ milli }) => milli < 0)) return { code: isFollowing('received') ? makerAside : '23514' };
  const sign = what === 'sent' ? -1 : 1;
  return {
    add: () => {
      books.transfers.set(body.number, next);
      const moved = body.lines.map(({ counted_since, product, quantity_milli }): Movement => ({
        product,
        milli: counted_since === true ? 0 : sign * quantity_milli,
        undoes: undoneBy(before, what, book.till, product),
      }));
      book.movements.set(
        seq,
        moved.filter(({ milli }) => milli !== 0),
      );
      tell(books, next);
    },
  };
}

/** What an entry takes back of a product: what was sent, or the last receipt that names it, or else the last. */
function undoneBy(
  { claims, receipts, sent_seq }: Transfer,
  what: 'sent' | 'received' | 'corrected' | 'cancelled',
  till: string,
  product: string,
): number | undefined {
  if (what === 'cancelled') return sent_seq ?? undefined;
  if (what !== 'corrected') return undefined;
  const named = receipts.find((one) => one.till === till && one.product === product)?.receipt_seq;
  return named ?? claims.filter((one) => one.till === till && one.isReceipt).at(-1)?.seq;
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
  if (what === 'sent') {
    const sent = new Map<string, TransferLine>();
    for (const { quantity_milli, ...line } of body.lines)
      sent.set(line.product, { ...line, sent_milli: (sent.get(line.product)?.sent_milli ?? 0) + quantity_milli });
    const { to_store = null, transfer = null } = body;
    return { ...before, transfer, from_store: store, to_store, sent_at: at, sent_seq: seq, sent };
  }
  const receipts = [...before.receipts];
  for (const { name, product, quantity_milli, sku, unit } of body.lines) {
    const i = receipts.findIndex((one) => one.till === till && one.product === product);
    const held = receipts[i];
    const receipt_seq = what === 'received' ? seq : held?.receipt_seq;
    if (held === undefined)
      receipts.push({ store, till, product, sku, name, unit, milli: quantity_milli, receipt_seq });
    else receipts[i] = { ...held, milli: held.milli + quantity_milli, receipt_seq };
  }
  const claims = [
    ...before.claims,
    { store, till, seq, awaits_more: body.awaits_more ?? false, isReceipt: what === 'received' },
  ];
  return { ...before, receipts, claims };
}

interface Counted extends TransferLine {
  /** What the store has that it was for. */
  readonly received_milli: number;
  /** What other stores say that they have of it. */
  readonly elsewhere_milli: number;
  /** Nothing that the store which it was for has named, nor the sender. */
  readonly isOfOthers: boolean;
}

/** Its products: those that were sent in the sender's words, the rest in those of the store that it was for before another's. */
export function countedOf(transfer: Transfer): readonly Counted[] {
  const { receipts, sent } = transfer;
  const meant = transfer.to_store ?? standingOf(transfer).received_store;
  const products = new Set([...sent.keys(), ...receipts.map(({ product }) => product)]);
  return [...products].map((product) => {
    const said = receipts
      .filter((one) => one.product === product)
      .toSorted((a, b) => Number(b.store === meant) - Number(a.store === meant) || (a.till < b.till ? -1 : 1));
    const sumOf = (isMeant: boolean) =>
      said.reduce((sum, { milli, store }) => sum + ((store === meant) === isMeant ? milli : 0), 0);
    const words = sent.get(product) ?? said[0];
    if (words === undefined) throw new Error(`${product} was named by nobody`);
    return {
      product,
      sku: words.sku,
      name: words.name,
      unit: words.unit,
      sent_milli: sent.get(product)?.sent_milli ?? 0,
      received_milli: sumOf(true),
      elsewhere_milli: sumOf(false),
      isOfOthers: !sent.has(product) && said[0]?.store !== meant,
    };
  });
}

/** Where a transfer is, by all that was said of it. */
export function standingOf(transfer: Transfer): {
  /** Whose receipts end it. */
  readonly received_store: string | null;
  /** Another store that has goods of it. */
  readonly elsewhere_store: string | null;
  readonly state: 'on_the_way' | 'received' | 'cancelled';
} {
  const { claims, isCancelled, receipts, sent, sent_at, to_store } = transfer;
  const hasGoods = (store: string) => receipts.some((one) => one.store === store && one.milli !== 0);
  const awaitsMore = (store: string) => claims.findLast((one) => one.store === store)?.awaits_more === true;
  // Whoever has taken back all that they had, and awaits it still, has received nothing.
  const receiver = claims.find(
    ({ store }) => (to_store ?? store) === store && (hasGoods(store) || !awaitsMore(store)),
  )?.store;
  const other = claims.findLast(({ store }) => store !== receiver && hasGoods(store))?.store;
  const receivedOf = (product: string) =>
    receipts.reduce((sum, one) => sum + (one.product === product && one.store === receiver ? one.milli : 0), 0);
  const isWhole =
    sent_at !== null && [...sent.values()].every(({ product, sent_milli }) => receivedOf(product) >= sent_milli);
  const isClosed = receiver !== undefined && (!awaitsMore(receiver) || isWhole);
  return {
    received_store: receiver ?? null,
    elsewhere_store: other ?? null,
    state: isCancelled ? 'cancelled' : isClosed ? 'received' : 'on_the_way',
  };
}

/** Tells both stores when there is anything new; nobody of goods that nobody says to have sent. */
function tell({ company }: Books, transfer: Transfer): void {
  const { claims, from_store, number, sent_at, to_store } = transfer;
  if (sent_at === null) return;
  const { received_store, state } = standingOf(transfer);
  const order = ({ product, sku }: TransferLine) => `${sku}\0${product}`;
  const seen = new Map<string, number>();
  for (const { seq, store, till } of claims)
    if (store === from_store || store === to_store) seen.set(till, Math.max(seen.get(till) ?? 0, seq));
  const row = {
    number,
    from_store,
    to_store,
    state,
    sent_at,
    seen: [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([till, seq]) => ({ till, seq })),
    lines: countedOf(transfer)
      .filter(({ isOfOthers }) => !isOfOthers)
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
      .map(({ name, product, received_milli, sent_milli, sku, unit }) => ({
        product,
        sku,
        name,
        unit,
        sent_milli,
        received_milli: received_store === null ? null : received_milli,
      })),
  };
  if (JSON.stringify(company.rows.get(`transfer ${number}`)?.row) !== JSON.stringify(row))
    putRow(company, 'transfer', number, row);
}
