/**
 * `rebuild`: a new file from the sources of an old one. The journal is copied entry by entry, each one checked against
 * the chain, and projected again; so the projections come out as they were, or the journal says where it is broken.
 */
import { toHex, uuidToBytes } from '../../../shared/ids.ts';
import { ChainReader, type BrokenEntry } from '../../../shared/journal/chain.ts';
import { isKnownKind, type KindName, kinds } from '../../../shared/journal/kinds.ts';
import { transact } from '../db/transact.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { rebuildSearch } from '../product/search.ts';
import { sha256 } from './append.ts';
import { project } from './project.ts';

const entries = reads<{ after: number; limit: number }>()((q, p) =>
  q.selectFrom('journal').select(['seq', 'hash', 'bytes']).where('seq', '>', p.after).orderBy('seq').limit(p.limit),
);
const payloads = reads()((q) => q.selectFrom('private_payloads').select(['hash', 'bytes']));
const verifiers = reads()((q) => q.selectFrom('staff_verifiers').select(['staff', 'credential', 'wrapped']));
const openBaskets = reads()((q) =>
  q
    .selectFrom('baskets')
    .leftJoin('basket_lines', 'basket_lines.basket_key', 'baskets.key')
    .select((eb) => ['baskets.opened_at', eb.fn.count<number>('basket_lines.n').as('lines')])
    .groupBy('baskets.key'),
);
const copyEntry = writes<{
  seq: number;
  hash: Uint8Array;
  epoch: number;
  kind: string;
  version: number;
  command: Uint8Array;
  n: number;
  at: string;
  business_date: string | null;
  bytes: Uint8Array;
}>()((q, p) => q.insertInto('journal').values(fields(p, 'seq', 'hash', 'epoch', 'kind', 'version', 'command', 'n', 'at', 'business_date', 'bytes')));
const copyPayload = writes<{ hash: Uint8Array; bytes: Uint8Array }>()((q, p) => q.insertInto('private_payloads').values(fields(p, 'hash', 'bytes')));
const copyVerifier = writes<{ staff: Uint8Array; credential: 'pin' | 'password'; wrapped: Uint8Array }>()((q, p) =>
  q.insertInto('staff_verifiers').values(fields(p, 'staff', 'credential', 'wrapped')),
);

const pageEntries = 500;

export interface Rebuilt {
  readonly entries: number;
  /** Hexadecimal. */
  readonly head: string | null;
  /** What could not be projected by this version, and is kept raw. */
  readonly unknown_kinds: number;
  /** Baskets that were open in the old file. They are not sales and are not copied. */
  readonly open_baskets: readonly { readonly opened_at: string; readonly lines: number }[];
  readonly bad: BrokenEntry | null;
}

/** Fills an empty file from the sources of another. Stops before the first entry that breaks the chain. */
export function rebuildTill(from: ReadDb, into: WriteDb): Rebuilt {
  const chain = new ChainReader(sha256);
  let unknown = 0;
  let bad: BrokenEntry | null = null;
  // Payloads first: an `erased` entry takes its own away again, as it did the first time.
  transact(into, () => {
    for (const row of payloads.all(from, {})) copyPayload.run(into, row);
    for (const row of verifiers.all(from, {})) copyVerifier.run(into, row);
  });
  for (let after = 0; bad === null; after += pageEntries) {
    const page = entries.all(from, { after, limit: pageEntries });
    if (page.length === 0) break;
    transact(into, () => {
      for (const row of page) {
        const next = chain.next(row);
        if ('broken' in next) {
          bad = next.broken;
          return;
        }
        const { envelope } = next;
        // The columns are made again from the entry: a copy that somebody changed does not come along.
        copyEntry.run(into, {
          seq: envelope.seq,
          hash: row.hash,
          epoch: envelope.epoch,
          kind: envelope.kind,
          version: envelope.version,
          command: uuidToBytes(envelope.command),
          n: envelope.n,
          at: envelope.at,
          business_date: envelope.business_date,
          bytes: row.bytes,
        });
        if (isKnownKind(envelope.kind, envelope.version)) projectRead(into, envelope, envelope.kind);
        else unknown += 1;
      }
    });
  }
  transact(into, () => rebuildSearch(into));
  return {
    entries: chain.head?.seq ?? 0,
    head: chain.head === undefined ? null : toHex(chain.head.hash),
    unknown_kinds: unknown,
    open_baskets: openBaskets.all(from, {}),
    bad,
  };
}

function projectRead<Name extends KindName>(db: WriteDb, envelope: Parameters<typeof project>[1], kind: Name): void {
  // The registry's member under this name is the kind of this name; TypeScript loses the link through the index.
  project(db, envelope, kind, kinds[kind].read(envelope.body) as Parameters<typeof project<Name>>[3]);
}
