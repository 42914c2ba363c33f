/** Opens a till in a data folder, with everything of this PC that it needs. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { Starting } from '../../shared/contract/shell.ts';
import { createTill, type Till } from '../till/app.ts';
import { OpenError } from '../till/db/open.ts';
import type { DataFolder } from './folder.ts';
import { createHeadOfficeLink } from './head-office-link.ts';
import { createFileKey, type SecretKey } from './key.ts';
import { createFileLog } from './log.ts';
import { createMachine } from './machine.ts';
import { createNodePorts } from './ports.ts';
import { createSearchThread, updateInThread } from './till-thread.ts';

export interface OpenedTill {
  readonly till: Till;
  readonly log: ReturnType<typeof createFileLog>;
  /** Tries the head office now: the network may have changed while nobody looked. */
  tryNow(): void;
  /** Stops the sync, then closes the till's file and the log. May be called twice. */
  close(): void;
}

export interface OpenOptions {
  /** Where the secrets' key is, when it is not bare in its file. */
  readonly key?: SecretKey;
  /** The program of a thread beside the till's, where this one was bundled. */
  readonly worker?: string;
}

export interface OpenUpToDateOptions extends OpenOptions {
  /** Hears how far it is, where it takes a while. */
  readonly told?: (starting: Starting) => void;
}

const ownWorker = join(import.meta.dirname, 'till-worker.ts');

/**
 * As {@link openTill}, for a program that somebody has just installed, too: a file of an older version is brought up to date
 * first, in a thread of its own, and a copy of it is kept in `backups`.
 */
export async function openTillUpToDate(
  files: DataFolder,
  version: string,
  { told, ...options }: OpenUpToDateOptions = {},
): Promise<OpenedTill> {
  try {
    return openTill(files, version, options);
  } catch (error) {
    if (!(error instanceof OpenError && error.fault === 'older')) throw error;
  }
  const asked = { path: files.till, backups: files.backups, version, now: Date.now() };
  await updateInThread(options.worker ?? ownWorker, asked, (progress) => told?.(progress));
  told?.({ step: 'opening', share: null });
  const opened = openTill(files, version, options);
  opened.log.info('till.updated', { version });
  return opened;
}

/**
 * Opens the till of a data folder, or begins one where none ever was. The key beside the folder is made with the first
 * secret, at set-up: where there is a key, a missing file is a loss and not a new till.
 *
 * @throws OpenError
 * @throws KeyError before anything was opened
 */
export function openTill(files: DataFolder, version: string, options: OpenOptions = {}): OpenedTill {
  const { key = createFileKey(files.key), worker = ownWorker } = options;
  // A till whose secrets nobody can read would open, and then let nobody in.
  key.read();
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const log = createFileLog(files.log);
  const ports = createNodePorts({ key, markPath: files.mark, log, searchMaker: createSearchThread(worker) });
  const machine = createMachine({ files, version, flush: log.flush });
  const link = createHeadOfficeLink({ path: files.headOffice, ports, version });
  try {
    const till = createTill({
      path: files.till,
      create: !existsSync(files.key),
      migrations: tillMigrations,
      ports: { ...ports, headOffice: link, machine },
    });
    link.attach(till.sync);
    let isClosed = false;
    return {
      till,
      log,
      tryNow: () => link.tryNow(),
      close: () => {
        if (isClosed) return;
        isClosed = true;
        link.stop();
        till.close();
        log.close();
      },
    };
  } catch (error) {
    log.close();
    throw error;
  }
}
