/** One transaction an operation: a query's can't write, whatever it tries. */
import type { PoolClient } from 'pg';
import type { Pool } from './pool.ts';

export interface ReadDb {
  /** Runs a statement; the rows are as `Row` says because the statement says so. */
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** The first row, if there is one. */
  first<Row>(sql: string, values?: readonly unknown[]): Promise<Row | undefined>;
}

export interface WriteDb extends ReadDb {
  /** Runs a statement that answers nothing; says how many rows it touched. */
  run(sql: string, values?: readonly unknown[]): Promise<number>;
}

// Set for the transaction only, so that it doesn't matter which connection of a pooler the next one gets.
const settings = "set local search_path = evertill, pg_temp; set local timezone = 'UTC'; set local jit = off";

/** Everything in it sees one moment. Statements end after `limit_ms`. */
export async function readTransaction<Value>(
  pool: Pool,
  work: (db: ReadDb) => Promise<Value>,
  limit_ms = 15_000,
): Promise<Value> {
  return await transact(pool, 'begin isolation level repeatable read read only', limit_ms, work);
}

/** Commits when `work` is done, rolls back when it throws. */
export async function writeTransaction<Value>(pool: Pool, work: (db: WriteDb) => Promise<Value>): Promise<Value> {
  return await transact(pool, 'begin', 15_000, work);
}

async function transact<Value>(
  pool: Pool,
  begin: string,
  limit_ms: number,
  work: (db: WriteDb) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect();
  let isSound = false;
  try {
    await client.query(
      `${begin}; ${settings}; set local statement_timeout = ${limit_ms}; set local lock_timeout = 10000`,
    );
    try {
      const value = await work(dbOf(client));
      await client.query('commit');
      isSound = true;
      return value;
    } catch (error) {
      // A client whose query timed out is wedged: a rollback would wait behind that query. Its connection is dropped.
      if (!(error instanceof Error && error.message === 'Query read timeout')) {
        await client.query('rollback');
        isSound = true;
      }
      throw error;
    }
  } finally {
    client.release(!isSound);
  }
}

function dbOf(client: PoolClient): WriteDb {
  return {
    rows: async <Row>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query(sql, [...values]);
      // What the columns are is the statement's to say; the operation's output is parsed before it leaves.
      return rows as readonly Row[];
    },
    first: async <Row>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await client.query(sql, [...values]);
      // As above.
      return rows[0] as Row | undefined;
    },
    run: async (sql, values = []) => (await client.query(sql, [...values])).rowCount ?? 0,
  };
}
