/**
 * The till's file: opened, locked, set up for durability and brought up to date. The only place that makes connections.
 */
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { ReadDb, WriteDb } from './statement.ts';

/** `PRAGMA application_id` of a till's file: "EvTl". */
export const applicationId = 0x4576_546c;

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * The last three are of bringing a file up to date, and so is `older`: it is to be brought up to date first, which
 * `updateTillFile` does.
 */
export type OpenFault =
  | 'missing'
  | 'empty'
  | 'in_use'
  | 'not_ours'
  | 'newer'
  | 'setting_refused'
  | 'older'
  | 'storage_full'
  | 'damaged'
  | 'migration_failed';

/** The till's file can't be opened. `fault` says why. */
export class OpenError extends Error {
  override readonly name = 'OpenError';
  readonly fault: OpenFault;
  constructor(fault: OpenFault, detail: string) {
    super(`till file: ${fault}: ${detail}`);
    this.fault = fault;
  }
}

export interface TillFile {
  readonly path: string;
  readonly writer: WriteDb;
  readonly reader: ReadDb;
  /** Bytes of the write-ahead log, without opening it. */
  walBytes(): number;
  /** Pages of the write-ahead log that are not yet in the file. */
  waitingPages(): number;
  /** A passive checkpoint: moves what it can without waiting for anybody. Answers whether all of it was moved. */
  checkpoint(): boolean;
  /**
   * Puts another file in this one's place; this one is kept as `kept`, which nobody may write to. Between the two the till
   * is closed: who holds `writer` or `reader` must ask for them anew. A PC that goes down meanwhile has the one or the other.
   */
  replaceBy(path: string, kept: string): void;
  /**
   * Is told before the file is closed, or replaced: whoever else has it open closes it before they return. Where one throws,
   * the file is not replaced.
   */
  onRelease(listener: () => void): void;
  close(): void;
}

/** A longer log is moved into the file by whoever made it long: 8 MiB. */
const besideLog_pages = 2048;

/** What SQLite answers to a checkpoint: pages of the log, and how many of them are in the file. */
interface LogState {
  readonly busy: number;
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * Settings of every connection that writes. FULL, since NORMAL loses acknowledged sales at a power cut; and asserted
 * after a real statement, since better-sqlite3's build falls back to NORMAL in WAL mode after the first one.
 */
export const writerSettings = {
  journal_mode: 'wal',
  synchronous: 2,
  fullfsync: 1,
  checkpoint_fullfsync: 1,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  secure_delete: 1,
  wal_autocheckpoint: 0,
  // For whoever makes the search beside the till, some milliseconds at a time; nobody else writes.
  busy_timeout: 5000,
} as const;

/**
 * The settings of a connection that makes, beside a till that is open, what can be made again at any time. It does not wait
 * for the disk: the next commit of the till takes its own to the disk as well.
 */
const besideSettings = {
  synchronous: 1,
  checkpoint_fullfsync: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  wal_autocheckpoint: 0,
  busy_timeout: 30_000,
} as const;

/** The settings that hold for a connection that only reads. */
export const readerSettings = {
  query_only: 1,
  trusted_schema: 0,
  cell_size_check: 1,
  busy_timeout: 1000,
} as const;

/**
 * Opens the till's file; a new one is given its schema. `create` is for set-up only: a missing or empty file would
 * otherwise open as a new, empty till, and the shop's sales would seem to be gone.
 *
 * @throws OpenError
 */
export function openTillFile(
  path: string,
  options: { readonly create: boolean; readonly migrations: readonly Migration[] },
): TillFile {
  const found = existsSync(path);
  if (!options.create && !found) throw new OpenError('missing', path);
  if (!options.create && statSync(path).size === 0) throw new OpenError('empty', path);
  const lock = takeLock(`${path}.lock`);
  let open: Connections;
  try {
    open = connect(path, options.migrations);
    if (!found) syncFolder(dirname(path));
  } catch (error) {
    lock.close();
    throw error;
  }
  let closed = false;
  const releasing: (() => void)[] = [];
  const release = () => {
    for (const listener of releasing) listener();
  };
  return {
    path,
    get writer() {
      return open.writer;
    },
    get reader() {
      return open.reader;
    },
    walBytes: () => {
      const wal = `${path}-wal`;
      return existsSync(wal) ? statSync(wal).size : 0;
    },
    waitingPages: () => {
      const row = open.look.get();
      return row === undefined ? 0 : row.log - row.checkpointed;
    },
    checkpoint: () => {
      const row = open.move.get();
      return row !== undefined && row.busy === 0 && row.log === row.checkpointed;
    },
    onRelease: (listener) => void releasing.push(listener),
    replaceBy: (other, kept) => {
      release();
      open.close();
      try {
        // A PC that went down after this has it already; and it is this very file until the other one takes its place.
        if (!existsSync(kept)) linkSync(path, kept);
        renameSync(other, path);
        syncFolder(dirname(path));
        chmodSync(kept, 0o400);
      } finally {
        open = connect(path, options.migrations);
      }
    },
    close: () => {
      if (closed) return;
      closed = true;
      try {
        release();
      } finally {
        open.close();
        lock.close();
      }
    },
  };
}

interface Connections {
  readonly writer: WriteDb;
  readonly reader: ReadDb;
  readonly look: Database.Statement<[], LogState>;
  readonly move: Database.Statement<[], LogState>;
  close(): void;
}

/** The two connections to a file whose lock is held. */
function connect(path: string, migrations: readonly Migration[]): Connections {
  const connections: Database.Database[] = [];
  const close = () => {
    // The writer last: it moves the rest of the log into the file and removes it.
    for (const connection of connections.toReversed()) connection.close();
  };
  try {
    const writer = new Database(path);
    connections.push(writer);
    applySettings(writer, writerSettings);
    migrate(writer, migrations);
    assertSettings(writer, writerSettings);
    const reader = new Database(path, { readonly: true });
    connections.push(reader);
    applySettings(reader, readerSettings);
    assertSettings(reader, readerSettings);
    return {
      writer: { connection: writer, writable: true },
      reader: { connection: reader },
      look: writer.prepare<[], LogState>('PRAGMA wal_checkpoint(NOOP)'),
      move: writer.prepare<[], LogState>('PRAGMA wal_checkpoint(PASSIVE)'),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Opens the file of a till that is open in this process, to make beside it what can be made again. */
export function openBesideTill(path: string): {
  readonly db: WriteDb;
  /** As a till's own, where the log has become long. */
  checkpoint(): void;
  close(): void;
} {
  const connection = new Database(path, { fileMustExist: true });
  try {
    applySettings(connection, besideSettings);
    assertSettings(connection, besideSettings);
    const look = connection.prepare<[], LogState>('PRAGMA wal_checkpoint(NOOP)');
    const move = connection.prepare<[], LogState>('PRAGMA wal_checkpoint(PASSIVE)');
    return {
      db: { connection, writable: true },
      checkpoint: () => {
        const row = look.get();
        if (row !== undefined && row.log - row.checkpointed > besideLog_pages) move.get();
      },
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Opens a till's file beside a running till, to read only. @throws OpenError */
export function openTillFileToRead(path: string): ReadDb & { close(): void } {
  if (!existsSync(path)) throw new OpenError('missing', path);
  if (statSync(path).size === 0) throw new OpenError('empty', path);
  const connection = new Database(path, { readonly: true });
  applySettings(connection, readerSettings);
  if (connection.pragma('application_id', { simple: true }) !== applicationId) {
    connection.close();
    throw new OpenError('not_ours', path);
  }
  return { connection, close: () => connection.close() };
}

/** One process a file: an exclusive transaction on a small database beside it, which ends with the process. */
export function takeLock(path: string): Database.Database {
  const lock = new Database(path);
  try {
    lock.pragma('busy_timeout = 0');
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isSqliteError(error, 'SQLITE_BUSY')) throw new OpenError('in_use', path);
    throw error;
  }
}

function isSqliteError(error: unknown, code: string): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith(code);
}

/** Whether the disk is full: the command failed and nothing of it was kept. */
export function isStorageFull(error: unknown): boolean {
  return isSqliteError(error, 'SQLITE_FULL');
}

export function applySettings(
  connection: Database.Database,
  settings: Readonly<Record<string, string | number>>,
): void {
  for (const [name, value] of Object.entries(settings)) connection.pragma(`${name} = ${value}`);
}

export function assertSettings(
  connection: Database.Database,
  settings: Readonly<Record<string, string | number>>,
): void {
  connection.prepare('SELECT count(*) FROM sqlite_schema').get();
  for (const [name, value] of Object.entries(settings)) {
    const actual = connection.pragma(name, { simple: true });
    if (actual !== value) throw new OpenError('setting_refused', `${name} is ${String(actual)}, not ${value}`);
  }
}

/** Gives a new file its schema. A file of an older version is not touched here: it has sales, and no copy was made of it. */
function migrate(connection: Database.Database, migrations: readonly Migration[]): void {
  const missing = missingMigrations(connection, migrations);
  if (missing.length === 0) return;
  if (missing.length < migrations.length) throw new OpenError('older', `${missing.length} migrations are missing`);
  runMigrations(connection, missing);
}

/** The migrations that a file has not seen: `user_version` counts those that it has. @throws OpenError */
export function missingMigrations(
  connection: Database.Database,
  migrations: readonly Migration[],
): readonly Migration[] {
  for (const [i, { name }] of migrations.entries()) {
    if (!name.startsWith(`${String(i + 1).padStart(4, '0')}-`))
      throw new Error(`migration ${name} is not in its place`);
  }
  const done = Number(connection.pragma('user_version', { simple: true }));
  const isNew = done === 0;
  const id = Number(connection.pragma('application_id', { simple: true }));
  if (!isNew && id !== applicationId) throw new OpenError('not_ours', `application id ${id}`);
  if (isNew && connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined)
    throw new OpenError('not_ours', 'another database');
  if (done > migrations.length) throw new OpenError('newer', `schema ${done}, this version knows ${migrations.length}`);
  return migrations.slice(done);
}

/** Runs them all or none; `told` hears how many have run, and what `check` throws at the end undoes them. */
export function runMigrations(
  connection: Database.Database,
  missing: readonly Migration[],
  { check, told }: { readonly told?: (done: number) => void; readonly check?: () => void } = {},
): void {
  const before = Number(connection.pragma('user_version', { simple: true }));
  connection.transaction(() => {
    for (const [i, { name, sql }] of missing.entries()) {
      told?.(i);
      try {
        connection.exec(sql);
      } catch (error) {
        if (isStorageFull(error)) throw error;
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    }
    connection.pragma(`user_version = ${before + missing.length}`);
    connection.pragma(`application_id = ${applicationId}`);
    check?.();
  })();
}

/** A new file is durable only when its folder's entry is. Windows has no such call, and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
