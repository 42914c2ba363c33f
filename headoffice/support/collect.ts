/** Collects what whoever helps needs to know of this head office. What is in a file is named one by one. */
import { toHex } from '../../shared/ids.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { type CollectedFile, collection, factsFile, stampOf } from '../../shared/support/collection.ts';
import { withoutWords } from '../../shared/support/without-words.ts';
import type { PrepareContext } from '../context.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import type { JournalOf } from '../journal/entry.ts';
import { listTills } from '../till/list.ts';
import { readme } from './readme.ts';

/** Of each till so many of its newest entries are computed again; a screen of its own verifies all of one. */
const mostChecked = 200;
const mostTills = 200;
const mostSales = 5;

export async function collect(context: PrepareContext, receipt_number: string | null) {
  const { now, ports, read } = context;
  ports.log.info('support.collecting', { has_sale: receipt_number !== null });
  const machine = ports.machine;
  const sale = receipt_number === null ? [] : [factsFile('sales', await read((db) => findSales(db, receipt_number)))];
  const database = await read(databaseFacts);
  const facts = [
    { name: 'README.txt', text: readme },
    factsFile('versions', { collected_at: new Date(now).toISOString(), ...(await machine?.facts()), database }),
    factsFile('tills', await read(tillsFacts)),
    factsFile('feeds', await read(feedsFacts)),
    factsFile('aside', await read(asideFacts)),
    ...sale,
    factsFile('tables', await read(tablesFacts)),
    factsFile('checks', await read(checkChains)),
  ];
  const logs = ((await machine?.logs()) ?? []).map(withoutAddresses);
  return { name: `evertill-headoffice-${stampOf(now)}`, files: collection(facts, logs) };
}

/** The log keeps whom a request came from, for who defends the server; that is nobody else's business. */
function withoutAddresses({ name, text }: CollectedFile): CollectedFile {
  return { name, text: text.replaceAll(/"address":"[^"]*"/gu, '"address":"[left out]"') };
}

async function databaseFacts(db: ReadDb) {
  const version = await db.first<{ version: string; checksums: string }>(
    "select version(), current_setting('data_checksums') as checksums",
  );
  const migrations = await db.rows<object>(
    'select number, name, sha256, applied_at from migrations where number > 0 order by number',
  );
  return { ...version, migrations };
}

async function tillsFacts(db: ReadDb) {
  const { tills } = await listTills(db, null);
  // What somebody called them may be anybody's name.
  return tills.map(({ store_name: _store, till_name: _till, ...till }) => till);
}

async function feedsFacts(db: ReadDb) {
  return await db.rows<object>(
    `select coalesce(s.store::text, 'company') as stream, h.position, h.tag
     from stream_heads h left join stores s using (store_id) order by store_id`,
  );
}

/** Codes and places, not the reasons: a message of the database quotes the row. */
async function asideFacts(db: ReadDb) {
  return {
    by_code: await db.rows<object>(
      'select code, kind, count(*) as entries from quarantined_entries group by code, kind order by 3 desc limit 100',
    ),
    latest: await db.rows<object>(
      `select t.till, q.seq, q.code, q.kind, q.since from quarantined_entries q join tills t using (store_id, till_id)
       order by q.since desc limit 100`,
    ),
    unlearned: await db.rows<object>(
      'select kind, version, count(*) as entries from unprojected_entries group by kind, version order by 3 desc limit 100',
    ),
    closings_that_differ: await db.rows<object>('select count(*) as closings from closing_checks where not agrees'),
  };
}

async function tablesFacts(db: ReadDb) {
  return await db.rows<object>(
    `select coalesce(i.inhparent, c.oid)::regclass::text as name, count(*) as parts,
       sum(greatest(c.reltuples, 0))::bigint as about_rows, sum(pg_total_relation_size(c.oid))::bigint as bytes
     from pg_class c left join pg_inherits i on i.inhrelid = c.oid
     where c.relnamespace = 'evertill'::regnamespace and c.relkind = 'r' group by 1 order by 1`,
  );
}

async function checkChains(db: ReadDb) {
  return await db.rows<object>(
    `select t.till, h.acked_seq as to_seq, e.checked, e.bad_seq
     from tills t join till_heads h using (store_id, till_id)
     cross join lateral (
       select count(*) filter (where before is not null) as checked,
         min(seq) filter (where before is not null and hash <> sha256(before || bytes)) as bad_seq
       from (select seq, hash, bytes, lag(hash) over (order by seq) as before from journal_entries j
         where j.store_id = h.store_id and j.till_id = h.till_id and j.seq > h.acked_seq - $1) last
     ) e order by t.till limit $2`,
    [mostChecked + 1, mostTills],
  );
}

interface SaleRow extends JournalOf {
  readonly till: string;
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
  readonly received_at: string;
}

/** The entries of the sales with this receipt number. Fails with `record.not_found`. */
async function findSales(db: ReadDb, typed: string) {
  const [, till = '', series = '', number = ''] =
    /^([A-Z0-9]{1,8})-([A-Z0-9]{1,3})-(\d{1,12})$/.exec(typed.toUpperCase()) ?? [];
  if (number === '') return fail('record.not_found');
  const rows = await db.rows<SaleRow>(
    `select t.till, j.seq, j.hash, j.bytes, j.received_at
     from sales s join journal_entries j using (store_id, till_id, seq) join tills t using (store_id, till_id)
     where s.receipt_number = $1 and s.receipt_till = $2 and s.receipt_series = $3 limit $4`,
    [Number(number), till, series, mostSales],
  );
  if (rows.length === 0) return fail('record.not_found');
  return rows.map(({ bytes, hash, ...row }) => ({
    ...row,
    hash: toHex(hash),
    entry: withoutWords(decodeEntry(bytes)),
  }));
}
