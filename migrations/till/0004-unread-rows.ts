import type { TillMigration } from './migration.ts';

/** What a newer head office tells and this version can't read, or not wholly: kept until it can. Classes as in the spine. */
export const unreadRows: TillMigration = {
  name: '0004-unread-rows',
  sql: `
    -- replica: the newest row of each key as it came, wrapped with this PC's key: nobody knows what is in it
    CREATE TABLE unread_rows (
      stream TEXT NOT NULL,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,
      position INTEGER NOT NULL,
      wrapped BLOB NOT NULL,
      PRIMARY KEY (stream, kind, key)
    ) STRICT, WITHOUT ROWID;
    -- local: what the version could read that was here last, as a hash of its schemas. One row.
    CREATE TABLE feed_reader (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      reads TEXT NOT NULL
    ) STRICT;
  `,
};
