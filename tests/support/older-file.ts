/** Makes a till's file one of the version before: without what the last migration made. The till is closed. */
import Database from 'better-sqlite3';
import { tillMigrations } from '../../migrations/till/list.ts';

export function makeOlder(path: string): void {
  const last = tillMigrations.at(-1);
  const tables = [...(last?.sql.matchAll(/CREATE TABLE (\w+)/gu) ?? [])].map(([, name]) => name);
  const db = new Database(path);
  for (const name of tables) db.exec(`DROP TABLE ${name}`);
  db.pragma(`user_version = ${tillMigrations.length - 1}`);
  db.close();
}
