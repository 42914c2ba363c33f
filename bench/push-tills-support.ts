/**
 * `push --tills N [--stores M] [--batch B] [--sales S] [--feed]`: so many tills push at once, B entries a call, each on its
 * own connection. In one store they share its stock, so their commits come one after the other; the more stores, the more
 * of them wait for the disk together.
 *
 * What is timed are hello and push alone. With `--feed` the real engine runs at each till: then every till also reads,
 * between its pushes, what all others of its store have sold. Sixteen tills that sell at full pace move some 30,000 levels
 * for each other, so that is another figure.
 *
 * The baseline is what as many connections do that commit bare rows: the same bytes in the same portions into a table
 * without an index, each insert a commit. It is the bound that the disk sets, and no work of a head office is in it.
 */
import pg from 'pg';
import type { CentralConnection } from '../sync/central-port.ts';
import { protocolLimits } from '../sync/protocol-state.ts';
import { option, rounded } from './figures-support.ts';
import { withPostgres } from './postgres-support.ts';
import { usedByPostgres_ms } from './processor-support.ts';
import {
  type CentralDatabase,
  drain,
  type JoinedBenchTill,
  makeBaskets,
  makeProducts,
  openCentral,
} from './push-support.ts';

const productCount = 2_000;
/** The tills and the bare rows take turns, so that whatever else the PC does falls on both. */
const rounds = 4;
/** Sales of each till before anything is timed. */
const warmUps = 10;

export async function pushFromTills(args: readonly string[]): Promise<Record<string, number | boolean>> {
  const tills = option(args, 'tills', 8);
  const stores = Math.min(tills, option(args, 'stores', 1));
  const batch = option(args, 'batch', 200);
  const feed = args.includes('--feed');
  const sales = option(args, 'sales', batch === 1 ? 3_200 : 24_000);
  return await withPostgres(async ({ host, port, user, password, pid }) => {
    const at = { host, port, user, password, database: 'postgres' };
    const { admin, joined } = await openCentral(at, { stores, tills, batch });
    const each = Math.max(1, Math.floor(sales / rounds / tills));
    const nextBasket = makeBaskets(makeProducts(productCount));
    const bare = await openBare(at, tills);
    const lines = feed ? undefined : await connectAll(joined);
    const send = async () => (lines === undefined ? await drain(joined) : await pushAlone(lines, batch));
    // A till's connection lasts for days, so its first calls, which read every plan anew, are not timed.
    for (const { till } of joined) for (let i = 0; i < warmUps; i += 1) till.sell(nextBasket());
    await send();
    let pushed_ms = 0;
    let bare_ms = 0;
    let used_ms = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const { till } of joined) for (let i = 0; i < each; i += 1) till.sell(nextBasket());
      const before = usedByPostgres_ms(pid);
      const pushed = await send();
      used_ms += usedByPostgres_ms(pid) - before;
      const committed = await bare.commit(joined, each, batch);
      pushed_ms += pushed;
      bare_ms += committed;
      const pace = (ms: number) => Math.round((each * tills * 1000) / ms);
      console.log(`push ${pace(pushed)} sales/s, bare commits ${pace(committed)} entries/s`);
    }
    const total = each * tills * rounds;
    const { rows } = await admin.query<{ sales: number; quarantined: number }>(
      `select (select count(*)::int from evertill.sales) as sales,
         (select count(*)::int from evertill.quarantined_entries) as quarantined`,
    );
    if (rows[0]?.sales !== total + warmUps * tills || rows[0].quarantined !== 0)
      throw new Error(`central has ${JSON.stringify(rows[0])}, not ${total} sales and the first ones`);
    for (const { connection } of lines ?? []) connection.destroy();
    await bare.close();
    await admin.end();
    return {
      tills,
      stores,
      batch,
      feed,
      sales: total,
      sales_per_s: Math.round((total * 1000) / pushed_ms),
      bare_per_s: Math.round((total * 1000) / bare_ms),
      bare_ratio: rounded(bare_ms / pushed_ms),
      /** Of one processor, in all of PostgreSQL: what a busy PC does not change. */
      postgres_ms_per_sale: rounded(used_ms / total),
    };
  });
}

interface Line {
  readonly till: JoinedBenchTill['till'];
  readonly connection: CentralConnection;
}

async function connectAll(joined: readonly JoinedBenchTill[]): Promise<readonly Line[]> {
  return await Promise.all(joined.map(async ({ till, central }) => ({ till, connection: await central.connect() })));
}

/** Each till says hello and pushes what it has, one call after the other; answers how long all of them took. */
async function pushAlone(lines: readonly Line[], batch: number): Promise<number> {
  const begun = performance.now();
  await Promise.all(
    lines.map(async ({ till, connection }) => {
      const { installation, epoch } = till.identity();
      const head = till.head();
      const hello = await connection.hello({ installation, epoch, ...head, at: new Date().toISOString() });
      if (hello.answer !== 'welcome') throw new Error(`hello was answered ${hello.answer}`);
      let { acked_seq, epoch: held } = hello;
      while (acked_seq < head.seq) {
        const entries = till.entriesAfter(acked_seq, { count: batch, bytes: protocolLimits.batch_bytes });
        const answer = await connection.push({ epoch: held, entries, unprojected: false });
        if (answer.answer !== 'taken') throw new Error(`push was answered ${answer.answer}`);
        ({ acked_seq, epoch: held } = answer);
      }
    }),
  );
  return performance.now() - begun;
}

async function openBare(at: CentralDatabase, connections: number) {
  const clients = await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = new pg.Client(at);
      await client.connect();
      return client;
    }),
  );
  await clients[0]?.query('create table bare (bytes bytea)');
  return {
    /** Writes the last `count` entries of each till, a connection a till; answers the time it took. */
    commit: async (tills: readonly JoinedBenchTill[], count: number, batch: number): Promise<number> => {
      const begun = performance.now();
      await Promise.all(
        clients.map(async (client, i) => {
          const till = tills[i]?.till;
          if (till === undefined) throw new Error('more connections than tills');
          const last = till.head().seq;
          for (let seq = last - count; seq < last;) {
            const entries = till.entriesAfter(seq, {
              count: Math.min(batch, last - seq),
              bytes: protocolLimits.batch_bytes,
            });
            const values = entries.map((entry) => Buffer.from(entry.bytes));
            await client.query(`insert into bare values ${values.map((_, n) => `($${n + 1})`).join(', ')}`, values);
            seq += entries.length;
          }
        }),
      );
      return performance.now() - begun;
    },
    close: async () => {
      for (const client of clients) await client.end();
    },
  };
}
