/** The till's log: JSON lines in a file that never grows without end. */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino } from 'pino';
import type { Log } from '../till/ports.ts';

/** A file of the log; this many are kept beside the current one. */
const maxFile_bytes = 4 * 1024 * 1024;
const filesKept = 4;

/** No fact of these names is ever written, however it got there. */
const secretNames = ['secret', 'password', 'pin', 'token', 'session', 'credential', 'code', 'key', 'private'];

/** A log that writes to `path`. `close` is for a till that ends; nothing is buffered. */
export function createFileLog(path: string, options: { readonly max_bytes?: number } = {}): Log & { close(): void } {
  const file = openRotating(path, options.max_bytes ?? maxFile_bytes);
  const lines = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[left out]' },
    },
    file,
  );
  return {
    info: (event, facts = {}) => lines.info({ ...facts, event }),
    error: (event, facts = {}) => lines.error({ ...facts, event }),
    close: file.close,
  };
}

/** A file that is renamed to `path.1`, `path.2`, … when it is full. */
function openRotating(path: string, max_bytes: number): { write(line: string): void; close(): void } {
  mkdirSync(dirname(path), { recursive: true });
  let descriptor = openSync(path, 'a', 0o600);
  let size_bytes = fstatSync(descriptor).size;
  let isClosed = false;
  return {
    write: (line) => {
      if (isClosed) return;
      if (size_bytes >= max_bytes) {
        closeSync(descriptor);
        for (let age = filesKept - 1; age >= 1; age -= 1) {
          if (existsSync(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
        }
        renameSync(path, `${path}.1`);
        descriptor = openSync(path, 'a', 0o600);
        size_bytes = 0;
      }
      size_bytes += writeSync(descriptor, line);
    },
    close: () => {
      if (isClosed) return;
      isClosed = true;
      closeSync(descriptor);
    },
  };
}
