import type { TillMigration } from './migration.ts';

/** Stock takes: the one that is open at this PC, those that were posted, and what the head office made of them. */
export const stockTakes: TillMigration = {
  name: '0003-stock-takes',
  sql: `
    -- projection: stock takes that were posted; a long one is several entries, each a part of its lines
    CREATE TABLE stock_counts (
      seq INTEGER PRIMARY KEY,
      count BLOB NOT NULL,
      scope TEXT NOT NULL,
      at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX stock_counts_by_count ON stock_counts (count);
    -- projection: a line moved the level from what was known to what was counted
    CREATE TABLE stock_count_lines (
      seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      product_key INTEGER NOT NULL,
      sku TEXT NOT NULL,
      name TEXT NOT NULL,
      unit TEXT NOT NULL,
      counted_milli INTEGER NOT NULL,
      known_milli INTEGER NOT NULL,
      price_minor INTEGER,
      -- the till's last entry when it was counted
      own_seq INTEGER NOT NULL,
      PRIMARY KEY (seq, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stock_count_lines_by_product ON stock_count_lines (product_key, own_seq);

    -- replica: what the head office adds to the sum of all tills' levels
    CREATE TABLE stock_corrections (
      product_key INTEGER PRIMARY KEY,
      correction_milli INTEGER NOT NULL
    ) STRICT;
    -- replica: the last entry of each other till that the store's stock is known to cover
    CREATE TABLE stock_heard (
      till BLOB PRIMARY KEY,
      seq INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- local: the stock take that is open
    CREATE TABLE stock_takes (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      count BLOB NOT NULL,
      scope TEXT NOT NULL CHECK (scope IN ('store', 'category', 'products')),
      category BLOB,
      opened_at TEXT NOT NULL,
      opened_by BLOB
    ) STRICT;
    -- local: the products that were chosen for it
    CREATE TABLE stock_take_products (product_key INTEGER PRIMARY KEY) STRICT;
    -- local: moments at which something was counted: how far the journals of this till and of the others had come
    CREATE TABLE stock_take_marks (
      key INTEGER PRIMARY KEY,
      own_seq INTEGER NOT NULL,
      seen TEXT NOT NULL
    ) STRICT;
    -- local: what was counted so far. Adding to a line keeps the moment of its first pass; replacing it begins anew.
    CREATE TABLE stock_take_lines (
      product_key INTEGER PRIMARY KEY,
      counted_milli INTEGER NOT NULL,
      known_milli INTEGER NOT NULL,
      counted_at TEXT NOT NULL,
      mark_key INTEGER NOT NULL
    ) STRICT;
  `,
};
