/** A till for the tests of sync: a journal and a replica in memory, written with the real format. */
import { createHash } from 'node:crypto';
import type { Cursor } from '../../shared/feed/rows.ts';
import { type InstallationId, type StaffId, type StoreId, type TillId, toHex, type Uuid } from '../../shared/ids.ts';
import { entryHash, genesisHash, type Head, type Sha256 } from '../../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../../shared/journal/envelope.ts';
import { type Body, type KindName, kinds } from '../../shared/journal/kinds.ts';
import type { FeedPage, OutgoingEntry, OutgoingPayload, SyncStatus, TillIdentity, TillPort } from '../../sync/ports.ts';

export const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** UUIDs in the shape of version 7 from a counter: the same in every run. */
export class Ids {
  #next: number;
  readonly #run: string;
  constructor(run: number, first = 0) {
    this.#run = run.toString(16).padStart(4, '0');
    this.#next = first;
  }
  next<Id extends Uuid>(): Id {
    this.#next += 1;
    const tail = this.#next.toString(16).padStart(12, '0');
    // The text is canonical by construction; the noun is the caller's.
    return `019a0000-${this.#run}-7000-8000-${tail}` as Id;
  }
}

export interface TestTillOptions {
  readonly store: StoreId;
  readonly till: TillId;
  readonly code: string;
  readonly installation: InstallationId;
  readonly ids: Ids;
  readonly currency?: string;
  readonly businessDate?: string;
  /** The installation that began the chain, where that was another. */
  readonly first?: InstallationId;
}

const never = (): never => {
  throw new Error('the chain of this till is never mended');
};

export class TestTill implements TillPort {
  readonly repair: TillPort['repair'] = { restore: never, settle: never };
  readonly options: TestTillOptions;
  readonly entries: OutgoingEntry[] = [];
  readonly statuses: SyncStatus[] = [];
  /** Told of each status as well. */
  onStatus: ((status: SyncStatus) => void) | undefined;
  readonly confirmations: Head[] = [];
  readonly pages: FeedPage[] = [];
  /** The feed as this till holds it: stream, then kind and key, then the row. */
  readonly replica = { company: new Map<string, unknown>(), store: new Map<string, unknown>() };
  readonly #cursors: { company: Cursor | null; store: Cursor | null } = { company: null, store: null };
  readonly #seen = { company: new Set<string>(), store: new Set<string>() };
  #epoch = 0;
  #receipt = 0;
  #at = Date.UTC(2026, 10, 21, 9, 0, 0);
  actor: StaffId;

  constructor(options: TestTillOptions) {
    this.options = options;
    this.actor = options.ids.next();
  }

  identity(): TillIdentity {
    const { store, till, installation } = this.options;
    return { store, till, installation, epoch: this.#epoch };
  }

  head(): Head {
    const last = this.entries.at(-1);
    return last ?? { seq: 0, hash: this.#genesis() };
  }

  #genesis(): Uint8Array {
    return genesisHash(sha256, this.options.first ?? this.options.installation);
  }

  hashAt(seq: number): Uint8Array | undefined {
    return seq === 0 ? this.#genesis() : this.entries[seq - 1]?.hash;
  }

  entriesAfter(seq: number, limit: { readonly count: number; readonly bytes: number }): readonly OutgoingEntry[] {
    const taken: OutgoingEntry[] = [];
    let bytes = 0;
    for (let i = seq; i < this.entries.length && taken.length < limit.count; i += 1) {
      const entry = this.entries[i];
      if (entry === undefined) break;
      bytes += entry.bytes.length;
      if (taken.length > 0 && bytes > limit.bytes) break;
      taken.push(entry);
    }
    return taken;
  }

  confirmed(head: Head): void {
    this.confirmations.push(head);
  }

  confirmedSeq(): number {
    return this.confirmations.at(-1)?.seq ?? 0;
  }

  cursors(): { readonly company: Cursor | null; readonly store: Cursor | null } {
    return { ...this.#cursors };
  }

  applyPage(page: FeedPage): void {
    this.pages.push(page);
    const rows = this.replica[page.stream];
    const seen = this.#seen[page.stream];
    if (page.snapshot === 'begin') seen.clear();
    for (const change of page.changes) {
      const key = feedKey(change.kind, change.row);
      rows.set(key, change.row);
      seen.add(key);
    }
    if (page.snapshot === 'end') for (const key of rows.keys()) if (!seen.has(key)) rows.delete(key);
    this.#cursors[page.stream] = { position: page.position, tag: page.tag };
  }

  status(status: SyncStatus): void {
    this.statuses.push(status);
    this.onStatus?.(status);
  }

  /** The envelope that the next entry would have, for tests that then spoil it. */
  envelope<Name extends KindName>(kind: Name, body: Body<Name>, more: Partial<Envelope> = {}): Envelope {
    const { store, till, installation, ids } = this.options;
    this.#at += 60_000;
    return {
      store,
      till,
      installation,
      epoch: kind === 'epoch.opened' ? this.#epoch + 1 : this.#epoch,
      seq: this.entries.length + 1,
      kind,
      version: 1,
      command: ids.next(),
      n: 0,
      actor: this.actor,
      at: new Date(this.#at).toISOString(),
      offset: 0,
      business_date: this.options.businessDate ?? '2026-11-21',
      currency: this.options.currency ?? 'GBP',
      // The schema's output is the JSON it was given.
      body: kinds[kind].write(body as never) as Envelope['body'],
      ...more,
    };
  }

  append<Name extends KindName>(kind: Name, body: Body<Name>, more: Partial<Envelope> = {}): OutgoingEntry {
    const envelope = this.envelope(kind, body, more);
    if (kind === 'epoch.opened') this.#epoch = envelope.epoch;
    return this.appendBytes(encodeEntry(envelope));
  }

  /** Appends bytes as they are, chained as a till would: what a till that has been tampered with could do. */
  appendBytes(bytes: Uint8Array, payloads: readonly OutgoingPayload[] = []): OutgoingEntry {
    const entry = {
      seq: this.entries.length + 1,
      bytes,
      hash: entryHash(sha256, this.head().hash, bytes),
      payloads,
    };
    this.entries.push(entry);
    return entry;
  }

  /** The first entries of every till: its epoch, itself, a shift. */
  open(): void {
    const head = this.head();
    this.append('epoch.opened', {
      reason: 'first',
      previous_head: { epoch: 0, seq: 0, hash: toHex(head.hash) },
      series: 'A',
    });
    this.append('till.opened', { code: this.options.code, name: 'Counter', authority: 'joined', demo: false });
    this.append('shift.opened', {
      shift: this.options.ids.next(),
      number: 1,
      float_minor: 10_000,
      date_confirmed: false,
    });
  }

  /** This till as another installation has it: a copy of its first entries, on a PC of its own. */
  copy(installation: InstallationId, ids: Ids, count = this.entries.length): TestTill {
    const copy = new TestTill({
      ...this.options,
      first: this.options.first ?? this.options.installation,
      installation,
      ids,
    });
    copy.take(this.entries.slice(0, count));
    copy.#receipt = this.#receipt;
    return copy;
  }

  /** Appends entries as they are: those that were fetched from the head office, or were written elsewhere. */
  take(entries: readonly OutgoingEntry[]): void {
    for (const entry of entries) {
      this.entries.push(entry);
      if (isOpening(entry)) this.#epoch += 1;
    }
  }

  /** Opens the next epoch under this till's own installation. */
  openEpoch(
    reason: Body<'epoch.opened'>['reason'],
    series: string,
    fork?: Body<'epoch.opened'>['fork'],
  ): OutgoingEntry {
    const { seq, hash } = this.head();
    const previous_head = { epoch: this.#epoch, seq, hash: toHex(hash) };
    return this.append('epoch.opened', { reason, previous_head, series, ...(fork === undefined ? {} : { fork }) });
  }

  /** The number of the next receipt. */
  nextReceipt(): { till: string; series: string; number: number } {
    this.#receipt += 1;
    return { till: this.options.code, series: 'A', number: this.#receipt };
  }
}

function isOpening(entry: OutgoingEntry): boolean {
  return new TextDecoder().decode(entry.bytes).includes('"kind":"epoch.opened"');
}

const keyFields: Readonly<Record<string, readonly string[]>> = {
  stock: ['product', 'till'],
  stock_correction: ['product'],
  transfer: ['number'],
  verifier: ['staff', 'credential'],
  proposal: ['till', 'product'],
  closing: ['till'],
};

function feedKey(kind: string, row: unknown): string {
  const fields = keyFields[kind] ?? [kind];
  // Rows of the feed are objects; the test reads the ones that name it.
  const values = row as Readonly<Record<string, unknown>>;
  return `${kind} ${fields.map((field) => String(values[field])).join('/')}`;
}
