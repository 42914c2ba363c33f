/**
 * A till's file of an older version is brought up to date before it is opened: first a copy of it is made by SQLite's own
 * backup, checked and kept, then all that is missing runs in one transaction. Whatever fails, the file is as it was.
 */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import {
  applicationId,
  applySettings,
  assertSettings,
  isStorageFull,
  type Migration,
  missingMigrations,
  OpenError,
  runMigrations,
  syncFolder,
  takeLock,
  writerSettings,
} from './open.ts';

/** What is being done, and how much of it is: from 0 to 1, null where nobody can tell. */
export interface UpdateProgress {
  readonly step: 'backing_up' | 'checking' | 'migrating';
  readonly share: number | null;
}

export interface UpdateOptions {
  readonly path: string;
  readonly migrations: readonly Migration[];
  /** Where copies are kept; made where it is missing. */
  readonly backups: string;
  /** Of the program that brings it up to date: in the copy's name. */
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly told: (progress: UpdateProgress) => void;
}

/** So many copies are kept, the newest. */
export const backupsKept = 3;
/** Beside the copy this much is left free, for the journal of the migration and for whoever else needs some. */
const spare_bytes = 64 * 1024 * 1024;
const pagesAtOnce = 2048;
const unfinished = '.partial';

/**
 * Brings the file of a till that nobody has open up to date. Does nothing where it is.
 *
 * @throws OpenError `storage_full`, `damaged`, `migration_failed`, and those of opening: the file is then as it was
 */
export async function updateTillFile(options: UpdateOptions): Promise<void> {
  const { migrations, path, told } = options;
  const lock = takeLock(`${path}.lock`);
  let connection: Database.Database | undefined;
  try {
    connection = new Database(path, { fileMustExist: true });
    applySettings(connection, writerSettings);
    assertSettings(connection, writerSettings);
    const missing = missingMigrations(connection, migrations);
    if (missing.length === 0) return;
    await keepCopy(connection, options);
    const before = headOf(connection);
    const updated = connection;
    runMigrations(updated, missing, {
      told: (done) => told({ step: 'migrating', share: done / missing.length }),
      check: () => {
        if (headOf(updated) !== before) throw new Error('a migration changed the journal');
      },
    });
  } catch (error) {
    if (error instanceof OpenError) throw error;
    if (isStorageFull(error) || isDiskFull(error)) throw new OpenError('storage_full', String(error));
    if (isDamage(error)) throw new OpenError('damaged', String(error));
    throw new OpenError('migration_failed', error instanceof Error ? error.message : String(error));
  } finally {
    connection?.close();
    lock.close();
  }
}

/** Makes a copy of the file as it is now, whole and durable, and takes older ones away. */
async function keepCopy(connection: Database.Database, options: UpdateOptions): Promise<void> {
  const { backups, now, told, version } = options;
  told({ step: 'backing_up', share: 0 });
  mkdirSync(backups, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(backups)) if (name.includes(unfinished)) rmSync(join(backups, name), { force: true });
  const pages = Number(connection.pragma('page_count', { simple: true }));
  const size_bytes = pages * Number(connection.pragma('page_size', { simple: true }));
  const { bavail, bsize } = statfsSync(backups);
  if (bavail * bsize < size_bytes + spare_bytes)
    throw new OpenError('storage_full', `a copy takes ${size_bytes} bytes, ${bavail * bsize} are free`);

  const schema = String(connection.pragma('user_version', { simple: true })).padStart(4, '0');
  const moment = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  const name = `till-${moment}Z-schema-${schema}-before-${version}.db`;
  const partial = join(backups, `${name}${unfinished}`);
  try {
    await connection.backup(partial, {
      progress: ({ remainingPages, totalPages }) => {
        told({ step: 'backing_up', share: totalPages === 0 ? 1 : 1 - remainingPages / totalPages });
        return pagesAtOnce;
      },
    });
    told({ step: 'checking', share: null });
    checkCopy(partial, connection);
    flush(partial);
    renameSync(partial, join(backups, name));
    chmodSync(join(backups, name), 0o400);
    syncFolder(backups);
  } catch (error) {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${partial}${suffix}`, { force: true });
    throw error;
  }
  for (const old of backupsIn(backups).slice(backupsKept)) rmSync(join(backups, old), { force: true });
}

/** The copies that are kept, the newest first: their names begin with the moment. */
export function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith('till-') && name.endsWith('.db'))
    .toSorted()
    .toReversed();
}

/** A copy that can't be read is none; and since it was made page by page, neither can the file be. */
function checkCopy(path: string, original: Database.Database): void {
  const copy = new Database(path);
  try {
    // One file, with nothing beside it.
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new OpenError('damaged', String(found));
    for (const name of ['application_id', 'user_version'])
      if (copy.pragma(name, { simple: true }) !== original.pragma(name, { simple: true }))
        throw new OpenError('damaged', `the copy has another ${name}`);
    if (copy.pragma('application_id', { simple: true }) !== applicationId || headOf(copy) !== headOf(original))
      throw new OpenError('damaged', 'the copy has another head');
  } finally {
    copy.close();
  }
}

/** Number and hash of the last entry, as text. */
function headOf(connection: Database.Database): string {
  return String(
    connection
      .prepare(
        "SELECT coalesce(max(seq || ' ' || hex(hash)), '') FROM (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1)",
      )
      .pluck()
      .get(),
  );
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/u.test(error.code);
}
