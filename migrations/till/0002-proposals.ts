import type { TillMigration } from './migration.ts';

/** What a manager changes at a till whose catalogue the head office keeps. Classes of tables as in the spine. */
export const proposals: TillMigration = {
  name: '0002-proposals',
  sql: `
    -- projection: products that were made here, and fields that were changed here, by the entry that says so
    CREATE TABLE product_proposals (
      seq INTEGER PRIMARY KEY,
      product_key INTEGER NOT NULL,
      -- 1 where the product was made here; \`changes\` is then all of it
      made INTEGER NOT NULL,
      -- JSON of shared/journal/kinds/proposal-kinds.ts
      changes TEXT NOT NULL
    ) STRICT;
    CREATE INDEX product_proposals_by_product ON product_proposals (product_key, seq);
    -- replica: how far the head office has decided, and how each field ended; JSON of shared/feed/rows.ts
    CREATE TABLE proposal_decisions (
      product_key INTEGER PRIMARY KEY,
      decided_seq INTEGER NOT NULL,
      fields TEXT NOT NULL
    ) STRICT;
    -- replica: what the head office says of a product that shows something undecided; null where it has none
    CREATE TABLE products_beneath (
      product_key INTEGER PRIMARY KEY,
      row TEXT
    ) STRICT;
    -- local: decisions that somebody has read and put away
    CREATE TABLE dismissed_decisions (
      product_key INTEGER NOT NULL,
      field TEXT NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (product_key, field)
    ) STRICT, WITHOUT ROWID;
  `,
};
