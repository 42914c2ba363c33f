/** A head office and tills to measure central with: real PostgreSQL, real format and chain, a journal in memory. */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { migrateCentral } from '../migrations/central/migrate.ts';
import { type InstallationId, type StaffId, type StoreId, type TillId, toHex, type Uuid } from '../shared/ids.ts';
import { entryHash, genesisHash, type Head, type Sha256 } from '../shared/journal/chain.ts';
import { encodeEntry, type Envelope } from '../shared/journal/envelope.ts';
import { type Body, type KindName, kinds } from '../shared/journal/kinds.ts';
import { centralAt } from '../sync/central.ts';
import type { CentralPort } from '../sync/central-port.ts';
import { startSync } from '../sync/engine.ts';
import { enrol } from '../sync/enrol.ts';
import type { OutgoingEntry, SyncStatus, TillIdentity, TillPort } from '../sync/ports.ts';
import { protocolLimits } from '../sync/protocol-state.ts';
import { systemClock } from '../sync/system-clock.ts';
import { britishStore } from '../shared/demo/british-store.ts';

export interface CentralDatabase {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const sha256: Sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** A fresh UUIDv7; its noun is what the caller needs. */
function newId<Id extends Uuid>(): Id {
  return v7() as Id;
}

/** A till that has joined, and the way to central that is its own. */
export interface JoinedBenchTill {
  readonly till: BenchTill;
  readonly central: CentralPort;
}

export interface CentralOptions {
  /** 1 when left out; the tills are spread over them. */
  readonly stores?: number;
  /** 1 when left out. */
  readonly tills?: number;
  /** The most entries that a till pushes at once; the protocol's own limit when left out. */
  readonly batch?: number;
}

/** Brings a database to the newest schema, adds stores and joins tills. The client is the superuser's. */
export async function openCentral(at: CentralDatabase, { stores = 1, tills = 1, batch }: CentralOptions = {}) {
  const admin = new pg.Client(at);
  await admin.connect();
  const { roles } = await migrateCentral(admin, { name: 'Bench' });
  const opened: StoreId[] = [];
  for (let i = 1; i <= stores; i += 1) {
    const store = newId<StoreId>();
    await admin.query('select evertill.create_store(null, $1, $2)', [
      store,
      JSON.stringify(britishStore({ name: `Bench ${i}` })),
    ]);
    opened.push(store);
  }
  const joined: JoinedBenchTill[] = [];
  for (let i = 0; i < tills; i += 1) {
    const store = opened[i % stores];
    if (store !== undefined) joined.push(await joinTill(at, admin, store, `B${i + 1}`, batch));
  }
  const [first] = joined;
  if (first === undefined) throw new Error('a bench without a till');
  return { admin, joined, first, roles };
}

async function joinTill(
  at: CentralDatabase,
  admin: pg.Client,
  store: StoreId,
  till_code: string,
  batch: number | undefined,
): Promise<JoinedBenchTill> {
  const made = await admin.query<{ code: { login: string; secret: string } }>(
    "select evertill.create_enrolment_code(null, $1, $2, 'Bench') as code",
    [store, till_code],
  );
  const code = made.rows[0]?.code;
  if (code === undefined) throw new Error('no enrolment code');
  const installation = newId<InstallationId>();
  let password = '';
  const keepPassword = (kept: string) => {
    password = kept;
  };
  const { host, port, database } = at;
  const result = await enrol({ host, port, database, ...code, ca_fingerprint: null }, installation, {
    keepPassword,
    randomBytes,
  });
  if (!result.ok) throw new Error(`not enrolled: ${result.detail}`);
  const { enrolled } = result;
  return {
    till: new BenchTill(enrolled.store, enrolled.till, enrolled.code, installation, batch),
    central: centralAt({ ...enrolled.address, password }, 'bench'),
  };
}

/** Pushes all that the tills have, all at once; answers how long it took, from connecting to the last confirmation. */
export async function drain(tills: readonly JoinedBenchTill[]): Promise<number> {
  const begun = performance.now();
  await Promise.all(
    tills.map(
      ({ till, central }) =>
        new Promise<void>((resolve, reject) => {
          const sync = startSync({ till, central, clock: systemClock, random: Math.random, report: reject });
          till.onStatus = (status) => {
            if (status.confirmed_seq < till.head().seq) return;
            till.onStatus = undefined;
            sync.stop();
            resolve();
          };
        }),
    ),
  );
  return performance.now() - begun;
}

/** Lines of a sale in the benches of central. */
export const linesPerSale = 8;

/** Baskets of products of which few make most of what is sold: the same ones in every run. */
export function makeBaskets(products: readonly Product[]): () => Product[] {
  const pick = skewed();
  return () =>
    Array.from({ length: linesPerSale }, () => {
      const product = products[pick(products.length)];
      if (product === undefined) throw new Error('no such product');
      return product;
    });
}

/** Numbers below a limit, the small ones far more often. */
function skewed(): (below: number) => number {
  let state = 20_261_121;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    const part = state / 2_147_483_647;
    return Math.floor(part * part * below);
  };
}

const never = (): never => {
  throw new Error('the chains of this bench never part');
};
const noRepair: TillPort['repair'] = { restore: never, settle: never };

/** A till with an open epoch, whose journal and cursors are in memory. */
export class BenchTill implements TillPort {
  readonly repair = noRepair;
  onStatus: ((status: SyncStatus) => void) | undefined;
  #entries: OutgoingEntry[] = [];
  /** The number of the entry before the first that is still kept. */
  #forgotten = 0;
  readonly #self: { readonly store: StoreId; readonly till: TillId; readonly installation: InstallationId };
  readonly #code: string;
  readonly #batch: number;
  readonly #actor = newId<StaffId>();
  #receipt = 0;
  #confirmed = 0;
  #cursors: ReturnType<TillPort['cursors']> = { company: null, store: null };

  constructor(
    store: StoreId,
    till: TillId,
    code: string,
    installation: InstallationId,
    batch: number = protocolLimits.batch_entries,
  ) {
    this.#self = { store, till, installation };
    this.#code = code;
    this.#batch = batch;
    const previous_head = { epoch: 0, seq: 0, hash: toHex(this.head().hash) };
    this.#append('epoch.opened', { reason: 'first', previous_head, series: 'A' });
  }

  identity(): TillIdentity {
    return { ...this.#self, epoch: 1 };
  }

  head(): Head {
    return this.#entries.at(-1) ?? { seq: 0, hash: genesisHash(sha256, this.#self.installation) };
  }

  hashAt(seq: number): Uint8Array | undefined {
    return seq === 0 ? genesisHash(sha256, this.#self.installation) : this.#entries[seq - 1 - this.#forgotten]?.hash;
  }

  entriesAfter(seq: number, limit: { readonly count: number; readonly bytes: number }): readonly OutgoingEntry[] {
    const from = seq - this.#forgotten;
    const taken = this.#entries.slice(from, from + Math.min(limit.count, this.#batch));
    let bytes = 0;
    const fits = taken.findIndex((entry, i) => {
      bytes += entry.bytes.length;
      return i > 0 && bytes > limit.bytes;
    });
    return fits < 0 ? taken : taken.slice(0, fits);
  }

  confirmed(head: Head): void {
    this.#confirmed = head.seq;
  }

  confirmedSeq(): number {
    return this.#confirmed;
  }

  cursors(): ReturnType<TillPort['cursors']> {
    return this.#cursors;
  }

  applyPage(page: Parameters<TillPort['applyPage']>[0]): void {
    this.#cursors = { ...this.#cursors, [page.stream]: { position: page.position, tag: page.tag } };
  }

  status(status: SyncStatus): void {
    this.onStatus?.(status);
  }

  sell(products: readonly Product[], at = new Date()): void {
    this.#receipt += 1;
    this.#append('sale.completed', saleOf(this.#code, this.#receipt, products), at);
  }

  /** Keeps only the last entry, once all are confirmed: millions of them don't fit into memory. */
  forget(): void {
    if (this.#confirmed < this.head().seq) throw new Error('a till forgets nothing that is not confirmed');
    this.#forgotten = this.head().seq - 1;
    this.#entries = this.#entries.slice(-1);
  }

  #append<Name extends KindName>(kind: Name, body: Body<Name>, at = new Date()): void {
    const seq = this.head().seq + 1;
    const bytes = encodeEntry({
      ...this.identity(),
      seq,
      kind,
      version: 1,
      command: newId(),
      n: 0,
      actor: this.#actor,
      at: at.toISOString(),
      offset: 0,
      business_date: at.toISOString().slice(0, 10),
      currency: 'GBP',
      // What a kind writes is JSON.
      body: kinds[kind].write(body as never) as Envelope['body'],
    });
    this.#entries.push({ seq, bytes, hash: entryHash(sha256, this.head().hash, bytes), payloads: [] });
  }
}

export type Product = Pick<Body<'sale.completed'>['lines'][number], 'product' | 'sku' | 'name' | 'category'> & {
  readonly price_minor: number;
};

const nouns = [
  'Sourdough loaf',
  'Oat flat white',
  'Clementines, loose',
  'Cheddar, mature',
  'Linen tea towel',
  'Olive oil 500 ml',
];

export function makeProducts(count: number): Product[] {
  const categories = Array.from({ length: 8 }, () => newId<NonNullable<Product['category']>>());
  return Array.from({ length: count }, (_, i) => ({
    product: newId(),
    sku: `BN-${String(i + 1).padStart(5, '0')}`,
    name: `${nouns[i % nouns.length] ?? ''} ${i + 1}`,
    price_minor: 40 + ((i * 37) % 2400),
    category: categories[i % categories.length] ?? null,
  }));
}

const tax = { tax: newId<SaleTax['tax']>(), code: 'A', rate_millionths: 200_000 };
type SaleTax = Body<'sale.completed'>['taxes'][number];

/** One unit of each product, 20 % contained, half in cash and half by card. */
function saleOf(till: string, number: number, products: readonly Product[]): Body<'sale.completed'> {
  const lines = products.map(({ price_minor, ...product }) => {
    const amount_minor = Math.round(price_minor / 6);
    return {
      line: newId<Body<'sale.completed'>['lines'][number]['line']>(),
      ...product,
      unit: 'piece' as const,
      quantity_milli: 1000,
      list_price_minor: price_minor,
      unit_price_minor: price_minor,
      price_source: 'list' as const,
      gross_minor: price_minor,
      basket_discount_minor: 0,
      total_minor: price_minor,
      net_minor: price_minor - amount_minor,
      stocked: true,
      discounts: [],
      taxes: [{ ...tax, base_minor: price_minor - amount_minor, amount_minor }],
    };
  });
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + of(line), 0);
  const total_minor = sum((line) => line.total_minor);
  const net_minor = sum((line) => line.net_minor);
  const card_minor = Math.floor(total_minor / 2);
  const tender = (kind: 'cash' | 'card', amount_minor: number) => ({
    tender: newId<Body<'sale.completed'>['tenders'][number]['tender']>(),
    kind,
    amount_minor,
    handed_minor: amount_minor,
    foreign_currency: null,
    foreign_minor: null,
    foreign_rate_millionths: null,
  });
  return {
    sale: newId(),
    shift: newId(),
    receipt: { till, series: 'A', number },
    prices_include_tax: true,
    tax_rounding: 'line',
    lines,
    basket_discounts: [],
    taxes: [{ ...tax, base_minor: net_minor, amount_minor: total_minor - net_minor }],
    tenders: [tender('cash', total_minor - card_minor), tender('card', card_minor)],
    gross_minor: total_minor,
    discount_minor: 0,
    net_minor,
    tax_minor: total_minor - net_minor,
    total_minor,
    rounding_minor: 0,
    change_minor: 0,
  };
}
