import type { TillMigration } from './migration.ts';

/**
 * The spine: journal, catalogue, shop, drawer, sales, stock, and what is local to this PC.
 *
 * Every table says its class: *source* (cannot be made again), *projection* (of the journal), *catalogue* (a projection
 * where the till is its author, a replica of the feed where it has joined a head office), *replica* (of the feed) or
 * *local* (this PC's own). UUIDs are 16 bytes and stand once, where a thing is named; rows refer to one another by small
 * integers. Sales and all that hangs on them have the `seq` of their journal entry as their key.
 */
export const spine: TillMigration = {
  name: '0001-spine',
  sql: `
    -- source: every fact this till created. Never updated, never deleted.
    CREATE TABLE journal (
      seq INTEGER PRIMARY KEY,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      epoch INTEGER NOT NULL,
      kind TEXT NOT NULL,
      version INTEGER NOT NULL,
      command BLOB NOT NULL CHECK (length(command) = 16),
      n INTEGER NOT NULL,
      at TEXT NOT NULL,
      business_date TEXT,
      bytes BLOB NOT NULL CHECK (length(bytes) <= 4194304)
    ) STRICT;
    CREATE UNIQUE INDEX journal_by_command ON journal (command, n);
    CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
    CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never pruned'); END;
    CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
      BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;

    -- source: personal data under the hash that an entry holds. Only erasing deletes it.
    CREATE TABLE private_payloads (
      hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
      bytes BLOB NOT NULL CHECK (length(bytes) <= 65536)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER private_payloads_no_update BEFORE UPDATE ON private_payloads
      BEGIN SELECT RAISE(ABORT, 'a private payload is never changed'); END;

    -- source: PINs and passwords, hashed by bcrypt and wrapped with this PC's key. Never in the journal.
    CREATE TABLE staff_verifiers (
      staff BLOB NOT NULL CHECK (length(staff) = 16),
      credential TEXT NOT NULL CHECK (credential IN ('pin', 'password')),
      wrapped BLOB NOT NULL,
      PRIMARY KEY (staff, credential)
    ) STRICT, WITHOUT ROWID;

    -- projection: who this till is and where its receipts stand. One row.
    CREATE TABLE till_identity (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      store BLOB NOT NULL,
      till BLOB NOT NULL,
      installation BLOB NOT NULL,
      epoch INTEGER NOT NULL,
      series TEXT NOT NULL,
      last_receipt INTEGER NOT NULL,
      last_shift INTEGER NOT NULL,
      last_business_date TEXT,
      code TEXT NOT NULL,
      name TEXT NOT NULL,
      authority TEXT NOT NULL,
      demo INTEGER NOT NULL
    ) STRICT;

    -- projection: facts that came in with a fork, by the command that wrote them: what two chains both bring counts once.
    CREATE TABLE adopted_facts (
      command BLOB NOT NULL,
      n INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (command, n)
    ) STRICT, WITHOUT ROWID;

    -- catalogue: what the store agrees on. One row; the settings as JSON of shared/journal/kinds/store-kinds.ts.
    CREATE TABLE store_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      settings TEXT NOT NULL
    ) STRICT;

    -- catalogue
    CREATE TABLE roles (
      role BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      permissions TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- catalogue: the name is in the private payload
    CREATE TABLE staff (
      staff BLOB PRIMARY KEY,
      version INTEGER NOT NULL,
      private BLOB NOT NULL,
      active INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE staff_roles (
      staff BLOB NOT NULL,
      role BLOB NOT NULL,
      PRIMARY KEY (staff, role)
    ) STRICT, WITHOUT ROWID;

    -- projection: until when nobody may try this person's PIN or password
    CREATE TABLE staff_lockouts (
      staff BLOB PRIMARY KEY,
      until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- catalogue
    CREATE TABLE taxes (
      tax BLOB PRIMARY KEY,
      code TEXT NOT NULL,
      name TEXT NOT NULL,
      rate_millionths INTEGER NOT NULL,
      active INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- catalogue
    CREATE TABLE categories (
      category BLOB PRIMARY KEY,
      name TEXT NOT NULL,
      tint TEXT NOT NULL,
      position INTEGER NOT NULL,
      active INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- projection: the small integer by which rows of this file name a product
    CREATE TABLE product_keys (
      key INTEGER PRIMARY KEY,
      product BLOB NOT NULL UNIQUE CHECK (length(product) = 16)
    ) STRICT;

    -- catalogue
    CREATE TABLE products (
      key INTEGER PRIMARY KEY,
      version INTEGER NOT NULL,
      sku TEXT NOT NULL,
      name TEXT NOT NULL,
      unit TEXT NOT NULL,
      price_minor INTEGER,
      category BLOB,
      taxes TEXT NOT NULL,
      stocked INTEGER NOT NULL,
      active INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX products_by_sku ON products (sku);
    CREATE INDEX products_by_name ON products (name COLLATE NOCASE, key);
    CREATE INDEX products_by_category ON products (category, name COLLATE NOCASE);
    CREATE TABLE product_barcodes (
      barcode TEXT NOT NULL,
      product_key INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (barcode, product_key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX product_barcodes_by_product ON product_barcodes (product_key, position);

    -- local: words of names for search; the rowid is the rank, the most sold first. Made again whenever it is missing.
    CREATE TABLE search_ranks (
      rank INTEGER PRIMARY KEY,
      product_key INTEGER NOT NULL UNIQUE
    ) STRICT;
    CREATE VIRTUAL TABLE search_words USING fts5 (
      words, content='', contentless_delete=1, detail='none', prefix='1 2 3',
      tokenize="unicode61 remove_diacritics 2"
    );
    -- local: whether the two above are whole. \`maker\` is null where they are; else who makes them, 0 before anybody does.
    CREATE TABLE search_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      maker INTEGER,
      total INTEGER NOT NULL,
      made_at TEXT
    ) STRICT;
    INSERT INTO search_state (id, total) VALUES (1, 0);

    -- projection
    CREATE TABLE shifts (
      key INTEGER PRIMARY KEY,
      shift BLOB NOT NULL UNIQUE,
      number INTEGER NOT NULL,
      business_date TEXT NOT NULL,
      currency TEXT NOT NULL,
      float_minor INTEGER NOT NULL,
      opened_seq INTEGER NOT NULL,
      opened_at TEXT NOT NULL,
      opened_by BLOB,
      closed_seq INTEGER,
      -- the entry that opened another shift while this one was open: two PCs sold as this till
      left_seq INTEGER,
      closed_at TEXT,
      counted_minor INTEGER,
      expected_minor INTEGER,
      reason TEXT,
      sales_count INTEGER NOT NULL DEFAULT 0,
      sales_minor INTEGER NOT NULL DEFAULT 0,
      sales_tax_minor INTEGER NOT NULL DEFAULT 0,
      refunds_count INTEGER NOT NULL DEFAULT 0,
      refunds_minor INTEGER NOT NULL DEFAULT 0,
      refunds_tax_minor INTEGER NOT NULL DEFAULT 0,
      paid_in_minor INTEGER NOT NULL DEFAULT 0,
      paid_out_minor INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE UNIQUE INDEX shifts_one_open ON shifts (1) WHERE closed_seq IS NULL AND left_seq IS NULL;
    -- projection: what a fork brought for shifts that were closed. A closed Z never changes: the next one names it as late.
    CREATE TABLE late_sales (
      seq INTEGER PRIMARY KEY,
      -- null until a shift is closed that names it
      shift_key INTEGER,
      total_minor INTEGER NOT NULL,
      tax_minor INTEGER NOT NULL
    ) STRICT;
    -- replica: what the head office found when it computed a closing again; differences as JSON of shared/feed/rows.ts
    CREATE TABLE closing_checks (
      shift BLOB PRIMARY KEY,
      agrees INTEGER NOT NULL,
      differences TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- replica: entries of this till that the head office holds and could not put into its tables. One row; JSON as there.
    CREATE TABLE put_aside (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      total INTEGER NOT NULL,
      entries TEXT NOT NULL
    ) STRICT;
    CREATE TABLE shift_tenders (
      shift_key INTEGER NOT NULL,
      kind TEXT NOT NULL,
      count INTEGER NOT NULL,
      amount_minor INTEGER NOT NULL,
      PRIMARY KEY (shift_key, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cash_movements (
      seq INTEGER PRIMARY KEY,
      shift_key INTEGER NOT NULL,
      amount_minor INTEGER NOT NULL,
      reason TEXT NOT NULL
    ) STRICT;

    -- projection: completed sales and refunds; what a receipt shows in full is in the entry itself
    CREATE TABLE sales (
      seq INTEGER PRIMARY KEY,
      sale BLOB NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('sale', 'refund')),
      shift_key INTEGER NOT NULL,
      receipt_till TEXT NOT NULL,
      receipt_series TEXT NOT NULL,
      receipt_number INTEGER NOT NULL,
      at TEXT NOT NULL,
      business_date TEXT NOT NULL,
      currency TEXT NOT NULL,
      actor BLOB,
      lines INTEGER NOT NULL,
      total_minor INTEGER NOT NULL,
      tax_minor INTEGER NOT NULL,
      of_sale BLOB
    ) STRICT;
    CREATE INDEX sales_by_receipt ON sales (receipt_number);
    -- projection: a line is a stock movement too
    CREATE TABLE sale_lines (
      seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      product_key INTEGER NOT NULL,
      quantity_milli INTEGER NOT NULL,
      total_minor INTEGER NOT NULL,
      net_minor INTEGER NOT NULL,
      moves_stock INTEGER NOT NULL,
      of_line BLOB,
      PRIMARY KEY (seq, n)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sale_lines_given_back ON sale_lines (of_line) WHERE of_line IS NOT NULL;
    -- projection: foreign money has its columns from the start
    CREATE TABLE tenders (
      seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      kind TEXT NOT NULL,
      amount_minor INTEGER NOT NULL,
      handed_minor INTEGER NOT NULL,
      foreign_currency TEXT,
      foreign_minor INTEGER,
      foreign_rate_millionths INTEGER,
      PRIMARY KEY (seq, n)
    ) STRICT, WITHOUT ROWID;
    -- projection
    CREATE TABLE voided_baskets (
      seq INTEGER PRIMARY KEY,
      basket BLOB NOT NULL,
      shift_key INTEGER NOT NULL,
      total_minor INTEGER NOT NULL,
      lines INTEGER NOT NULL
    ) STRICT;

    -- projection: stock movements without a sale
    CREATE TABLE stock_adjustments (
      seq INTEGER NOT NULL,
      n INTEGER NOT NULL,
      product_key INTEGER NOT NULL,
      quantity_milli INTEGER NOT NULL,
      PRIMARY KEY (seq, n)
    ) STRICT, WITHOUT ROWID;
    -- projection: what this till's own movements add up to, and how much of it was ever sold
    CREATE TABLE stock_levels (
      product_key INTEGER PRIMARY KEY,
      own_milli INTEGER NOT NULL,
      sold_milli INTEGER NOT NULL
    ) STRICT;
    -- replica: what the head office tells of the other tills' movements
    CREATE TABLE stock_elsewhere (
      product_key INTEGER NOT NULL,
      till BLOB NOT NULL,
      level_milli INTEGER NOT NULL,
      covers_seq INTEGER NOT NULL,
      PRIMARY KEY (product_key, till)
    ) STRICT, WITHOUT ROWID;
    -- replica
    CREATE TABLE tills (
      till BLOB PRIMARY KEY,
      code TEXT NOT NULL,
      name TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- local: the basket that is being filled; its UUID becomes the sale's
    CREATE TABLE baskets (
      key INTEGER PRIMARY KEY,
      basket BLOB NOT NULL UNIQUE,
      opened_at TEXT NOT NULL,
      discounts TEXT NOT NULL
    ) STRICT;
    CREATE TABLE basket_lines (
      basket_key INTEGER NOT NULL,
      n INTEGER NOT NULL,
      line BLOB NOT NULL,
      product_key INTEGER NOT NULL,
      quantity_milli INTEGER NOT NULL,
      snapshot TEXT NOT NULL,
      PRIMARY KEY (basket_key, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE basket_tenders (
      basket_key INTEGER NOT NULL,
      n INTEGER NOT NULL,
      tender BLOB NOT NULL,
      kind TEXT NOT NULL,
      handed_minor INTEGER NOT NULL,
      PRIMARY KEY (basket_key, n)
    ) STRICT, WITHOUT ROWID;

    -- local: who is signed in; of the token only its SHA-256 is kept
    CREATE TABLE sessions (
      token_hash BLOB PRIMARY KEY,
      staff BLOB NOT NULL,
      since TEXT NOT NULL,
      ended_at TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sign_in_attempts (
      staff BLOB PRIMARY KEY,
      failed INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE approvals (
      approval BLOB PRIMARY KEY,
      approver BLOB NOT NULL,
      permission TEXT NOT NULL,
      command BLOB NOT NULL,
      given_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- local: what each command was answered, for 30 days
    CREATE TABLE answers (
      command BLOB PRIMARY KEY,
      operation TEXT NOT NULL,
      actor BLOB,
      input_hash BLOB NOT NULL,
      answer TEXT NOT NULL,
      at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX answers_by_age ON answers (at);

    -- local: where the two sides stand
    CREATE TABLE sync_state (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      confirmed_seq INTEGER NOT NULL,
      confirmed_hash BLOB,
      confirmed_at TEXT
    ) STRICT;
    INSERT INTO sync_state (id, confirmed_seq) VALUES (1, 0);
    CREATE TABLE feed_cursors (
      stream TEXT PRIMARY KEY CHECK (stream IN ('company', 'store')),
      position INTEGER NOT NULL,
      tag TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
