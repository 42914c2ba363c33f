/** Where records of a shop that joined meet those of the company, for as long as they do and nobody said that they may. */
import type { StoreId, Uuid } from '../../shared/ids.ts';
import type { ReadDb } from '../db/transact.ts';
import { readPerson } from '../people.ts';

/** More than this is not listed: whoever has so many settles a store's as a whole, or begins with the first. */
const most = 100;

interface Row {
  readonly store: StoreId;
  readonly store_name: string;
  readonly clash: number;
  readonly kind: 'sku' | 'barcode' | 'tax_code' | 'login' | 'record';
  readonly value: string;
  readonly record: Uuid;
  readonly name: string | null;
  readonly other_name: string | null;
  readonly bytes: Uint8Array | null;
  readonly other_bytes: Uint8Array | null;
}

/** A sign-in name as it was compared. What is read here was read before, or was sealed at the head office. */
const loginOf = (payload: string) =>
  `lower(normalize(btrim(convert_from(${payload}.bytes, 'UTF8')::jsonb ->> 'login'), NFKC))`;

/** A clash is over when one of the two was changed or is not used any more. */
const clashing = `
  from catalogue_clashes k join stores o using (store_id)
    left join products p on k.kind in ('sku', 'barcode') and p.product = k.record
    left join products q on k.kind in ('sku', 'barcode', 'record') and q.product = k.other
    left join taxes t on k.kind = 'tax_code' and t.tax = k.record
    left join taxes u on k.kind = 'tax_code' and u.tax = k.other
    left join staff s on k.kind = 'login' and s.staff = k.record
    left join staff r on k.kind = 'login' and r.staff = k.other
    left join private_payloads sp on sp.store_id = 0 and sp.hash = s.private
    left join private_payloads rp on rp.store_id = 0 and rp.hash = r.private
  where k.settled_at is null and case k.kind
    when 'sku' then p.active and q.active and p.sku = k.value and q.sku = k.value
    when 'barcode' then p.active and q.active and k.value = any (p.barcodes)
      and q.barcodes && array[k.value, ltrim(k.value, '0'), lpad(k.value, 13, '0'), lpad(k.value, 14, '0')]
    when 'tax_code' then t.active and u.active and t.code = u.code
    when 'login' then s.active and r.active and ${loginOf('sp')} = k.value and ${loginOf('rp')} = k.value
    else true end`;

export async function listClashes(db: ReadDb) {
  const rows = await db.rows<Row>(
    `select o.store, o.name as store_name, k.clash, k.kind, k.value, k.record,
       coalesce(p.name, t.name, k.row ->> 'name') as name, coalesce(q.name, u.name) as other_name,
       sp.bytes, rp.bytes as other_bytes
     ${clashing} order by k.store_id, k.clash limit ${most}`,
  );
  const counted = await db.first<{ count: number }>(`select count(*) as count ${clashing}`);
  const clashes = rows.map(({ bytes, name, other_bytes, other_name, ...row }) => ({
    ...row,
    name: name ?? readPerson(bytes)?.name ?? '',
    other_name: other_name ?? readPerson(other_bytes)?.name ?? '',
  }));
  return { clashes, clash_count: counted?.count ?? 0 };
}
