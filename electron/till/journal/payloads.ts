import { fromHex } from '../../../shared/ids.ts';
import type { StoredPayload } from '../../../shared/journal/payload.ts';
import { isSameHash } from '../../../shared/journal/chain.ts';
import { fields, type WriteDb, writes } from '../db/statement.ts';
import { sha256 } from './sha256.ts';

const insert = writes<{ hash: Uint8Array; bytes: Uint8Array }>()((q, p) =>
  q.insertInto('private_payloads').values(fields(p, 'hash', 'bytes')),
);

const receive = writes<{ hash: Uint8Array; bytes: Uint8Array }>()((q, p) =>
  q
    .insertInto('private_payloads')
    .values({ hash: p.hash, bytes: p.bytes })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Keeps private payloads that came back from the head office, where they are what their hash says. */
export function keepReceived(db: WriteDb, payloads: readonly { hash: Uint8Array; bytes: Uint8Array }[]): void {
  for (const payload of payloads) if (isSameHash(sha256(payload.bytes), payload.hash)) receive.run(db, payload);
}

/** Keeps private payloads beside the entry that names them. */
export function keepPayloads(db: WriteDb, payloads: readonly StoredPayload[]): void {
  for (const { bytes, hash } of payloads) insert.run(db, { hash: fromHex(hash), bytes });
}
