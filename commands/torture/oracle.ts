/**
 * Holds what customers were handed against what the head office's database holds. It knows nothing of the product but its
 * tables: no code is shared, no sum is taken over.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Standing } from './messages.ts';
import type { LoggedDeed } from './receipt-log.ts';

export interface Verdict {
  /** Receipts that somebody was handed and the head office does not have. */
  readonly lost: number;
  /** Receipts that are there more than once, or were printed more than once. */
  readonly doubled: number;
  /** Receipts at the head office that nobody was handed. */
  readonly unknown: number;
  /** Receipts whose total is another one there. */
  readonly wrong_totals: number;
  readonly quarantined: number;
  /** Every till's head is the head office's, and that one is what its entries hash to. */
  readonly heads_equal: boolean;
  /** At the head office by its levels and by its movements, and at every till: what was printed and corrected, added up. */
  readonly stock_equal: boolean;
  /** What is wrong, for people. */
  readonly findings: readonly string[];
}

export async function judge(
  client: pg.Client,
  deeds: readonly LoggedDeed[],
  standings: readonly Standing[],
): Promise<Verdict> {
  const findings: string[] = [];
  const receipts = await compareReceipts(client, deeds, findings);
  const heads_equal = await compareHeads(client, standings, findings);
  const stock_equal = await compareStock(client, deeds, standings, findings);
  const { rows } = await client.query<{ count: number }>(
    'select count(*)::int as count from evertill.quarantined_entries',
  );
  return { ...receipts, quarantined: rows[0]?.count ?? -1, heads_equal, stock_equal, findings };
}

async function compareReceipts(client: pg.Client, deeds: readonly LoggedDeed[], findings: string[]) {
  const printed = new Map<string, number>();
  let doubled = 0;
  for (const { receipt } of deeds) {
    if (receipt === undefined) findings.push('a deed that nobody knows the end of');
    if (receipt === undefined || receipt === null) continue;
    if (printed.has(receipt.number)) {
      doubled += 1;
      findings.push(`${receipt.number} was printed twice`);
    }
    printed.set(receipt.number, receipt.total_minor);
  }
  const sum = [...printed.values()].reduce((all, one) => all + one, 0);
  const { rows } = await client.query<{ receipt: string; times: number; total: string }>(
    `select receipt_till || '-' || receipt_series || '-' || lpad(receipt_number::text, 6, '0') as receipt,
       count(*)::int as times, sum(total_minor)::text as total
     from evertill.sales group by 1`,
  );
  let unknown = 0;
  let wrong_totals = 0;
  for (const { receipt, times, total } of rows) {
    const expected = printed.get(receipt);
    printed.delete(receipt);
    if (times > 1) {
      doubled += 1;
      findings.push(`${receipt} is there ${times} times`);
    }
    if (expected === undefined) {
      unknown += 1;
      findings.push(`${receipt} is there, and nobody was handed it`);
    } else if (Number(total) !== expected) {
      wrong_totals += 1;
      findings.push(`${receipt} was printed over ${expected}, and is there over ${total}`);
    }
  }
  const rolled = await client.query<{ total: string }>(
    'select coalesce(sum(total_minor), 0)::text as total from evertill.daily_sales',
  );
  if (Number(rolled.rows[0]?.total) !== sum) {
    wrong_totals += 1;
    findings.push(`the days add up to ${rolled.rows[0]?.total}, the receipts to ${sum}`);
  }
  for (const receipt of printed.keys()) findings.push(`${receipt} is lost`);
  return { lost: printed.size, doubled, unknown, wrong_totals };
}

async function compareHeads(client: pg.Client, standings: readonly Standing[], findings: string[]): Promise<boolean> {
  let isEqual = true;
  const differs = (finding: string) => {
    findings.push(finding);
    isEqual = false;
  };
  for (const { hash, seq, till } of standings) {
    const held = await client.query<{ seq: number; hash: string }>(
      `select acked_seq::int as seq, encode(head_hash, 'hex') as hash
       from evertill.till_heads join evertill.tills using (store_id, till_id) where till = $1`,
      [till],
    );
    const head = held.rows[0];
    if (head?.seq !== seq || head.hash !== hash)
      differs(`till ${till} is at ${seq} ${hash}, the head office at ${head?.seq} ${head?.hash}`);
    const entries = await client.query<{ seq: number; bytes: Buffer; hash: Buffer }>(
      `select seq::int, bytes, hash from evertill.journal_entries join evertill.tills using (store_id, till_id)
       where till = $1 order by seq`,
      [till],
    );
    let last: Buffer | undefined;
    for (const [i, entry] of entries.rows.entries()) {
      // hash(0) is that of the installation which the first entry names.
      last ??= createHash('sha256')
        .update(/"installation":"([^"]+)"/.exec(entry.bytes.toString())?.[1] ?? '')
        .digest();
      last = createHash('sha256').update(last).update(entry.bytes).digest();
      if (entry.seq !== i + 1 || !entry.hash.equals(last)) {
        differs(`till ${till}: entry ${i + 1} is not the next of its chain`);
        break;
      }
    }
    if (last?.toString('hex') !== hash) differs(`till ${till}: what the head office holds does not hash to its head`);
  }
  return isEqual;
}

async function compareStock(
  client: pg.Client,
  deeds: readonly LoggedDeed[],
  standings: readonly Standing[],
  findings: string[],
): Promise<boolean> {
  const expected = new Map<string, number>();
  for (const { moves } of deeds)
    for (const { milli, product } of moves) expected.set(product, (expected.get(product) ?? 0) + milli);
  const places: [string, ReadonlyMap<string, number>][] = [];
  for (const [where, sql] of [
    ['levels', 'select product, sum(level_milli)::text as milli from evertill.stock_levels group by 1'],
    ['movements', 'select product, sum(stock_milli)::text as milli from evertill.stock_movements group by 1'],
  ] as const) {
    const { rows } = await client.query<{ product: string; milli: string }>(sql);
    places.push([`the head office's ${where}`, new Map(rows.map(({ milli, product }) => [product, Number(milli)]))]);
  }
  for (const { stock, till } of standings) places.push([`till ${till}`, new Map(Object.entries(stock))]);
  let isEqual = true;
  for (const [where, levels] of places) {
    for (const product of new Set([...expected.keys(), ...levels.keys()])) {
      if ((levels.get(product) ?? 0) === (expected.get(product) ?? 0)) continue;
      isEqual = false;
      findings.push(`${where}: ${product} is ${levels.get(product)}, and should be ${expected.get(product)}`);
    }
  }
  return isEqual;
}
