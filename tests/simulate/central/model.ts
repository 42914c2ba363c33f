/**
 * A model of central: what a till may ask of it and what it answers, in plain memory. Written from the protocol's
 * description; it shares no code with `sync/central.ts` or the SQL, so that the two can be held against each other.
 */
import type { FetchAnswer, HashesAnswer, HelloAnswer, PullAnswer, PushAnswer } from '../../../sync/answers.ts';
import type { Answered, Asked, EnrolAnswer, JoinAsked } from './asked.ts';
import { type Books, copyBooks, type Fields, type HeldEntry, type StoreBook, type TillBook } from './books.ts';
import { createProduct, decideField, type FieldDecision, writeProduct } from './catalogue.ts';
import { type Candidate, factOf, follow, type Following, readDoc, sha256Hex } from './chain.ts';
import { projectAgain } from './again.ts';
import { checkClosings } from './closing.ts';
import { decideDoubt, settleCounts } from './counts.ts';
import { pageOf, putRow, tellAside } from './feed.ts';
import { admit, isJoining, takeIfComplete } from './joining.ts';
import { sendingLimits, withinLimits } from './limits.ts';
import { applyStock, codes, projectEntry } from './project.ts';
import { isTransfer } from './transfers.ts';

export interface NewTill {
  readonly store: string;
  readonly till: string;
  readonly installation: string;
  readonly code: string;
}

export class CentralModel {
  #books: Books;
  /** Every entry that was ever held, by its hash: also what a backup knows nothing of. */
  readonly everHeld = new Set<string>();
  /** The server's clock in ISO 8601. */
  readonly #now: () => string;

  constructor(incarnation: string, tag: string, now: () => string) {
    this.#now = now;
    this.#books = {
      incarnation,
      company: { position: 0, tag, rows: new Map() },
      catalogue: new Map(),
      transfers: new Map(),
      stores: new Map(),
      tills: new Map(),
      codes: new Map(),
      clashes: new Set(),
    };
  }

  get books(): Books {
    return this.#books;
  }

  addStore(store: string, tag: string): void {
    this.#books.stores.set(store, {
      stream: { position: 0, tag, rows: new Map() },
      sales: new Map(),
      openings: new Set(),
      closings: new Map(),
      stock: new Map(),
      counts: new Map(),
      doubts: new Map(),
    });
  }

  addTill({ code, installation, store, till }: NewTill): void {
    const genesis = sha256Hex(installation);
    this.#books.tills.set(till, {
      store,
      till,
      code,
      joining: null,
      installation,
      wasAnother: false,
      chain: {
        acked_seq: 0,
        head_hash: genesis,
        genesis,
        epoch: 0,
        chain_installation: null,
        fork: null,
        series: new Set(),
      },
      entries: [],
      commands: new Map(),
      quarantine: new Map(),
      checks: new Map(),
      unknown: new Set(),
      movements: new Map(),
      cash: new Map(),
      asking: new Set(),
      proposals: [],
      counts: new Map(),
      readings: new Map(),
    });
  }

  /** Writes a row to a store's stream, or to the company's. */
  put(stream: string | 'company', kind: string, key: string, row: unknown): void {
    // Its row is the feed's, which says all of it.
    if (kind === 'product') createProduct(this.#books, row as Fields & { readonly product: string });
    else putRow(stream === 'company' ? this.#books.company : this.store(stream).stream, kind, key, row);
  }

  /** The head office changes a product, unless another that is in use has the SKU. Answers whether it did. */
  editProduct(product: string, changes: Partial<Fields>): boolean {
    const before = this.#books.catalogue.get(product);
    if (before === undefined) return false;
    const { sku } = changes;
    const isTaken = (held: Fields) => held.active && held.sku === sku;
    if (
      sku !== undefined &&
      sku !== before.fields.sku &&
      [...this.#books.catalogue.values()].some(({ fields, product: other }) => other !== product && isTaken(fields))
    )
      return false;
    writeProduct(this.#books, before, changes);
    return true;
  }

  /** Somebody at the head office decides on a field that waits. Answers whether it is decided now. */
  decideField({ till, ...wish }: FieldDecision): boolean {
    return decideField(this.#books, this.till(till), wish, this.#now());
  }

  /** Somebody at the head office says what was first: the count of a product, or what is in doubt. */
  decideDoubt(store: string, product: string, isBefore: boolean): number | undefined {
    return decideDoubt(this.store(store), product, isBefore);
  }

  store(store: string): StoreBook {
    const book = this.#books.stores.get(store);
    if (book === undefined) throw new Error(`no store ${store}`);
    return book;
  }

  till(till: string): TillBook {
    const book = this.#books.tills.get(till);
    if (book === undefined) throw new Error(`no till ${till}`);
    return book;
  }

  backUp(): Books {
    return copyBooks(this.#books);
  }

  /** Central as it was at a backup; whoever set it back tells it so, and it has another past than the tills have seen. */
  setBack(to: Books, incarnation: string, tagOf: (stream: string) => string): void {
    this.#books = copyBooks(to);
    this.#books.incarnation = incarnation;
    this.#books.company.tag = tagOf('company');
    for (const [store, { stream }] of this.#books.stores) stream.tag = tagOf(store);
  }

  /** From now on another installation speaks for a till. */
  decide(till: string, installation: string): void {
    const book = this.till(till);
    if (book.installation === installation) return;
    book.asking.add(book.installation);
    book.installation = installation;
    book.wasAnother = true;
    book.asking.delete(installation);
    if (book.chain.acked_seq === 0) {
      const genesis = sha256Hex(installation);
      book.chain = { ...book.chain, genesis, head_hash: genesis };
    }
  }

  /** Projects an entry of the quarantine again, and what waits for it. */
  projectAgain(till: string, seq: number): void {
    projectAgain(this.#books, this.till(till), seq, this.#now());
  }

  /** The head office makes a code for a shop that was its own. */
  makeCode(code: string): void {
    this.#books.codes.set(code, null);
  }

  /** Whether central would let a login in: it knows this code, or this till. */
  knows(till: string, asked: Asked): boolean {
    return asked.call === 'enrol' ? this.#books.codes.has(asked.code) : this.#books.tills.has(till);
  }

  answer(till: string, asked: Asked): Answered {
    if (asked.call === 'enrol') return this.#enrol(asked);
    const book = this.till(till);
    switch (asked.call) {
      case 'hello':
        return this.#hello(book, asked);
      case 'push':
        return this.#push(book, asked);
      case 'pull':
        return this.#pull(book, asked);
      case 'hashes':
        return this.#hashes(book, asked);
      case 'fetch':
        return this.#fetch(book, asked);
    }
  }

  #enrol(asked: JoinAsked): EnrolAnswer {
    return admit(this.#books, asked, () => {
      const { installation, shop, tag } = asked;
      const { code, store, till } = shop;
      this.addStore(store, tag);
      this.addTill({ store, till, installation, code });
      return this.till(till);
    });
  }

  #held({ chain }: TillBook) {
    const { acked_seq, epoch, head_hash } = chain;
    return { epoch, acked_seq, head_hash, server_time: this.#now() };
  }

  #refusal(book: TillBook, reason: string, seq: number | null) {
    return { answer: 'refused' as const, reason, seq, ...this.#held(book) };
  }

  #hello(book: TillBook, { at, head, installation }: Extract<Asked, { call: 'hello' }>): HelloAnswer {
    if (installation !== book.installation) {
      book.asking.add(installation);
      return this.#refusal(book, 'installation', null);
    }
    const { acked_seq } = book.chain;
    const isSame = hashAt(book, head.seq) === head.hash;
    const chain = head.seq > acked_seq ? 'ahead' : !isSame ? 'fork' : head.seq === acked_seq ? 'equal' : 'behind';
    if (chain === 'equal' || chain === 'ahead') {
      const at_ms = Date.parse(this.#now());
      book.readings.set(head.seq, { at_ms, ahead_ms: Date.parse(at) - at_ms });
    }
    return {
      answer: 'welcome',
      chain,
      incarnation: this.#books.incarnation,
      gateway: null,
      version: null,
      genesis_hash: book.chain.genesis,
      limits: sendingLimits,
      ...this.#held(book),
    };
  }

  #push(book: TillBook, asked: Extract<Asked, { call: 'push' }>): PushAnswer {
    const { entries, epoch, from_seq, installation } = asked;
    if (isSuperseded(book, installation)) return this.#refusal(book, 'installation', null);
    const before = book.chain;
    if (epoch !== before.epoch) return { answer: 'epoch', ...this.#held(book) };
    if (from_seq > before.acked_seq + 1) return { answer: 'gap', ...this.#held(book) };
    // What is held already is compared and skipped.
    const held = entries.slice(0, before.acked_seq + 1 - from_seq);
    const other = held.findIndex(({ bytes }, i) => !isSameBytes(bytes, book.entries[from_seq + i - 1]));
    if (other >= 0) return { answer: 'fork', seq: from_seq + other, ...this.#held(book) };

    const refused = this.#take(book, untilJoined(book, entries, held.length, withinLimits(entries.slice(held.length))));
    const quarantined = this.#projectAfter(book, before.acked_seq, asked.unprojected);
    if (refused !== undefined) return this.#refusal(book, refused, book.chain.acked_seq + 1);
    return { answer: 'taken', quarantined, ...this.#held(book) };
  }

  /** Takes entries up to the first that breaks the chain; answers why it does. */
  #take(book: TillBook, entries: readonly Candidate[]): string | undefined {
    const by: Following = {
      store: book.store,
      till: book.till,
      hashAt: (seq) => hashAt(book, seq),
    };
    for (const entry of entries) {
      const followed = follow(book.chain, by, entry);
      if ('refused' in followed) return followed.refused;
      book.chain = followed.chain;
      book.entries.push({ ...followed.held, received_ms: Date.parse(this.#now()) });
      this.everHeld.add(entry.hash);
    }
    return undefined;
  }

  #projectAfter(book: TillBook, after_seq: number, unprojected: boolean): number {
    const store = this.store(book.store);
    let quarantined = 0;
    const seqs = Array.from({ length: book.chain.acked_seq - after_seq }, (_, i) => after_seq + 1 + i);
    const kindOf = (seq: number) => book.entries[seq - 1]?.fact?.kind ?? '';
    const isOfTransfer = (seq: number) => isTransfer(kindOf(seq));
    const isBoth = seqs.some(isOfTransfer) && seqs.some((seq) => kindOf(seq).startsWith('product.'));
    // Where nothing stands against any, all of one sort go in at once: goods after what was proposed.
    if (!unprojected && isBoth && this.#allFit(book, seqs))
      seqs.sort((a, b) => Number(isOfTransfer(a)) - Number(isOfTransfer(b)));
    for (const seq of seqs) {
      const fact = book.entries[seq - 1]?.fact;
      const key = `${fact?.command ?? ''}/${fact?.n ?? ''}`;
      if (fact && !book.commands.has(key)) book.commands.set(key, seq);
      const code = unprojected ? codes.slow : projectEntry(this.#books, book, seq, this.#now());
      if (code === undefined) continue;
      book.quarantine.set(seq, code);
      quarantined += 1;
    }
    const incomplete = takeIfComplete(this.#books, book, after_seq + 1, book.chain.acked_seq);
    if (incomplete !== undefined) {
      book.quarantine.set(book.joining?.joined_seq ?? 0, incomplete);
      quarantined += 1;
    }
    applyStock(store, book, after_seq + 1, book.chain.acked_seq);
    settleCounts(this.#books, book, after_seq + 1, book.chain.acked_seq);
    checkClosings(store, book, after_seq + 1, book.chain.acked_seq);
    if (quarantined > 0 || [...book.unknown].some((seq) => seq > after_seq)) tellAside(store, book);
    return quarantined;
  }

  /** Whether nothing stands against any of some entries, nor has any of them been said before. Tried on a copy. */
  #allFit({ quarantine, till }: TillBook, seqs: readonly number[]): boolean {
    const books = copyBooks(this.#books);
    const book = books.tills.get(till);
    if (book === undefined) throw new Error(`no till ${till}`);
    const outside = seqs.map((seq) => readDoc(book.entries[seq - 1]?.bytes ?? new Uint8Array()));
    if (quarantine.size > 0 && outside.some((doc) => doc?.kind === 'adopted')) return false;
    return seqs.every((seq) => {
      const fact = book.entries[seq - 1]?.fact;
      const key = `${fact?.command ?? ''}/${fact?.n ?? ''}`;
      if (!fact || book.commands.has(key)) return false;
      book.commands.set(key, seq);
      return projectEntry(books, book, seq, this.#now()) === undefined;
    });
  }

  #pull(book: TillBook, { cursors, installation, limit }: Extract<Asked, { call: 'pull' }>): PullAnswer {
    if (isSuperseded(book, installation)) return this.#refusal(book, 'installation', null);
    const store = this.store(book.store);
    // A shop that brings its history has all that it sells from.
    if (isJoining(book)) return { answer: 'pages', pages: [], server_time: this.#now() };
    return {
      answer: 'pages',
      pages: [
        pageOf('company', this.#books.company, null, book, cursors.company, limit),
        pageOf('store', store.stream, store.stock, book, cursors.store, limit),
      ],
      server_time: this.#now(),
    };
  }

  #hashes(book: TillBook, { installation, seqs }: Extract<Asked, { call: 'hashes' }>): HashesAnswer {
    if (installation !== book.installation) return this.#refusal(book, 'installation', null);
    return { answer: 'hashes', hashes: seqs.map((seq) => hashAt(book, seq) ?? null), ...this.#held(book) };
  }

  #fetch(book: TillBook, asked: Extract<Asked, { call: 'fetch' }>): FetchAnswer {
    if (asked.installation !== book.installation) return this.#refusal(book, 'installation', null);
    const taken: { seq: number; hash: string; bytes: string; payloads: string[] }[] = [];
    let size = 0;
    for (const [i, entry] of book.entries.slice(asked.after, asked.after + asked.count).entries()) {
      size += entry.bytes.length + entry.payloads.reduce((sum, { length }) => sum + length, 0);
      if (size > asked.bytes && taken.length > 0) break;
      taken.push({
        seq: asked.after + i + 1,
        hash: entry.hash,
        bytes: Buffer.from(entry.bytes).toString('base64'),
        payloads: entry.payloads.map((bytes) => Buffer.from(bytes).toString('base64')),
      });
    }
    return { answer: 'entries', entries: taken, ...this.#held(book) };
  }
}

/** Whether who calls speaks for the till no more; who does not say who it is is the only one that there ever was. */
function isSuperseded(book: TillBook, installation: string | null): boolean {
  return installation === null ? book.wasAnother : installation !== book.installation;
}

/** The hash of an entry, `hash(0)` at 0; undefined where none is held. */
function hashAt({ chain, entries }: TillBook, seq: number): string | undefined {
  return seq === 0 ? chain.genesis : entries[seq - 1]?.hash;
}

/** What a shop says after it has joined is for when its catalogue is the company's. `held` of these entries are here already. */
function untilJoined(
  book: TillBook,
  entries: readonly Candidate[],
  held: number,
  fresh: readonly Candidate[],
): readonly Candidate[] {
  const last = isJoining(book) ? entries.findIndex(({ bytes }) => readDoc(bytes)?.kind === 'till.joined') : -1;
  return last < 0 ? fresh : fresh.slice(0, Math.max(0, last + 1 - held));
}

function isSameBytes(bytes: Uint8Array, held: HeldEntry | undefined): boolean {
  return held !== undefined && Buffer.compare(bytes, held.bytes) === 0;
}

/** What an entry says, read from its bytes: for whoever looks at a journal from outside. */
export function readFact(bytes: Uint8Array) {
  return factOf(readDoc(bytes));
}
