/** Transfers as a screen shows them: what this till did itself counts at once, the rest as the head office tells it. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import type { StoreId } from '../../../shared/ids.ts';
import type { ReadDb } from '../db/statement.ts';
import { tillIdentity } from '../journal/head.ts';
import {
  linesOf,
  listOtherStores,
  nameOfStore,
  type OwnEntry,
  ownEntries,
  ownEntriesOf,
  type ToldTransfer,
  toldTransfer,
  toldTransfers,
  type TransferState,
} from './repository.ts';

type Listed = OutputOf<TillContract['transfer']['list']>;
type Shown = OutputOf<TillContract['transfer']['show']>;

/** All that this till knows of one transfer. */
export interface Known {
  readonly number: string;
  readonly isIncoming: boolean;
  readonly state: TransferState;
  readonly sent: OwnEntry | undefined;
  readonly received: OwnEntry | undefined;
  readonly told: ToldTransfer | undefined;
}

function know(number: string, self: StoreId, entries: readonly OwnEntry[], told: ToldTransfer | undefined): Known {
  const sent = entries.find(({ what }) => what === 'sent');
  const received = entries.find(({ what }) => what === 'received');
  const isCancelled = entries.some(({ what }) => what === 'cancelled') || told?.state === 'cancelled';
  const isReceived = received !== undefined || told?.state === 'received';
  return {
    number,
    isIncoming: sent === undefined && told?.from_store !== self,
    state: isCancelled ? 'cancelled' : isReceived ? 'received' : 'on_the_way',
    sent,
    received,
    told,
  };
}

function selfOf(db: ReadDb): StoreId {
  const identity = tillIdentity(db);
  if (identity === undefined) throw new Error('a till that was never set up has no transfers');
  return identity.store;
}

/** What this till knows of a transfer; undefined where it has never heard of it. */
export function knownTransfer(db: ReadDb, number: string): Known | undefined {
  const entries = ownEntriesOf(db, number);
  const told = toldTransfer(db, number);
  return entries.length === 0 && told === undefined ? undefined : know(number, selfOf(db), entries, told);
}

/** Whether this till may say that the goods never left: it sent them, and nobody has said that they arrived. */
export function canCancel({ sent, state }: Known): boolean {
  return sent !== undefined && state === 'on_the_way';
}

function rowOf(db: ReadDb, known: Known): Omit<Listed['incoming'][number], 'products'> {
  const { isIncoming, number, received, sent, state, told } = known;
  const other = isIncoming ? (told?.from_store ?? null) : (sent?.to_store ?? told?.to_store ?? null);
  return {
    number,
    state,
    store_name: nameOfStore(db, other),
    at: told?.sent_at ?? sent?.at ?? received?.at ?? '',
  };
}

/** All transfers from and to this store, the latest first, and the stores that goods can be sent to. */
export function listTransfers(db: ReadDb): Listed {
  const self = selfOf(db);
  const byNumber = new Map<string, OwnEntry[]>();
  for (const entry of ownEntries(db)) byNumber.set(entry.number, [entry, ...(byNumber.get(entry.number) ?? [])]);
  const told = new Map(toldTransfers(db).map((one) => [one.number, one]));
  const numbers = [...new Set([...byNumber.keys(), ...told.keys()])];
  const all = numbers
    .map((number) => know(number, self, byNumber.get(number) ?? [], told.get(number)))
    .map((known) => ({ known, row: { ...rowOf(db, known), products: productsOf(db, known) } }))
    .toSorted((a, b) => b.row.at.localeCompare(a.row.at));
  return {
    incoming: all.filter(({ known }) => known.isIncoming).map(({ row }) => row),
    outgoing: all
      .filter(({ known }) => !known.isIncoming)
      .map(({ known, row }) => ({ ...row, can_cancel: canCancel(known) })),
    stores: listOtherStores(db, self),
  };
}

function productsOf(db: ReadDb, { received, sent, told }: Known): number {
  if (told !== undefined) return told.lines.length;
  const entry = sent ?? received;
  return entry === undefined ? 0 : linesOf(db, entry.seq).length;
}

/** A transfer with its lines: what was sent as told or as written here, what was received likewise. */
export function showTransfer(db: ReadDb, known: Known): Shown {
  const lines = new Map<string, Shown['lines'][number]>();
  for (const { name, product, received_milli, sent_milli, sku, unit } of known.told?.lines ?? [])
    lines.set(product, { product, sku, name, unit, sent_milli, received_milli });
  if (known.told === undefined && known.sent !== undefined)
    for (const { quantity_milli, ...line } of linesOf(db, known.sent.seq))
      lines.set(line.product, { ...line, sent_milli: quantity_milli, received_milli: null });
  if (known.received !== undefined && known.told?.state !== 'received') {
    for (const [product, line] of lines) lines.set(product, { ...line, received_milli: 0 });
    for (const { quantity_milli, ...line } of linesOf(db, known.received.seq))
      lines.set(line.product, {
        ...line,
        sent_milli: lines.get(line.product)?.sent_milli ?? 0,
        received_milli: quantity_milli,
      });
  }
  return {
    ...rowOf(db, known),
    is_incoming: known.isIncoming,
    products: lines.size,
    lines: [...lines.values()],
  };
}
