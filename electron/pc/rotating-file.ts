/** A file of lines that never grows without end, and keeps nothing for ever. */
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** Older files that are kept beside the current one: `path.1` is the youngest. */
export const filesKept = 4;

export interface RotatingOptions {
  /** The file begins anew when it is larger; 4 MiB when left out. */
  readonly max_bytes?: number;
  readonly now?: () => number;
}

export interface RotatingFile {
  /** Takes a line that ends with a line feed. It is on its way to the file within {@link patience_ms}. Never throws. */
  write(line: string): void;
  /** Writes what was taken so far. */
  flush(): void;
  close(): void;
}

const day_ms = 24 * 60 * 60 * 1000;
/** The file begins anew when its first line is older. */
const maxAge_ms = 7 * day_ms;
/** A file that was written to longer ago is deleted. */
const kept_ms = 30 * day_ms;
/** A line waits for others so long: a line of its own would cost each operation a call of the system. */
const patience_ms = 200;
/** However many come at once. */
const mostWaiting = 500;

/** Opens a file that is renamed to `path.1`, `path.2`, … when it is full or old. */
export function openRotatingFile(path: string, options: RotatingOptions = {}): RotatingFile {
  const { max_bytes = 4 * 1024 * 1024, now = Date.now } = options;
  mkdirSync(dirname(path), { recursive: true });
  let descriptor = openSync(path, 'a+', 0o600);
  let size_bytes = fstatSync(descriptor).size;
  let began = beganAt(descriptor) ?? now();
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  dropOld(path, now());

  const beginAnew = (): void => {
    size_bytes = 0;
    began = now();
    closeSync(descriptor);
    try {
      for (let age = filesKept - 1; age >= 1; age -= 1)
        if (existsSync(`${path}.${age}`)) renameSync(`${path}.${age}`, `${path}.${age + 1}`);
      renameSync(path, `${path}.1`);
      dropOld(path, began);
    } catch {
      // Somebody has it open, on a system where that forbids a rename: it goes on, and is tried again as much later.
    } finally {
      descriptor = openSync(path, 'a+', 0o600);
    }
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const lines = waiting;
    waiting = [];
    if (isClosed || lines.length === 0) return;
    try {
      if (size_bytes > 0 && now() - began >= maxAge_ms) beginAnew();
      for (const line of lines) {
        if (size_bytes >= max_bytes) beginAnew();
        size_bytes += writeSync(descriptor, line);
      }
    } catch {
      // A full disk: what can't be written down must not keep anybody from selling.
    }
  };
  // What the process still holds when it ends by itself.
  process.on('exit', flush);
  return {
    write: (line) => {
      if (isClosed) return;
      waiting.push(line);
      if (waiting.length >= mostWaiting) flush();
      else timer ??= setTimeout(flush, patience_ms).unref();
    },
    flush,
    close: () => {
      if (isClosed) return;
      flush();
      isClosed = true;
      process.off('exit', flush);
      closeSync(descriptor);
    },
  };
}

/** When the first line was written; undefined where there is none that says so. */
function beganAt(descriptor: number): number | undefined {
  const head = Buffer.alloc(200);
  const text = head.toString('utf8', 0, readSync(descriptor, head, 0, head.length, 0));
  const began = Date.parse(/"time":"([^"]+)"/u.exec(text)?.[1] ?? '');
  return Number.isNaN(began) ? undefined : began;
}

function dropOld(path: string, now: number): void {
  for (let age = 1; age <= filesKept; age += 1) {
    const old = `${path}.${age}`;
    if (existsSync(old) && now - statSync(old).mtimeMs > kept_ms) rmSync(old, { force: true });
  }
}
