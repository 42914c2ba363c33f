/** Sessions: begun by a sign-in, ended by a lock, or with the person who held them. */
import { type StaffId, uuidToBytes } from '../../../shared/ids.ts';
import { type WriteDb, writes } from '../db/statement.ts';
import type { Random } from '../ports.ts';
import { tokenHash } from './find.ts';

const tokenBytes = 32;
/** A session that began longer ago is forgotten at the next sign-in: nobody's shift is that long. */
const kept_ms = 30 * 24 * 60 * 60 * 1000;

const insert = writes<{ token_hash: Uint8Array; staff: Uint8Array; since: string }>()((q, p) =>
  q.insertInto('sessions').values({ token_hash: p.token_hash, staff: p.staff, since: p.since, ended_at: null }),
);
const end = writes<{ token_hash: Uint8Array; now: string }>()((q, p) =>
  q
    .updateTable('sessions')
    .set({ ended_at: p.now })
    .where('token_hash', '=', p.token_hash)
    .where('ended_at', 'is', null),
);
const endAll = writes<{ staff: Uint8Array; now: string }>()((q, p) =>
  q.updateTable('sessions').set({ ended_at: p.now }).where('staff', '=', p.staff).where('ended_at', 'is', null),
);
const endInactive = writes<{ now: string }>()((q, p) =>
  q
    .updateTable('sessions')
    .set({ ended_at: p.now })
    .where('ended_at', 'is', null)
    .where('staff', 'not in', (from) => from.selectFrom('staff').select('staff').where('active', '=', 1)),
);
const prune = writes<{ before: string }>()((q, p) => q.deleteFrom('sessions').where('since', '<', p.before));

/** Begins a session. Answers its token, of which only the SHA-256 is kept. */
export function beginSession(
  db: WriteDb,
  random: Random,
  staff: StaffId,
  now: number,
): { token: string; since: string } {
  const token = Buffer.from(random.bytes(tokenBytes)).toString('base64url');
  const since = new Date(now).toISOString();
  prune.run(db, { before: new Date(now - kept_ms).toISOString() });
  insert.run(db, { token_hash: tokenHash(token), staff: uuidToBytes(staff), since });
  return { token, since };
}

/** Ends one session, named by its token's SHA-256. */
export function endSession(db: WriteDb, session: Uint8Array, now: number): void {
  end.run(db, { token_hash: session, now: new Date(now).toISOString() });
}

/** Ends all sessions of somebody. */
export function endSessionsOf(db: WriteDb, staff: StaffId, now: number): void {
  endAll.run(db, { staff: uuidToBytes(staff), now: new Date(now).toISOString() });
}

/** Ends the sessions of everybody who may not sign in any more. */
export function endSessionsOfInactive(db: WriteDb, now: number): void {
  endInactive.run(db, { now: new Date(now).toISOString() });
}
