import { sql } from 'kysely';
import { permissions, type Permission } from '../../../shared/contract/permissions.ts';
import { type StaffId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import type { Actor } from '../context.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { sha256 } from '../journal/sha256.ts';

// `+` before a parameter, and literals: SQLite would otherwise plan a join anew at each run, to look at what was bound; ten
// times the cost of running it, at every call that a screen makes.
const byToken = reads<{ token_hash: Uint8Array }>()((q, p) =>
  q
    .selectFrom('sessions')
    .leftJoin('staff', 'staff.staff', 'sessions.staff')
    .select(['sessions.staff', 'sessions.since', 'sessions.ended_at', 'staff.active'])
    .where('sessions.token_hash', '=', sql<Uint8Array>`+${p.token_hash}`),
);
const rolesOf = reads<{ staff: Uint8Array }>()((q, p) =>
  q
    .selectFrom('staff_roles')
    .innerJoin('staff', 'staff.staff', 'staff_roles.staff')
    .innerJoin('roles', 'roles.role', 'staff_roles.role')
    .select('roles.permissions')
    .where('staff_roles.staff', '=', sql<Uint8Array>`+${p.staff}`)
    .where('staff.active', '=', sql.lit(1)),
);

const known: ReadonlySet<string> = new Set(permissions);

/** What the text of a role's permissions allows, once for each text: a shop has a handful. */
const permitted = new Map<string, ReadonlySet<Permission>>();
const permittedKept = 100;

function readPermissions(text: string): ReadonlySet<Permission> {
  const read = permitted.get(text);
  if (read !== undefined) return read;
  // Written by projectors and the feed from schemas that say: an array of text. A permission that a newer version knows
  // means nothing to this one.
  const held = new Set((JSON.parse(text) as string[]).filter((name): name is Permission => known.has(name)));
  if (permitted.size >= permittedKept) permitted.clear();
  permitted.set(text, held);
  return held;
}

/** What somebody may do now, by all their roles; nothing for inactive staff. */
export function permissionsOf(db: ReadDb, staff: StaffId): ReadonlySet<Permission> {
  const [first, ...more] = rolesOf
    .all(db, { staff: uuidToBytes(staff) })
    .map((row) => readPermissions(row.permissions));
  if (first === undefined) return new Set();
  return more.length === 0 ? first : new Set([first, ...more].flatMap((held) => [...held]));
}

/** SHA-256 of a token: all that is kept of it. */
export function tokenHash(token: string): Uint8Array {
  return sha256(new TextEncoder().encode(token));
}

/** Whose session a token is of, ended or not; undefined for a token that was never given out. */
export function findSession(db: ReadDb, token: string): { readonly actor: Actor; readonly ended: boolean } | undefined {
  const session = tokenHash(token);
  const row = byToken.get(db, { token_hash: session });
  if (row === undefined) return undefined;
  const staff = uuidFromBytes<StaffId>(row.staff);
  return {
    actor: { staff, permissions: permissionsOf(db, staff), since: row.since, session },
    // Whoever was made inactive, here or by the head office, is out at once.
    ended: row.ended_at !== null || row.active !== 1,
  };
}
