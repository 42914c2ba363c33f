/** Who may attack: everybody who can log in, each with what is theirs, and another store beside it. */
import type pg from 'pg';
import { encodeByteaArray } from '../../sync/bytea-array.ts';
import type { OutgoingEntry } from '../../sync/ports.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, type JoinedTill } from '../sync/central-shop.ts';
import { makeProduct, makeSale, type TestProduct } from '../sync/sales.ts';
import { SyncRun } from '../sync/sync-run.ts';

export const denied = '42501';

/** What came of a statement: rows, or the SQLSTATE that refused it. */
export interface Outcome {
  readonly code: string | null;
  readonly message: string;
  readonly rows: readonly unknown[];
}

export class AttackStand {
  readonly shop: CentralShop;
  readonly product: TestProduct;
  /** The attacker's till. */
  readonly mine: JoinedTill;
  /** Of the same store. */
  readonly neighbour: JoinedTill;
  /** Of another store. */
  readonly theirs: JoinedTill;
  #joined = 0;

  private constructor(shop: CentralShop, product: TestProduct, tills: readonly [JoinedTill, JoinedTill, JoinedTill]) {
    this.shop = shop;
    this.product = product;
    [this.mine, this.neighbour, this.theirs] = tills;
  }

  static async open(): Promise<AttackStand> {
    const shop = await CentralShop.open(await createDatabase());
    const elsewhere = shop.ids.next<typeof shop.store>();
    await shop.addStore(elsewhere);
    const product = makeProduct(shop.ids);
    const stand = new AttackStand(shop, product, [
      await shop.join('M1'),
      await shop.join('N1'),
      await shop.join('X1', elsewhere),
    ]);
    for (const joined of [stand.mine, stand.neighbour, stand.theirs]) {
      joined.till.open();
      await stand.sell(joined);
    }
    return stand;
  }

  /** A till of the attacker's store that has sold once, for an attack that spoils it. */
  async another(): Promise<JoinedTill> {
    this.#joined += 1;
    const joined = await this.shop.join(`A${this.#joined}`);
    joined.till.open();
    await this.sell(joined);
    return joined;
  }

  async sell(joined: JoinedTill): Promise<void> {
    joined.till.append('sale.completed', makeSale(joined.till, [{ product: this.product, quantity_milli: 1000 }]));
    await this.sync(joined);
  }

  async sync({ till, central }: JoinedTill): Promise<void> {
    const run = new SyncRun(till, central);
    await run.untilSynced();
    run.sync.stop();
  }

  async logIn({ address }: JoinedTill): Promise<pg.Client> {
    return await this.shop.connectAs(address.login, address.password);
  }

  /** A session of an enrolment code that nobody has used yet. */
  async logInWithCode(): Promise<pg.Client> {
    this.#joined += 1;
    const code = await this.shop.makeCode(`C${this.#joined}`);
    return await this.shop.connectAs(`evertill_code_${code.login}`, code.secret);
  }

  /** What all tables hold, as text: the same before and after an attack that did nothing. */
  async everything(): Promise<string> {
    const { rows } = await this.shop.admin.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'evertill'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
    );
    const parts: string[] = [];
    for (const { name } of rows) {
      const rowsOf = `select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from ${name} t`;
      parts.push(`${name}: ${String(await this.shop.value(rowsOf))}`);
    }
    return parts.join('\n');
  }

  /** Writes the till's next sale, to be pushed by {@link pushBy}. */
  nextSale({ till }: JoinedTill): OutgoingEntry {
    return till.append('sale.completed', makeSale(till, [{ product: this.product, quantity_milli: 1000 }]));
  }

  async close(): Promise<void> {
    await this.shop.close();
  }
}

/** Runs a statement and tells what came of it. */
export async function attempt(client: pg.Client, sql: string, values: readonly unknown[] = []): Promise<Outcome> {
  try {
    // Several statements at once can't have values, and answer one result each.
    const result: pg.QueryResult | pg.QueryResult[] =
      values.length === 0 ? await client.query(sql) : await client.query(sql, [...values]);
    const last = Array.isArray(result) ? result.at(-1) : result;
    return { code: null, message: '', rows: last?.rows ?? [] };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { code: 'code' in error ? String(error.code) : 'no code', message: error.message, rows: [] };
  }
}

/** Pushes entries in plain SQL, as whoever has a till's password may: the answer, or the SQLSTATE. */
export async function pushBy(
  client: pg.Client,
  entries: readonly Omit<OutgoingEntry, 'payloads'>[],
  { from = entries[0]?.seq ?? 0, epoch = 1, payloads = [] as readonly Uint8Array[] } = {},
): Promise<Outcome & { readonly answer: Readonly<Record<string, unknown>> | undefined }> {
  const sql = 'select evertill.push($1::int, $2::bigint, $3::bytea[], $4::bytea[], $5::bytea[], false, null) as answer';
  const outcome = await attempt(client, sql, [
    epoch,
    from,
    encodeByteaArray(entries.map(({ bytes }) => bytes)),
    encodeByteaArray(entries.map(({ hash }) => hash)),
    encodeByteaArray(payloads),
  ]);
  const [row] = outcome.rows as readonly { readonly answer: Readonly<Record<string, unknown>> }[];
  return { ...outcome, answer: row?.answer };
}

/** Pushes until all is held, as a till goes on from what is acknowledged: how many entries each push took. */
export async function pushOnBy(
  client: pg.Client,
  entries: readonly Omit<OutgoingEntry, 'payloads'>[],
): Promise<{ readonly took: readonly number[]; readonly quarantined: number }> {
  const took: number[] = [];
  let quarantined = 0;
  for (let left = entries; left.length > 0;) {
    const { answer } = await pushBy(client, left);
    const acked = Number(answer?.['acked_seq']);
    const taken = left.filter(({ seq }) => seq <= acked).length;
    if (answer?.['answer'] !== 'taken' || taken === 0) throw new Error(`push answered ${JSON.stringify(answer)}`);
    quarantined += Number(answer['quarantined']);
    took.push(taken);
    left = left.slice(taken);
  }
  return { took, quarantined };
}
