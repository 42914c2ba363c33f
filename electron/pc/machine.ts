/** What this PC tells of itself to whoever helps. */
import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { arch, cpus, freemem, platform, release, totalmem, uptime } from 'node:os';
import type { Machine } from '../../shared/support/machine.ts';
import type { DataFolder } from './folder.ts';
import { filesKept } from './rotating-file.ts';

/** Of each log no more than its last so many bytes. */
const mostOfLog_bytes = 1024 * 1024;

export function createMachine(options: {
  readonly files: DataFolder;
  readonly version: string;
  /** Brings to the files what the logs still hold. */
  readonly flush: () => void;
}): Machine {
  const { files, flush, version } = options;
  return {
    facts: async () => ({
      ...programFacts(version),
      till_file_bytes: await sizeOf(files.till),
      log_bytes: {
        wal: await sizeOf(`${files.till}-wal`),
        till: await sizeOf(files.log),
        shell: await sizeOf(files.shellLog),
      },
    }),
    logs: async () => {
      flush();
      const till = await endOfLog(files.log);
      const shell = await endOfLog(files.shellLog);
      return [
        { name: 'logs/till.log', text: till },
        { name: 'logs/shell.log', text: shell },
      ];
    },
  };
}

/** What runs here, and on what. */
export function programFacts(version: string): Readonly<Record<string, unknown>> {
  return {
    program: version,
    node: process.version,
    electron: process.versions['electron'] ?? null,
    chromium: process.versions['chrome'] ?? null,
    system: { platform: platform(), release: release(), arch: arch(), up_s: Math.round(uptime()) },
    processors: cpus().length,
    memory: { total_bytes: totalmem(), free_bytes: freemem(), process_bytes: process.memoryUsage().rss },
    process_up_s: Math.round(process.uptime()),
  };
}

/** Null for a file that is not there. Never opened: that would drop SQLite's locks. */
async function sizeOf(path: string): Promise<number | null> {
  return existsSync(path) ? (await stat(path)).size : null;
}

/** The end of a log, from the older files on, beginning with a whole line. */
export async function endOfLog(path: string): Promise<string> {
  const paths = [path, ...Array.from({ length: filesKept }, (_, age) => `${path}.${age + 1}`)].filter(existsSync);
  let text = '';
  for (const one of paths) {
    const left_bytes = mostOfLog_bytes - text.length;
    if (left_bytes <= 0) break;
    text = (await endOfFile(one, left_bytes)) + text;
  }
  return text;
}

async function endOfFile(path: string, most_bytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, most_bytes);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const text = buffer.toString('utf8', 0, bytesRead);
    return length < size ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    await file.close();
  }
}
