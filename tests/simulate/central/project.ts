/** How the model turns entries into sales, shifts and stock: what an entry says is counted once, or put aside with a reason. */
import { isMakerAside, makerAside } from './aside.ts';
import { decideEdit, takeProduct } from './catalogue.ts';
import { readDoc } from './chain.ts';
import { countOf } from './counts.ts';
import { gather, isJoining, isOfHistory, joiningCodes } from './joining.ts';
import { transferOf } from './transfers.ts';
import type { Books, ClosingBody, Doc, Movement, SaleRow, StoreBook, TillBook } from './books.ts';

interface SaleBody {
  readonly sale?: string;
  readonly refund?: string;
  readonly of_sale?: string | null;
  readonly receipt: { readonly till: string; readonly series: string; readonly number: number };
  readonly shift: string;
  readonly total_minor: number;
  readonly tax_minor: number;
  readonly tenders: readonly { readonly kind: string; readonly amount_minor: number }[];
  readonly lines: readonly {
    readonly line: string;
    readonly of_line?: string | null;
    readonly product: string;
    readonly quantity_milli: number;
    readonly stocked: boolean;
    readonly restock?: boolean;
  }[];
}

/** Why an entry is put aside: the codes that PostgreSQL or a check of ours gives. */
export const codes = {
  unique: '23505',
  unreadable: 'ET002',
  slow: 'ET003',
  repeated: 'ET004',
  impossible: 'ET024',
} as const;

const silent = new Set([
  'epoch.opened',
  'till.opened',
  'settings.recorded',
  'staff.credential_set',
  'staff.locked_out',
  'erased',
]);

/** What an entry would add, once it is known that nothing stands against it. */
type Contribution = { readonly code: string } | { readonly isKnown: boolean; readonly add: () => void };

/** Projects an entry that is held. Answers the code of what stands against it; undefined where nothing does. */
export function projectEntry(books: Books, book: TillBook, seq: number, now: string): string | undefined {
  const fact = book.entries[seq - 1]?.fact ?? null;
  if (fact === null) return codes.unreadable;
  const key = `${fact.command}/${fact.n}`;
  const twin = book.commands.get(key);
  if (twin !== undefined && twin !== seq) {
    // The same fact, which is there: a fork that holds what its other side had got back.
    return isSameFact(book.entries[twin - 1]?.fact ?? null, fact) ? undefined : codes.repeated;
  }
  if (wasSaidBefore(book, seq, fact)) return codes.unique;
  const contribution = contributionOf(books, book, seq, fact, now);
  if ('code' in contribution) return contribution.code;
  contribution.add();
  return undefined;
}

/** What there is one of in a store, and an entry says. */
function saidOnce(fact: Doc | null): string | undefined {
  switch (fact?.kind) {
    case 'sale.completed':
      return `sale ${String(fact.body['sale'])}`;
    case 'refund.completed':
      return `sale ${String(fact.body['refund'])}`;
    case 'shift.closed':
      return `shift ${String(fact.body['shift'])}`;
    case 'stock.sent':
      return `sent ${String(fact.body['number'])}`;
    case 'stock.transfer_cancelled':
      return `cancelled ${String(fact.body['transfer'])}`;
    default:
      return undefined;
  }
}

/** Whether an adopted entry says what one before it says that was put aside: the first in the chain counts, if only later. */
function wasSaidBefore(book: TillBook, seq: number, fact: Doc): boolean {
  const said = saidOnce(fact);
  if (said === undefined || readDoc(book.entries[seq - 1]?.bytes ?? new Uint8Array())?.kind !== 'adopted') return false;
  return [...book.quarantine.keys()].some(
    (before) => before < seq && saidOnce(book.entries[before - 1]?.fact ?? null) === said,
  );
}

/** Two adopted copies of one fact stand under different epochs of the chain; what is inside is the same. */
function isSameFact(one: Doc | null, other: Doc): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function contributionOf(books: Books, book: TillBook, seq: number, fact: Doc, now: string): Contribution {
  const store = books.stores.get(book.store);
  if (store === undefined) throw new Error(`no store ${book.store}`);
  const kind = fact.version === 1 ? fact.kind : '';
  switch (kind) {
    case 'sale.completed':
    case 'refund.completed':
      return saleOf(store, book, seq, fact);
    case 'shift.opened': {
      const shift = String(fact.body['shift']);
      if (store.openings.has(shift)) return { code: codes.unique };
      return { isKnown: true, add: () => void store.openings.add(shift) };
    }
    case 'shift.closed': {
      const shift = String(fact.body['shift']);
      if (store.closings.has(shift)) return { code: codes.unique };
      return {
        isKnown: true,
        // Its schema at the till has passed it.
        add: () => void store.closings.set(shift, { till: book.till, seq, body: fact.body as unknown as ClosingBody }),
      };
    }
    case 'cash.moved': {
      const { amount_minor, direction, shift } = fact.body;
      const row = { shift: String(shift), amount_minor: Number(amount_minor) * (direction === 'in' ? 1 : -1) };
      return { isKnown: true, add: () => void book.cash.set(seq, row) };
    }
    case 'basket.voided':
      return { isKnown: true, add: () => undefined };
    case 'stock.adjusted': {
      // Its schema at the till has passed it; the sum is made here.
      const lines = fact.body['lines'] as readonly { readonly product: string; readonly quantity_milli: number }[];
      return {
        isKnown: true,
        add: () =>
          void book.movements.set(
            seq,
            lines.map(({ product, quantity_milli }) => ({ product, milli: quantity_milli })),
          ),
      };
    }
    case 'stock.counted': {
      const lines = countOf(book, seq, fact);
      if (lines === undefined) return { code: codes.impossible };
      const moved = lines
        .map(({ counted_milli, known_milli, product }): Movement => ({ product, milli: counted_milli - known_milli }))
        .filter(({ milli }) => milli !== 0);
      return {
        isKnown: true,
        add: () => {
          book.counts.set(seq, lines);
          book.movements.set(seq, moved);
        },
      };
    }
    case 'product.edit_proposed': {
      const product = String(fact.body['product']);
      if (isJoining(book)) return { code: joiningCodes.notYet };
      if (!books.catalogue.has(product) && isMakerAside(book, seq, 'product', product)) return { code: makerAside };
      return { isKnown: true, add: () => decideEdit(books, book, seq, fact, now) };
    }
    case 'product.proposed':
      if (isJoining(book)) return { code: joiningCodes.notYet };
      return { isKnown: true, add: () => takeProduct(books, book, seq, fact, now) };
    case 'stock.sent':
    case 'stock.received':
    case 'stock.receipt_corrected':
    case 'stock.transfer_cancelled': {
      const transfer = transferOf(books, book, seq, fact);
      return 'code' in transfer ? transfer : { isKnown: true, ...transfer };
    }
    default:
      if (isOfHistory(kind)) {
        const code = gather(book, seq, fact);
        return code === undefined ? { isKnown: true, add: () => undefined } : { code };
      }
      if (silent.has(kind)) return { isKnown: true, add: () => undefined };
      return { isKnown: false, add: () => void book.unknown.add(seq) };
  }
}

function saleOf(store: StoreBook, book: TillBook, seq: number, fact: Doc): Contribution {
  // Its schema at the till has passed it.
  const body = fact.body as unknown as SaleBody;
  const sale = body.sale ?? body.refund;
  if (sale === undefined) return { code: '23502' };
  if (store.sales.has(sale)) return { code: codes.unique };
  const { number, series, till } = body.receipt;
  const row: SaleRow = {
    till: book.till,
    seq,
    command: fact.command,
    kind: fact.kind === 'sale.completed' ? 'sale' : 'refund',
    receipt_number: `${till}-${series}-${String(number).padStart(6, '0')}`,
    total_minor: body.total_minor,
    of_sale: body.of_sale ?? null,
    lines: body.lines.map(({ line, of_line, product, quantity_milli }) => ({
      line,
      of_line: of_line ?? null,
      product,
      quantity_milli,
    })),
    shift: body.shift,
    tax_minor: body.tax_minor,
    tenders: body.tenders.map(({ amount_minor, kind }) => ({ kind, amount_minor })),
  };
  const moved = body.lines
    .filter(({ restock, stocked }) => stocked && restock !== false)
    .map(({ product, quantity_milli }): Movement => ({ product, milli: -quantity_milli }))
    .filter(({ milli }) => milli !== 0);
  return {
    isKnown: true,
    add: () => {
      store.sales.set(sale, row);
      book.movements.set(seq, moved);
    },
  };
}

/** Adds what entries moved to the store's levels, in the order of products, each at a position of its own. */
export function applyStock(store: StoreBook, book: TillBook, from_seq: number, to_seq: number): void {
  const moved = new Map<string, { milli: number; seq: number }>();
  for (let seq = from_seq; seq <= to_seq; seq += 1) {
    for (const { product, milli } of book.movements.get(seq) ?? []) {
      moved.set(product, { milli: (moved.get(product)?.milli ?? 0) + milli, seq });
    }
  }
  for (const [product, { milli, seq }] of [...moved].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const key = `${product}/${book.till}`;
    const before = store.stock.get(key);
    store.stream.position += 1;
    store.stock.set(key, {
      product,
      till: book.till,
      level_milli: (before?.level_milli ?? 0) + milli,
      covers_seq: Math.max(before?.covers_seq ?? 0, seq),
      position: store.stream.position,
    });
  }
}
