/**
 * The model's shops that were their own and join with all that they have. Written from decision 14: what the journal says of
 * catalogue and people is gathered up to the entry that says that it is complete, then all of it becomes the company's at once.
 */
import { notTheirs } from './aside.ts';
import type { EnrolAnswer, JoinAsked } from './asked.ts';
import type { Books, Clash, Doc, Joining, JoiningRecord, ProductRecord, TillBook } from './books.ts';
import { createProduct } from './catalogue.ts';
import { sha256Hex } from './chain.ts';
import { putRow } from './feed.ts';
import { isTransfer } from './transfers.ts';

export const joiningCodes = {
  notTheirs,
  against: 'ET021',
  notYet: 'ET023',
  slow: 'ET026',
} as const;

const kinds = new Set([
  'till.joined',
  'tax.recorded',
  'category.recorded',
  'product.created',
  'product.edited',
  'role.recorded',
  'staff.created',
  'staff.edited',
]);

export const isOfHistory = (kind: string): boolean => kinds.has(kind);

const nothing: Joining = { joined_seq: null, isTaken: false, records: new Map(), verifiers: [], taken: [] };

/** Whether a till's catalogue has not become the company's yet: it is told nothing, and proposes nothing. */
export const isJoining = ({ joining }: TillBook): boolean => joining !== null && !joining.isTaken;

/** What a fact about catalogue, staff or goods on the way is about; undefined for others. */
export function subjectOf(fact: Doc): string | undefined {
  const [record = ''] = fact.kind.split('.');
  if (isTransfer(fact.kind)) return `transfer ${String(fact.body['number'])}`;
  const about = fact.body[record];
  const isSuch = isOfHistory(fact.kind) || ['product.proposed', 'product.edit_proposed'].includes(fact.kind);
  return isSuch && fact.version === 1 && typeof about === 'string' ? `${record} ${about}` : undefined;
}

/** Gathers what an entry says. Answers why nothing can come of it. */
export function gather(book: TillBook, seq: number, { body, kind }: Doc): string | undefined {
  const { joining } = book;
  if (kind === 'till.joined') {
    if (joining !== null) book.joining = { ...joining, joined_seq: joining.joined_seq ?? seq };
    return undefined;
  }
  if (joining === null || (joining.joined_seq !== null && seq > joining.joined_seq)) return joiningCodes.notTheirs;
  const [record = '', what] = kind.split('.');
  const id = String(body[record]);
  const last = joining.records.get(`${record} ${id}`);
  const before = last?.row;
  if (what === 'edited' && (before === undefined || before['version'] !== body['against'])) return joiningCodes.against;
  const row =
    what === 'edited'
      ? { ...before, ...(body['changes'] as object), version: Number(body['against']) + 1 }
      : { ...body, ...(['product', 'staff'].includes(record) ? { version: 1 } : {}) };
  // One that is projected only later undoes nothing that was said after it.
  if (last !== undefined && last.seq > seq) return undefined;
  const records = new Map(joining.records).set(`${record} ${id}`, { kind: record, record: id, row, seq });
  book.joining = { ...joining, records };
  return undefined;
}

const byRecord = (a: JoiningRecord, b: JoiningRecord) => (a.record < b.record ? -1 : 1);

/** Makes the company's what was gathered. */
export function take(books: Books, book: TillBook): void {
  const { joining } = book;
  const store = books.stores.get(book.store);
  if (joining === null || store === undefined) throw new Error(`${book.till} brings nothing`);
  const all = [...joining.records.values()].toSorted(byRecord);
  const met = all.filter(({ kind, record }) => isCompanys(books, kind, record));
  for (const { kind, record } of met)
    note(books, { store: book.store, kind: 'record', value: kind, record, other: record });
  const fresh = all.filter((one) => !met.includes(one));
  for (const one of fresh) noteClashes(books, book, one);
  const of = (wanted: string) => fresh.filter(({ kind }) => kind === wanted);
  for (const kind of ['tax', 'category', 'role'])
    for (const { record, row } of of(kind)) putRow(books.company, kind, record, row);
  for (const { row } of of('product')) createProduct(books, row as unknown as ProductRecord['fields'] & Made);
  for (const { record, row } of of('staff')) {
    const payload = payloadOf(book, String(row['private']));
    putRow(store.stream, 'staff', record, { ...row, payload_base64: payload?.toString('base64') ?? null });
    const own = joining.verifiers.filter(({ staff }) => staff === record);
    for (const one of own.toSorted((a, b) => (a.credential < b.credential ? -1 : 1)))
      putRow(store.stream, 'verifier', `${record}/${one.credential}`, one);
  }
  const people = new Set(of('staff').map(({ record }) => record));
  book.joining = {
    ...joining,
    isTaken: true,
    records: new Map(),
    // Of somebody whose own entry lies aside it is kept.
    verifiers: book.quarantine.size === 0 ? [] : joining.verifiers.filter(({ staff }) => !people.has(staff)),
    taken: [...joining.taken, ...fresh],
  };
}

interface Made {
  readonly product: string;
  readonly version: number;
}

/** At the end of a push, or of projecting an entry again: takes all where one of these entries said that it is complete. Answers why not. */
export function takeIfComplete(books: Books, book: TillBook, from_seq: number, to_seq: number): string | undefined {
  const seq = book.joining?.joined_seq ?? null;
  if (seq === null || seq < from_seq || seq > to_seq || book.joining?.isTaken !== false) return undefined;
  if (isSlow(book, seq)) return joiningCodes.slow;
  take(books, book);
  return undefined;
}

/** Whether something that it says lies aside only because it took too long. */
function isSlow({ entries, quarantine }: TillBook, before: number): boolean {
  return [...quarantine].some(
    ([seq, code]) => seq < before && code === 'ET003' && isOfHistory(entries[seq - 1]?.fact?.kind ?? ''),
  );
}

function isCompanys({ catalogue, company, stores }: Books, kind: string, record: string): boolean {
  if (kind === 'product') return catalogue.has(record);
  if (kind === 'staff') return [...stores.values()].some(({ stream }) => stream.rows.has(`staff ${record}`));
  return company.rows.has(`${kind} ${record}`);
}

function payloadOf({ entries }: TillBook, hash: string): Buffer | undefined {
  for (const { payloads } of entries)
    for (const bytes of payloads) if (sha256Hex(bytes) === hash) return Buffer.from(bytes);
  return undefined;
}

function note({ clashes }: Books, { kind, other, record, store, value }: Clash): void {
  clashes.add([store, kind, value, record, other].join(' '));
}

function noteClashes(books: Books, book: TillBook, { kind, record, row }: JoiningRecord): void {
  if (row['active'] !== true) return;
  const { store } = book;
  if (kind === 'product') {
    for (const { fields, product } of books.catalogue.values()) {
      if (!fields.active) continue;
      if (fields.sku === row['sku']) note(books, { store, kind: 'sku', value: fields.sku, record, other: product });
      for (const value of row['barcodes'] as readonly string[])
        if (fields.barcodes.includes(value)) note(books, { store, kind: 'barcode', value, record, other: product });
    }
  }
  if (kind === 'tax') {
    for (const one of books.company.rows.values()) {
      // Written by whoever put it there, in the shape of the feed.
      const tax = one.row as { readonly tax: string; readonly code: string; readonly active: boolean };
      if (one.kind === 'tax' && tax.active && tax.code === row['code'])
        note(books, { store, kind: 'tax_code', value: tax.code, record, other: tax.tax });
    }
  }
  if (kind === 'staff') {
    const login = loginOf(payloadOf(book, String(row['private'])));
    for (const { stream } of books.stores.values()) {
      for (const one of stream.rows.values()) {
        if (one.kind !== 'staff') continue;
        const held = one.row as { readonly staff: string; readonly active: boolean; readonly payload_base64: string };
        if (login !== '' && held.active && loginOf(Buffer.from(held.payload_base64, 'base64')) === login)
          note(books, { store, kind: 'login', value: login, record, other: held.staff });
      }
    }
  }
}

/** The sign-in name that a payload says; in these worlds all are plain lower case. */
function loginOf(payload: Buffer | undefined): string {
  const { login = '' } = JSON.parse(payload?.toString('utf8') ?? '{}') as { readonly login?: string };
  return login;
}

/** A shop asks to be let in, with a code that the head office knows. `enter` makes its store and its till. */
export function admit(books: Books, asked: JoinAsked, enter: () => TillBook): EnrolAnswer {
  const { code, installation, shop } = asked;
  const used = books.codes.get(code);
  if (used && used.installation !== installation) return { answer: 'used' };
  let book = books.tills.get(used?.till ?? shop.till);
  if (!used) {
    // The same PC, of which nothing has come yet, did not hear of it.
    const isAgain = book?.joining && book.chain.acked_seq === 0 && book.installation === installation;
    const refused = (reason: 'known' | 'till_code') => ({ answer: 'refused' as const, reason, detail: shop.code });
    if ((book !== undefined || books.stores.has(shop.store)) && !isAgain) return refused('known');
    if ([...books.tills.values()].some((one) => one.code === shop.code && one.till !== shop.till))
      return refused('till_code');
    if (book === undefined) {
      putRow(books.company, 'store', shop.store, { store: shop.store, name: shop.settings.name, active: true });
      book = enter();
      book.joining = nothing;
      putRow(streamOf(books, book), 'settings', 'settings', shop.settings);
    }
    books.codes.set(code, { till: shop.till, installation });
  }
  if (book === undefined) throw new Error(`${shop.till} was never let in`);
  hear(books, book, asked);
  const { chain, store, till } = book;
  const { acked_seq, genesis, head_hash } = chain;
  // Written when it was let in.
  const told = streamOf(books, book).rows.get(`till ${till}`)?.row as { readonly name: string } | undefined;
  const name = told?.name ?? '';
  return { answer: 'enrolled', store, till, code: book.code, name, genesis_hash: genesis, acked_seq, head_hash };
}

function streamOf({ stores }: Books, { store }: TillBook) {
  const book = stores.get(store);
  if (book === undefined) throw new Error(`no store ${store}`);
  return book.stream;
}

/** Takes what a shop says of itself, as long as its history is not complete. */
function hear(books: Books, book: TillBook, { shop }: JoinAsked): void {
  const { joining, store, till } = book;
  if (joining === null || joining.joined_seq !== null) return;
  putRow(books.company, 'store', store, { store, name: shop.settings.name, active: true });
  putRow(streamOf(books, book), 'settings', 'settings', shop.settings);
  book.code = shop.code;
  putRow(streamOf(books, book), 'till', till, { till, code: shop.code, name: shop.name });
  book.joining = { ...joining, verifiers: shop.verifiers };
}
