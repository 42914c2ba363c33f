/** A till's journal as it lies on a disk, read from outside: SQL, JSON and SHA-256, and nothing of the product. */
import Database from 'better-sqlite3';
import type { Doc } from './central/books.ts';
import { readFact } from './central/model.ts';

export interface JournalRow {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Reads a till's file beside the till. */
export function readFile<Value>(path: string, read: (file: Database.Database) => Value): Value {
  const file = new Database(path, { readonly: true });
  try {
    return read(file);
  } finally {
    file.close();
  }
}

/** Who keeps a till's catalogue; undefined before anybody has set it up. */
export function authorityOf(path: string): 'standalone' | 'joined' | undefined {
  const sql = 'SELECT authority FROM till_identity';
  return readFile(path, (file) => file.prepare<[], { authority: 'standalone' | 'joined' }>(sql).get())?.authority;
}

export function readJournal(path: string): readonly JournalRow[] {
  return readFile(path, (file) =>
    file.prepare<[], JournalRow>('SELECT seq, hash, bytes FROM journal ORDER BY seq').all(),
  );
}

/** What the entries of a journal say, those inside adopted ones among them. */
export function factsOf(path: string): readonly Doc[] {
  return readJournal(path).flatMap(({ bytes }) => readFact(bytes) ?? []);
}

/** How a fact is named, wherever it stands. */
export const factName = ({ command, n }: Pick<Doc, 'command' | 'n'>): string => `${command}/${n}`;
