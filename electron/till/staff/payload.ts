/** Names of staff: private payloads, joined by their hash, so that erasing somebody leaves the journal whole. */
import { createHash } from 'node:crypto';
import { type StaffId, uuidToBytes } from '../../../shared/ids.ts';
import { openPayload, sealPayload, type StoredPayload } from '../../../shared/journal/payload.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import type { Ports } from '../ports.ts';

const saltBytes = 16;
const sha256 = (...parts: readonly Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

const byHash = reads<{ hash: Uint8Array }>()((q, p) =>
  q.selectFrom('private_payloads').select('bytes').where('hash', '=', p.hash),
);
const ofStaff = reads<{ staff: Uint8Array }>()((q, p) =>
  q.selectFrom('staff').select('private').where('staff', '=', p.staff),
);

/** Who somebody is. */
export interface Person {
  readonly name: string;
  readonly login: string;
}

/** Seals a name and a sign-in name (none where it is empty) for the entry that will hold their hash. */
export function sealStaff(
  ports: Pick<Ports, 'random'>,
  { staff, name, login }: Person & { readonly staff: StaffId },
): StoredPayload {
  return sealPayload(sha256, ports.random.bytes(saltBytes), {
    subject: staff,
    name,
    ...(login === '' ? {} : { login }),
  });
}

/** Who the payload of this hash says somebody is. One that was erased, or has not come yet, leaves a mark without words. */
export function personOf(db: ReadDb, staff: StaffId, hash: Uint8Array): Person {
  const bytes = byHash.get(db, { hash })?.bytes;
  const payload = bytes === undefined ? undefined : openPayload(bytes);
  return { name: payload?.name ?? `#${staff.slice(-6)}`, login: payload?.login ?? '' };
}

/** The name to show for somebody, for receipts and lists. A person of whom this till knows nothing is a mark too. */
export function staffName(db: ReadDb, staff: StaffId): string {
  const row = ofStaff.get(db, { staff: uuidToBytes(staff) });
  return row === undefined ? `#${staff.slice(-6)}` : personOf(db, staff, row.private).name;
}
