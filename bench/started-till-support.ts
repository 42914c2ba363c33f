/** A till as `npm start` starts it, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface StartedTill {
  /** With the launch's token in its fragment. */
  readonly address: URL;
  stop(): Promise<void>;
}

/** Starts the till of a data folder, and waits until it says where it listens. */
export async function startTillProcess(folder: string, environment: NodeJS.ProcessEnv = {}): Promise<StartedTill> {
  const program = ['commands/start.ts', '--no-open', '--port', '0', '--data', folder];
  const child = spawn(process.execPath, program, {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await ended;
  };
  try {
    return { address: await addressOf(child.stdout), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where the till says that it listens. */
async function addressOf(output: NodeJS.ReadableStream): Promise<URL> {
  let said = '';
  for await (const part of output) {
    said += String(part);
    const found = /^Till: (\S+)$/mu.exec(said)?.[1];
    if (found !== undefined) return new URL(found);
  }
  throw new Error(`the till did not start: ${said}`);
}
