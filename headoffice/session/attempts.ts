/**
 * How often signing in may be tried. Counted in the database, before a password is compared: neither a restart nor a
 * hundred attempts at once give anybody more.
 */
import type { WriteDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import { sha256 } from '../hash.ts';

const window_ms = 15 * 60 * 1000;

/**
 * Tries within a quarter of an hour. `both` is one name from one address; `login` one name from anywhere, so high that
 * nobody can lock somebody else out by accident; `address` any name from one address, an office's router among them.
 */
export const attemptLimits = { both: 5, login: 50, address: 30 } as const;

type Scope = keyof typeof attemptLimits;

/** Written in this order everywhere, so that two never wait for each other in a ring. */
const scopes: readonly Scope[] = ['address', 'both', 'login'];

/** What a sign-in is counted under. */
export interface Attempt {
  readonly address: string;
  /** As it was typed; only 16 bits of its hash are kept. */
  readonly login: string;
}

/**
 * Counts an attempt and tells how long to wait where it is one too many; 0 where it is not. Trying again makes nobody wait
 * longer. To be committed whatever comes after.
 */
export async function countAttempt(db: WriteDb, attempt: Attempt, now: number): Promise<{ readonly wait_ms: number }> {
  let wait_ms = 0;
  for (const scope of scopes) {
    const counted = await db.first<{ attempts: number; since: string }>(
      `insert into office_sign_in_attempts as a (scope, key, attempts, since) values ($1, $2, 1, $3)
       on conflict (scope, key) do update set
         attempts = case when a.since < $4 then 1 else least(a.attempts + 1, 1000000) end,
         since = case when a.since < $4 then excluded.since else a.since end
       returning attempts, since`,
      [scope, keyOf(scope, attempt), new Date(now).toISOString(), new Date(now - window_ms).toISOString()],
    );
    if (counted === undefined || counted.attempts <= attemptLimits[scope]) continue;
    wait_ms = Math.max(wait_ms, Date.parse(counted.since) + window_ms - now);
  }
  return { wait_ms };
}

/** Fails with `session.locked_out` and the minutes to wait when the attempt is one too many. */
export function refuseTooMany({ wait_ms }: { readonly wait_ms: number }): void {
  if (wait_ms > 0) fail('session.locked_out', { minutes: Math.ceil(wait_ms / 60_000) });
}

/** The attempt was a good one: it doesn't count, and the bad ones of this name from this address are forgotten. */
export async function forgiveAttempt(db: WriteDb, attempt: Attempt): Promise<void> {
  for (const scope of scopes) {
    const key = keyOf(scope, attempt);
    if (scope === 'both')
      await db.run('delete from office_sign_in_attempts where scope = $1 and key = $2', [scope, key]);
    else {
      await db.run(
        'update office_sign_in_attempts set attempts = greatest(attempts - 1, 0) where scope = $1 and key = $2',
        [scope, key],
      );
    }
  }
}

/** Forgets counters whose time is over. */
export async function pruneAttempts(db: WriteDb, now: number): Promise<void> {
  await db.run('delete from office_sign_in_attempts where since < $1', [new Date(now - window_ms).toISOString()]);
}

function keyOf(scope: Scope, { address, login }: Attempt): Buffer {
  const encoder = new TextEncoder();
  const name = sha256(encoder.encode(foldLogin(login))).subarray(0, 2);
  const place = sha256(encoder.encode(address));
  if (scope === 'login') return Buffer.from(name);
  return scope === 'address' ? Buffer.from(place) : Buffer.concat([name, place]);
}

/** Sign-in names are compared, and those of the head office stored, in this form. */
export function foldLogin(login: string): string {
  return login.trim().normalize('NFKC').toLowerCase();
}
