/** Whether the head office can do its work: the database answers, and its tables are those of this version. */
import type { Pool } from './db/pool.ts';
import { readTransaction } from './db/transact.ts';

/** A migration as this version has it. */
export interface KnownMigration {
  readonly name: string;
  /** Of its text, in hexadecimal. */
  readonly sha256: string;
}

export interface Health {
  readonly database: 'answers' | 'silent';
  /** `unknown` while the database is silent. */
  readonly migrations: 'fit' | 'missing' | 'newer' | 'other' | 'unknown';
}

/** How long a probe waits for the database. */
const patience_ms = 2_000;
/** However many ask, the database is asked once in this time. */
const kept_ms = 1_000;

export function isReady({ database, migrations }: Health): boolean {
  return database === 'answers' && migrations === 'fit';
}

/** Makes what answers how the database is. Never rejects. */
export function createHealthCheck(pool: Pool, known: readonly KnownMigration[]): () => Promise<Health> {
  let last: { readonly at: number; readonly answer: Promise<Health> } | undefined;
  return async () => {
    const now = performance.now();
    if (last === undefined || now - last.at > kept_ms) last = { at: now, answer: look(pool, known) };
    return await last.answer;
  };
}

const silent: Health = { database: 'silent', migrations: 'unknown' };

async function look(pool: Pool, known: readonly KnownMigration[]): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve(silent), patience_ms);
  });
  // Whatever is wrong with the database is the answer; what it was stands in the log of who needed it.
  const found = readTransaction(
    pool,
    async (db) => {
      const applied = await db.rows<KnownMigration>(
        'select name, sha256 from migrations where number > 0 order by number',
      );
      return { database: 'answers', migrations: compare(applied, known) } as const;
    },
    patience_ms,
  ).catch(() => silent);
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}

function compare(applied: readonly KnownMigration[], known: readonly KnownMigration[]): Health['migrations'] {
  const isSame = known.every((own, at) => applied[at] === undefined || isEqual(own, applied[at]));
  if (!isSame) return 'other';
  if (applied.length < known.length) return 'missing';
  return applied.length > known.length ? 'newer' : 'fit';
}

function isEqual(one: KnownMigration, other: KnownMigration): boolean {
  return one.name === other.name && one.sha256 === other.sha256;
}
