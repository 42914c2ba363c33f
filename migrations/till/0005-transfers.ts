import type { TillMigration } from './migration.ts';

/** Goods between stores: what this till sent, received and cancelled, and what the head office tells of the rest. */
export const transfers: TillMigration = {
  name: '0005-transfers',
  sql: `
    -- projection: one row an entry; the lines are in stock_transfer_lines
    CREATE TABLE stock_transfers (
      seq INTEGER PRIMARY KEY,
      what TEXT NOT NULL CHECK (what IN ('sent', 'received', 'corrected', 'cancelled')),
      number TEXT NOT NULL,
      transfer BLOB,
      to_store BLOB,
      at TEXT NOT NULL,
      -- of a receipt: more is expected
      awaits_more INTEGER NOT NULL CHECK (awaits_more IN (0, 1))
    ) STRICT;
    CREATE INDEX stock_transfers_by_number ON stock_transfers (number);
    -- projection: a quantity is what it says (of a correction signed); whether it came or went the entry's row says
    CREATE TABLE stock_transfer_lines (
      seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      product_key INTEGER NOT NULL,
      sku TEXT NOT NULL,
      name TEXT NOT NULL,
      unit TEXT NOT NULL,
      quantity_milli INTEGER NOT NULL,
      PRIMARY KEY (seq, n)
    ) STRICT, WITHOUT ROWID;

    -- replica: the company's stores
    CREATE TABLE stores (
      store BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      active INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- replica: transfers from and to this store; lines and seen as JSON of shared/feed/rows.ts
    CREATE TABLE transfers_told (
      number TEXT PRIMARY KEY,
      from_store BLOB NOT NULL,
      to_store BLOB NOT NULL,
      state TEXT NOT NULL,
      sent_at TEXT NOT NULL,
      lines TEXT NOT NULL,
      seen TEXT
    ) STRICT, WITHOUT ROWID;
  `,
};
