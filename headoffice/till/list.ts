import type { InstallationId, StoreId } from '../../shared/ids.ts';
import { toHex } from '../../shared/ids.ts';
import { compareVersions } from '../../shared/version.ts';
import type { ReadDb } from '../db/transact.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';
import { rankOf, tillState } from './state.ts';

/** More tills than this are not listed. */
const most = 2000;

interface Row extends TillNamed {
  readonly till_id: number;
  readonly active: boolean;
  readonly enrolled_at: string;
  readonly epoch: number;
  readonly acked_seq: number;
  readonly head_hash: Uint8Array;
  readonly reported_seq: number | null;
  readonly reported_hash: Uint8Array | null;
  readonly reported_chain: string | null;
  readonly unseen_ms: number | null;
  readonly decided_ms: number;
  readonly decided_at: string;
  readonly last_seen_at: string | null;
  readonly left_at: string | null;
  readonly last_push_at: string | null;
  readonly last_entry_at: string | null;
  readonly clock_offset_ms: number | null;
  readonly app_version: string | null;
  readonly quarantined: number;
  readonly unprojected: number;
}

interface Installation {
  readonly installation: InstallationId;
  readonly first_seen_at: string;
  readonly last_seen_at: string;
  readonly reported_seq: number | null;
  readonly is_current: boolean;
  readonly is_asking: boolean;
}

const counted = (table: string) =>
  `(select count(*) from ${table} q where q.store_id = t.store_id and q.till_id = t.till_id)`;

/** Of each till, by its small integer: who speaks for it, and who has asked to since it does, passed over or not. The latest first. */
async function findInstallations(db: ReadDb, store: StoreId | null): Promise<Map<number, Installation[]>> {
  const rows = await db.rows<Installation & { readonly till_id: number }>(
    `select i.till_id, i.installation, i.first_seen_at, i.last_seen_at, i.reported_seq,
       i.installation = h.installation as is_current,
       exists (select from asking_installations a where a.store_id = i.store_id and a.till_id = i.till_id
         and a.installation = i.installation) as is_asking
     from till_installations i join till_heads h using (store_id, till_id) join stores o using (store_id)
     where ($1::uuid is null or o.store = $1) and (i.installation = h.installation or i.last_seen_at > h.decided_at)
     order by i.last_seen_at desc, i.installation`,
    [store],
  );
  const byTill = new Map<number, Installation[]>();
  for (const { till_id, ...installation } of rows) byTill.set(till_id, [...(byTill.get(till_id) ?? []), installation]);
  return byTill;
}

/** Every till with both heads, the worst first; then by store and code. `now` is the database's, as `last_seen_at` is. */
export async function listTills(db: ReadDb, store: StoreId | null) {
  const rows = await db.rows<Row>(
    `select t.till_id, ${tillNamed}, t.active, t.enrolled_at,
       h.epoch, h.acked_seq, h.head_hash, h.reported_seq, h.reported_hash,
       h.reported_chain,
       (extract(epoch from now() - h.last_seen_at) * 1000)::bigint as unseen_ms,
       (extract(epoch from now() - h.decided_at) * 1000)::bigint as decided_ms, h.decided_at,
       h.last_seen_at, h.left_at, h.last_push_at, h.last_entry_at, h.clock_offset_ms, h.app_version,
       ${counted('quarantined_entries')} as quarantined, ${counted('unprojected_entries')} as unprojected
     from tills t join stores o using (store_id) join till_heads h using (store_id, till_id)
     where $1::uuid is null or o.store = $1 order by o.name, t.code limit $2`,
    [store, most],
  );
  const installations = await findInstallations(db, store);
  const office = await db.first<{ now: string; version: string | null }>('select now() as now, version from company');
  const shown = rows.map((row) => ({
    store: row.store,
    store_name: row.store_name,
    till: row.till,
    till_code: row.till_code,
    till_name: row.till_name,
    active: row.active,
    state: tillState({ ...row, held_seq: row.acked_seq, isClaimed: isClaimed(installations.get(row.till_id)) }),
    epoch: row.epoch,
    reported:
      row.reported_seq === null
        ? null
        : { seq: row.reported_seq, hash: row.reported_hash === null ? null : toHex(row.reported_hash) },
    held: { seq: row.acked_seq, hash: toHex(row.head_hash) },
    lag: Math.max(0, (row.reported_seq ?? 0) - row.acked_seq),
    enrolled_at: row.enrolled_at,
    decided_at: row.decided_at,
    last_seen_at: row.last_seen_at,
    last_push_at: row.last_push_at,
    last_entry_at: row.last_entry_at,
    clock_offset_ms: row.clock_offset_ms,
    app_version: row.app_version,
    version_state: compareVersions(row.app_version, office?.version ?? null),
    quarantined: row.quarantined,
    unprojected: row.unprojected,
    installations: installations.get(row.till_id) ?? [],
  }));
  return {
    tills: shown.toSorted((a, b) => rankOf(a.state) - rankOf(b.state) || b.lag - a.lag),
    now: office?.now ?? '',
  };
}

function isClaimed(installations: readonly Installation[] = []): boolean {
  return installations.some(({ is_asking }) => is_asking);
}
