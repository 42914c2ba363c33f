/** The model's own reading of the chain: which entry may follow which. Shares no code with the product. */
import { createHash } from 'node:crypto';
import type { ChainState, Doc, HeldEntry, Place } from './books.ts';

export function sha256Hex(...parts: readonly (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const fromHex = (text: string) => Buffer.from(text, 'hex');

/** The hash of an entry after one whose hash is `previous`. */
export function linkHash(previous: string, bytes: Uint8Array): string {
  return sha256Hex(fromHex(previous), bytes);
}

export function readDoc(bytes: Uint8Array): Doc | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    // Whatever a till writes is an envelope; what a broken till would write fails on one of its fields.
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Doc) : null;
  } catch {
    return null;
  }
}

interface OpeningBody {
  readonly reason: string;
  readonly series: string;
  readonly previous_head: Place & { readonly epoch: number };
  readonly fork?: { readonly base: Place; readonly head: Place };
}

interface AdoptedBody {
  readonly bytes_base64: string;
  readonly hash: string;
  readonly previous_hash: string;
}

/** What an adopted entry holds: the entry of the fork, and the fact, which is deeper where that one was adopted too. */
export interface Opened {
  readonly entry: Doc;
  readonly hash: string;
  readonly previous_hash: string;
  readonly fact: Doc;
}

/** Undefined unless every entry inside is proved. */
export function openAdopted(outer: Doc): Opened | undefined {
  // Its kind says so; a body without these fields proves nothing and is refused below.
  const body = outer.body as Partial<AdoptedBody>;
  if (typeof body.bytes_base64 !== 'string' || body.hash === undefined || body.previous_hash === undefined) return;
  const bytes = Buffer.from(body.bytes_base64, 'base64');
  const entry = readDoc(bytes);
  if (entry === null || linkHash(body.previous_hash, bytes) !== body.hash) return;
  if (entry.store !== outer.store || entry.till !== outer.till || !isCanonical(bytes)) return;
  if (JSON.stringify(entry.private) !== JSON.stringify(outer.private)) return;
  const inside = entry.kind === 'adopted' ? openAdopted(entry) : { fact: entry };
  return inside && { entry, hash: body.hash, previous_hash: body.previous_hash, fact: inside.fact };
}

/** What an entry says. */
export function factOf(doc: Doc | null): Doc | null {
  return doc?.kind === 'adopted' ? (openAdopted(doc)?.fact ?? null) : doc;
}

function isCanonical(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8');
  return JSON.stringify(JSON.parse(text)) === text;
}

/** An entry that follows, and where the chain stands then; or why it does not. */
export type Followed =
  | { readonly chain: ChainState; readonly held: Omit<HeldEntry, 'received_ms'> }
  | {
      readonly refused:
        | 'genesis'
        | 'till'
        | 'seq'
        | 'format'
        | 'installation'
        | 'epoch'
        | 'series'
        | 'fork'
        | 'adopted'
        | 'chain';
    };

export interface Candidate {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly payloads: readonly Uint8Array[];
}

/** Whose chain it is, and the hash of any entry before the one that is looked at. */
export interface Following {
  readonly store: string;
  readonly till: string;
  hashAt(seq: number): string | undefined;
}

/** Looks at the next entry of a chain. */
export function follow(chain: ChainState, by: Following, entry: Candidate): Followed {
  const seq = chain.acked_seq + 1;
  const doc = readDoc(entry.bytes);
  let before = chain;
  let fork = chain.fork;
  let fact = doc;
  let opened: OpeningBody | undefined;
  if (doc === null) {
    if (seq === 1) return { refused: 'genesis' };
    if (chain.fork !== null) return { refused: 'fork' };
  } else {
    if (doc.store !== by.store || doc.till !== by.till) return { refused: 'till' };
    if (doc.seq !== seq) return { refused: 'seq' };
    if (['epoch.opened', 'adopted', 'erased'].includes(doc.kind) && !isCanonical(entry.bytes))
      return { refused: 'format' };
    if (doc.kind === 'epoch.opened') {
      if (seq === 1) {
        const genesis = sha256Hex(doc.installation);
        before = { ...chain, genesis, head_hash: genesis };
      }
      // Every field is compared below, with what it must be.
      opened = doc.body as unknown as OpeningBody;
      const refused = openingFault(before, by, doc, opened);
      if (refused !== undefined) return { refused };
      fork = opened.fork === undefined ? null : { at: opened.fork.base, head: opened.fork.head };
    } else if (seq === 1) return { refused: 'genesis' };
    else if (doc.installation !== chain.chain_installation) return { refused: 'installation' };
    else if (doc.epoch !== chain.epoch) return { refused: 'epoch' };
    else if (doc.kind === 'adopted') {
      const inside = openAdopted(doc);
      if (inside === undefined || doc.version !== 1 || fork === null || !isNextOfFork(fork, inside))
        return { refused: 'adopted' };
      fork = fork.at.seq + 1 === fork.head.seq ? null : { ...fork, at: { seq: fork.at.seq + 1, hash: inside.hash } };
      fact = inside.fact;
    } else if (fork !== null) return { refused: 'fork' };
  }
  if (linkHash(before.head_hash, entry.bytes) !== entry.hash) return { refused: 'chain' };
  return {
    chain: {
      ...before,
      acked_seq: seq,
      head_hash: entry.hash,
      fork,
      epoch: opened === undefined ? before.epoch : before.epoch + 1,
      chain_installation: opened === undefined || doc === null ? before.chain_installation : doc.installation,
      series: opened === undefined ? before.series : new Set([...before.series, opened.series]),
    },
    held: { bytes: entry.bytes, hash: entry.hash, fact, payloads: entry.payloads, adopted: doc?.kind === 'adopted' },
  };
}

function openingFault(chain: ChainState, by: Following, doc: Doc, body: OpeningBody) {
  const seq = chain.acked_seq + 1;
  const { fork, previous_head, reason, series } = body;
  const isInPlace =
    previous_head.seq === seq - 1 &&
    previous_head.hash === chain.head_hash &&
    previous_head.epoch === chain.epoch &&
    doc.epoch === chain.epoch + 1 &&
    (reason === 'first') === (seq === 1);
  if (!isInPlace) return 'epoch';
  if (chain.series.has(series)) return 'series';
  if ((reason === 'fork_settled') !== (fork !== undefined)) return 'fork';
  if (fork === undefined) return undefined;
  if (fork.base.seq >= seq || fork.head.seq <= fork.base.seq) return 'fork';
  return fork.base.seq === 0 || by.hashAt(fork.base.seq) === fork.base.hash ? undefined : 'fork';
}

function isNextOfFork(fork: NonNullable<ChainState['fork']>, { entry, hash, previous_hash }: Opened): boolean {
  const isFirst = fork.at.seq > 0 || fork.at.hash === sha256Hex(entry.installation);
  const isLast = fork.at.seq + 1 === fork.head.seq;
  return (
    entry.seq === fork.at.seq + 1 && previous_hash === fork.at.hash && isFirst && (!isLast || hash === fork.head.hash)
  );
}
