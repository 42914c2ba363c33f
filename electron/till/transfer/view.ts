/** Transfers as a screen shows them: what this till did itself counts at once, the rest as the head office tells it. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import type { ProductId, StoreId, TillId } from '../../../shared/ids.ts';
import type { ReadDb } from '../db/statement.ts';
import { differenceMilli, dueMilli } from '../../../shared/stock/transfer.ts';
import { tillIdentity } from '../journal/head.ts';
import {
  linesOf,
  listedNumbers,
  listOtherStores,
  mostSettled,
  type MovedLine,
  nameOfStore,
  type OwnEntry,
  ownEntriesOf,
  type ToldTransfer,
  toldTransfer,
} from './repository.ts';

type Listed = OutputOf<TillContract['transfer']['list']>;
type Shown = OutputOf<TillContract['transfer']['show']>;
type KnownLine = Omit<Shown['lines'][number], 'due_milli'>;

/** All that this till knows of one transfer. */
export interface Known {
  readonly number: string;
  readonly isIncoming: boolean;
  readonly state: Shown['state'];
  readonly sent: OwnEntry | undefined;
  /** What this till wrote down of what came, and corrected of it, in order. */
  readonly receipts: readonly OwnEntry[];
  readonly told: ToldTransfer | undefined;
  readonly lines: readonly KnownLine[];
}

interface Self {
  readonly store: StoreId;
  readonly till: TillId;
}

function know(
  db: ReadDb,
  number: string,
  self: Self,
  entries: readonly OwnEntry[],
  told: ToldTransfer | undefined,
): Known {
  const sent = entries.find(({ what }) => what === 'sent');
  const receipts = entries.filter(({ what }) => what === 'received' || what === 'corrected');
  const heard_seq = heardOf(self.till, told);
  const unheard = receipts.filter(({ seq }) => seq > heard_seq);
  const lines = linesOfAll(db, { sent, receipts, unheard, told });
  const isCancelled = entries.some(({ what }) => what === 'cancelled') || told?.state === 'cancelled';
  return {
    number,
    isIncoming: sent === undefined && told?.from_store !== self.store,
    state: isCancelled ? 'cancelled' : stateOf(lines, unheard.at(-1), told),
    sent,
    receipts,
    told,
    lines,
  };
}

/** The last entry of a till that is in what the head office tells. An older one takes what it has first heard for all. */
function heardOf(self: TillId, told: ToldTransfer | undefined): number {
  if (told?.seen === undefined) return told?.state === 'received' ? Number.POSITIVE_INFINITY : 0;
  return told.seen.find(({ till }) => till === self)?.seq ?? 0;
}

/** Whoever wrote something down last says whether more is expected; it ends by itself when all has come. */
function stateOf(
  lines: readonly KnownLine[],
  last: OwnEntry | undefined,
  told: ToldTransfer | undefined,
): 'on_the_way' | 'partly' | 'received' {
  const isWhole =
    told !== undefined && lines.every(({ received_milli, sent_milli }) => (received_milli ?? 0) >= sent_milli);
  const isEnded = last === undefined ? told?.state === 'received' : !last.awaits_more || isWhole;
  if (isEnded) return 'received';
  return lines.some(({ received_milli }) => (received_milli ?? 0) > 0) ? 'partly' : 'on_the_way';
}

/** What was sent as told or as written here; what was received as told, and what this till has added since. */
function linesOfAll(
  db: ReadDb,
  of: {
    readonly sent: OwnEntry | undefined;
    readonly receipts: readonly OwnEntry[];
    readonly unheard: readonly OwnEntry[];
    readonly told: ToldTransfer | undefined;
  },
): KnownLine[] {
  const { receipts, sent, told, unheard } = of;
  const lines = new Map<ProductId, KnownLine>();
  for (const { name, product, received_milli, sent_milli, sku, unit } of told?.lines ?? [])
    lines.set(product, { product, sku, name, unit, sent_milli, received_milli, own_milli: 0 });
  if (told === undefined && sent !== undefined)
    for (const { quantity_milli, ...line } of linesOf(db, sent.seq))
      lines.set(line.product, { ...line, sent_milli: quantity_milli, received_milli: null, own_milli: 0 });
  // What nobody has counted is none from the moment in which somebody has said what came.
  if (unheard.length > 0)
    for (const [product, line] of lines) lines.set(product, { ...line, received_milli: line.received_milli ?? 0 });
  for (const entry of receipts) {
    for (const { quantity_milli, ...line } of linesOf(db, entry.seq)) {
      const held = lines.get(line.product) ?? { ...line, sent_milli: 0, received_milli: 0, own_milli: 0 };
      const added_milli = unheard.includes(entry) ? quantity_milli : 0;
      lines.set(line.product, {
        ...held,
        received_milli: (held.received_milli ?? 0) + added_milli,
        own_milli: held.own_milli + quantity_milli,
      });
    }
  }
  return [...lines.values()];
}

function selfOf(db: ReadDb): Self {
  const identity = tillIdentity(db);
  if (identity === undefined) throw new Error('a till that was never set up has no transfers');
  return identity;
}

/** What this till knows of a transfer; undefined where it has never heard of it. */
export function knownTransfer(db: ReadDb, number: string): Known | undefined {
  const entries = ownEntriesOf(db, number);
  const told = toldTransfer(db, number);
  return entries.length === 0 && told === undefined ? undefined : know(db, number, selfOf(db), entries, told);
}

/** Whether this till may say that the goods never left: it sent them, and nobody has said that any arrived. */
export function canCancel({ sent, state }: Known): boolean {
  return sent !== undefined && state === 'on_the_way';
}

/** What this till itself has written down of what came, by product. */
export function receivedHere(db: ReadDb, { receipts }: Known): ReadonlyMap<ProductId, MovedLine> {
  const held = new Map<ProductId, MovedLine>();
  for (const { seq } of receipts) {
    for (const line of linesOf(db, seq)) {
      const quantity_milli = (held.get(line.product)?.quantity_milli ?? 0) + line.quantity_milli;
      held.set(line.product, { ...line, quantity_milli });
    }
  }
  return held;
}

function linesDue({ lines, state }: Known): Shown['lines'] {
  return lines.map((line) => ({ ...line, due_milli: dueMilli(state, line.sent_milli) }));
}

/** Whether what came is not what was to come; what was never announced can't differ. */
function differs(known: Known): boolean {
  if (known.sent === undefined && known.told === undefined) return false;
  return linesDue(known).some((line) => differenceMilli(known.state, line) !== 0);
}

function rowOf(db: ReadDb, known: Known): Listed['incoming'][number] {
  const { isIncoming, lines, number, receipts, sent, state, told } = known;
  const other = isIncoming ? (told?.from_store ?? null) : (sent?.to_store ?? told?.to_store ?? null);
  return {
    number,
    state,
    store_name: nameOfStore(db, other),
    at: told?.sent_at ?? sent?.at ?? receipts[0]?.at ?? '',
    products: lines.length,
    differs: differs(known),
  };
}

/** Whether goods are still expected of it, wherever. */
function isOpen({ state }: Pick<Known, 'state'>): boolean {
  return state === 'on_the_way' || state === 'partly';
}

/** All open transfers from and to this store and those settled last, each the latest first, and where goods can be sent. */
export function listTransfers(db: ReadDb): Listed {
  const self = selfOf(db);
  const all = listedNumbers(db)
    .map((number) => know(db, number, self, ownEntriesOf(db, number), toldTransfer(db, number)))
    .map((known) => ({ known, row: rowOf(db, known) }))
    .toSorted((a, b) => b.row.at.localeCompare(a.row.at));
  const open = all.filter(({ known }) => isOpen(known));
  const settled = all.filter(({ known }) => !isOpen(known)).slice(0, mostSettled);
  const listed = [...open, ...settled];
  return {
    incoming: listed.filter(({ known }) => known.isIncoming).map(({ row }) => row),
    outgoing: listed
      .filter(({ known }) => !known.isIncoming)
      .map(({ known, row }) => ({ ...row, can_cancel: canCancel(known) })),
    stores: listOtherStores(db, self.store),
  };
}

/** A transfer with its lines. */
export function showTransfer(db: ReadDb, known: Known): Shown {
  const { isIncoming, receipts } = known;
  return { ...rowOf(db, known), is_incoming: isIncoming, can_correct: receipts.length > 0, lines: linesDue(known) };
}
