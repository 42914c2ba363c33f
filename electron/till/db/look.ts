/** What SQLite knows of the file itself. */
import type { ReadDb } from './statement.ts';

/** Tables that hold rows of ours: not those that a search is made of. */
export function tableNames({ connection }: ReadDb): readonly string[] {
  return connection
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
    )
    .all()
    .map(({ name }) => name);
}

/** `table` is one of {@link tableNames}. */
export function countRows({ connection }: ReadDb, table: string): number {
  return connection.prepare<[], { count: number }>(`SELECT count(*) AS count FROM "${table}"`).get()?.count ?? 0;
}

/** `ok`, or what SQLite found wrong first. `table` is one of {@link tableNames}. */
export function quickCheck({ connection }: ReadDb, table: string): string {
  return String(connection.pragma(`quick_check("${table}")`, { simple: true }));
}

export function fileFacts({ connection }: ReadDb): Readonly<Record<string, unknown>> {
  const read = (name: string): unknown => connection.pragma(name, { simple: true });
  return {
    sqlite: connection.prepare<[], string>('SELECT sqlite_version()').pluck().get(),
    schema: read('user_version'),
    journal_mode: read('journal_mode'),
    synchronous: read('synchronous'),
    page_bytes: read('page_size'),
    pages: read('page_count'),
    free_pages: read('freelist_count'),
  };
}
