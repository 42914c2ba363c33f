/** Somebody signs in. The product's own way asks bcrypt, which takes real time; so the session is written beside the till. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { type StaffId, uuidToBytes } from '../../shared/ids.ts';

export function signIn(
  path: string,
  session: { readonly token: string; readonly staff: StaffId; readonly at: number },
): void {
  const file = new Database(path);
  try {
    file
      .prepare('INSERT OR REPLACE INTO sessions (token_hash, staff, since, ended_at) VALUES (?, ?, ?, NULL)')
      .run(
        createHash('sha256').update(session.token).digest(),
        uuidToBytes(session.staff),
        new Date(session.at).toISOString(),
      );
  } finally {
    file.close();
  }
}
