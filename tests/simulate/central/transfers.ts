/**
 * The model's transfers, by the number on their paper: what was sent, what was received and where. Written from decision 17:
 * none waits for another, a number is sent once and cancelled once, receipts add up, and what is sent is told to both stores.
 */
import type { Books, Doc, Movement, TillBook, Transfer } from './books.ts';
import { putRow } from './feed.ts';

interface TransferBody {
  readonly number: string;
  readonly to_store?: string;
  readonly lines: readonly {
    readonly product: string;
    readonly sku: string;
    readonly name: string;
    readonly unit: string;
    readonly quantity_milli: number;
  }[];
}

const kinds: Readonly<Record<string, 'sent' | 'received' | 'cancelled'>> = {
  'stock.sent': 'sent',
  'stock.received': 'received',
  'stock.transfer_cancelled': 'cancelled',
};

export const isTransfer = (kind: string): boolean => kind in kinds;

const fresh = {
  from_store: null,
  to_store: null,
  sent_at: null,
  isCancelled: false,
  received_store: null,
  elsewhere_store: null,
  lines: new Map(),
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
  if (what === 'cancelled' && (before.from_store !== book.store || before.isCancelled)) return { code: '23514' };
  const next =
    what === 'sent' ? sent(before, book, fact) : what === 'received' ? received(before, book.store) : cancelled(before);
  const sign = what === 'sent' ? -1 : 1;
  return {
    add: () => {
      const lines = what === 'cancelled' ? next.lines : withLines(next, what, body.lines);
      const transfer = { ...next, lines };
      books.transfers.set(body.number, transfer);
      const moved = body.lines.map(({ product, quantity_milli }): Movement => ({
        product,
        milli: sign * quantity_milli,
      }));
      book.movements.set(
        seq,
        moved.filter(({ milli }) => milli !== 0),
      );
      tell(books, transfer);
    },
  };
}

function sent(before: Transfer, { store }: TillBook, { at, body }: Doc): Transfer {
  const to_store = String(body['to_store']);
  // Of those who said before that they have it, whom it was for counts.
  const said = [before.received_store, before.elsewhere_store].filter((one) => one !== null);
  return {
    ...before,
    from_store: store,
    to_store,
    sent_at: at,
    received_store: said.find((one) => one === to_store) ?? null,
    elsewhere_store: said.find((one) => one !== to_store) ?? null,
  };
}

function received(before: Transfer, store: string): Transfer {
  const expected = before.to_store ?? before.received_store ?? store;
  return store === expected ? { ...before, received_store: store } : { ...before, elsewhere_store: store };
}

const cancelled = (before: Transfer): Transfer => ({ ...before, isCancelled: true });

function withLines(before: Transfer, what: 'sent' | 'received', lines: TransferBody['lines']): Transfer['lines'] {
  const all = new Map(before.lines);
  for (const { quantity_milli, ...named } of lines) {
    const line = all.get(named.product) ?? { ...named, sent_milli: 0, received_milli: 0 };
    const field = `${what}_milli` as const;
    all.set(named.product, { ...line, [field]: line[field] + quantity_milli });
  }
  return all;
}

/** Tells both stores; nobody of goods that nobody says to have sent. */
function tell({ company }: Books, transfer: Transfer): void {
  const { from_store, isCancelled, lines, number, received_store, sent_at, to_store } = transfer;
  if (sent_at === null) return;
  const state = isCancelled ? 'cancelled' : received_store === null ? 'on_the_way' : 'received';
  const order = ({ product, sku }: { readonly product: string; readonly sku: string }) => `${sku}\0${product}`;
  putRow(company, 'transfer', number, {
    number,
    from_store,
    to_store,
    state,
    sent_at,
    lines: [...lines.values()]
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
      .map((line) => ({ ...line, received_milli: received_store === null ? null : line.received_milli })),
  });
}
