/**
 * Where a till touches its disk, seen from outside: each commit, and each file that takes another's place. Whoever watches
 * may end the till's process right there, or let its disk be full.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

export interface DiskWatcher {
  /** Before a transaction of a connection that writes. */
  begins(connection: Database.Database): void;
  beforeCommit(path: string): void;
  afterCommit(path: string): void;
  /** Beside a change to a file other than through SQLite. */
  beforeFile(what: string, path: string): void;
  afterFile(what: string, path: string): void;
}

type Timer = Pick<NodeJS.Timeout, 'refresh' | 'unref'>;

/** Timers of the till itself: it has one, which runs when the till has been idle. */
export type SetTimer = (callback: () => void, ms: number) => { readonly timer: Timer; readonly cancel: () => void };

/**
 * Watches every till of this process, and takes its timers over, until the answered function is called. Process-wide, so
 * one world at a time.
 */
export function watchDisk(watcher: DiskWatcher, setTimer: SetTimer): () => void {
  const { exec } = Database.prototype;
  Database.prototype.exec = function watched(this: Database.Database, sql: string) {
    if (this.readonly) return exec.call(this, sql);
    if (sql === 'BEGIN IMMEDIATE') watcher.begins(this);
    if (sql !== 'COMMIT') return exec.call(this, sql);
    watcher.beforeCommit(this.name);
    exec.call(this, sql);
    watcher.afterCommit(this.name);
    return this;
  };

  const { linkSync, renameSync } = fs;
  fs.linkSync = (from, to) => {
    watcher.beforeFile('link', String(from));
    linkSync(from, to);
    watcher.afterFile('link', String(from));
  };
  fs.renameSync = (from, to) => {
    watcher.beforeFile('rename', String(to));
    renameSync(from, to);
    watcher.afterFile('rename', String(to));
  };
  syncBuiltinESMExports();

  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const cancels = new WeakMap<object, () => void>();
  globalThis.setTimeout = ((callback: () => void, ms: number) => {
    const { cancel, timer } = setTimer(callback, ms);
    cancels.set(timer, cancel);
    return timer;
    // The till uses no more of it than this.
  }) as unknown as typeof globalThis.setTimeout;
  globalThis.clearTimeout = (timer) => {
    if (typeof timer === 'object') cancels.get(timer)?.();
  };

  return () => {
    Database.prototype.exec = exec;
    fs.linkSync = linkSync;
    fs.renameSync = renameSync;
    syncBuiltinESMExports();
    globalThis.setTimeout = real.setTimeout;
    globalThis.clearTimeout = real.clearTimeout;
  };
}
