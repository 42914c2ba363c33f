/** Where a till keeps what is its own. */
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

export interface DataFolder {
  readonly folder: string;
  /** The till's file. */
  readonly till: string;
  /** Copies of the till's file, made before a newer version changed it. */
  readonly backups: string;
  readonly log: string;
  /** What the desktop shell writes, beside the till's own. */
  readonly shellLog: string;
  /** What the head office is reached by; the password in it is wrapped. */
  readonly headOffice: string;
  /** Beside the folder, not in it: a copy of the folder holds no secret that can be read. */
  readonly key: string;
  /** Beside it too: which installation this PC is, and how far its journal had come. */
  readonly mark: string;
}

/** The files of a till in a data folder. */
export function dataFolder(folder: string): DataFolder {
  const whole = resolve(folder);
  return {
    folder: whole,
    till: join(whole, 'till.db'),
    backups: join(whole, 'backups'),
    log: join(whole, 'till.log'),
    shellLog: join(whole, 'shell.log'),
    headOffice: join(whole, 'headoffice.json'),
    key: join(dirname(whole), `${basename(whole)}.key`),
    mark: join(dirname(whole), `${basename(whole)}.mark`),
  };
}

/** Where each system wants a user's data to be. */
export function usualDataFolder(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  const home = homedir();
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Evertill', 'till');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Evertill', 'till');
  return join(environment['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'evertill', 'till');
}
