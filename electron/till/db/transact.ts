import { Failed } from '../failure.ts';
import type { WriteDb } from './statement.ts';

/**
 * Runs `work` in one transaction. A failure that keeps what was written is committed and then thrown on; every other
 * error rolls back. Transactions never nest.
 */
export function transact<Value>(db: WriteDb, work: () => Value): Value {
  const { connection } = db;
  connection.exec('BEGIN IMMEDIATE');
  let value: Value;
  try {
    value = work();
  } catch (error) {
    // SQLite rolls back by itself on some faults (a full disk): then there is nothing left to end.
    if (connection.inTransaction) connection.exec(error instanceof Failed && error.keep ? 'COMMIT' : 'ROLLBACK');
    throw error;
  }
  connection.exec('COMMIT');
  return value;
}

/** Runs `work` on one unchanging view of the file. */
export function readConsistently<Value>(connection: WriteDb['connection'], work: () => Value): Value {
  connection.exec('BEGIN');
  try {
    return work();
  } finally {
    connection.exec('COMMIT');
  }
}
