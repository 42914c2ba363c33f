import type { OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import { permissions, type Permission } from '../../shared/contract/permissions.ts';
import type { Actor } from '../context.ts';
import type { Pool } from '../db/pool.ts';
import { readTransaction, writeTransaction } from '../db/transact.ts';
import { sha256 } from '../hash.ts';

/** How long a session lasts, whatever is done in it: a working day. */
export const sessionLasts_ms = 12 * 60 * 60 * 1000;
/** `seen_at` may be this old before it is written again. */
const seen_ms = 60_000;

const known: ReadonlySet<string> = new Set(permissions);

interface Row {
  readonly office_user: OfficeUserId;
  readonly login: string;
  readonly name: string;
  readonly active: boolean;
  readonly created_at: string;
  readonly seen_at: string;
  readonly expires_at: string;
  readonly permissions: readonly string[];
}

/** SHA-256 of a token: all that is kept of it. */
export function tokenHash(token: string): Uint8Array {
  return sha256(new TextEncoder().encode(token));
}

/** Those of the permissions that this version knows. */
export function knownPermissions(held: Iterable<string>): Permission[] {
  // A permission that a newer version knows means nothing to this one.
  return [...held].filter((permission): permission is Permission => known.has(permission));
}

/** Whose session a token is of, ended or not; undefined for a token that was never given out or is forgotten. */
export async function findSession(
  pool: Pool,
  token: string,
  now: number,
): Promise<{ readonly actor: Actor; readonly ended: boolean } | undefined> {
  const session = tokenHash(token);
  const row = await readTransaction(pool, (db) =>
    db.first<Row>(
      `select u.office_user, u.login, u.name, u.active, s.created_at, s.seen_at, s.expires_at,
         array(select distinct p from office_user_roles ur join office_roles r using (office_role),
           unnest(r.permissions) as p where ur.office_user = u.office_user) as permissions
       from office_sessions s join office_users u using (office_user) where s.token_hash = $1`,
      [Buffer.from(session)],
    ),
  );
  if (row === undefined) return undefined;
  const ended = !row.active || Date.parse(row.expires_at) <= now;
  if (!ended && now - Date.parse(row.seen_at) > seen_ms) {
    await writeTransaction(pool, (db) =>
      db.run('update office_sessions set seen_at = $2 where token_hash = $1', [
        Buffer.from(session),
        new Date(now).toISOString(),
      ]),
    );
  }
  const actor: Actor = {
    user: row.office_user,
    login: row.login,
    name: row.name,
    permissions: new Set(knownPermissions(row.permissions)),
    since: row.created_at,
    expires_at: row.expires_at,
    session,
  };
  return { actor, ended };
}
