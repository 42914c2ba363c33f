import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const STOP_TIMEOUT_MS = 30_000;

/** Whether a process with this id runs, whoever owns it. One that has ended and waits for its parent does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Waits until the process is gone; false if it is still there after `timeout_ms`. */
export async function waitUntilGone(pid: number, timeout_ms: number): Promise<boolean> {
  for (const end = performance.now() + timeout_ms; performance.now() < end; await wait(10)) {
    if (!isAlive(pid)) return true;
  }
  return !isAlive(pid);
}

/** What the system knows of a process: its parent and its command line. Undefined when it is gone. */
function describeProcess(pid: number): { readonly parent: number; readonly command: string } | undefined {
  try {
    if (process.platform === 'linux') {
      // The second field of stat is the name in brackets and may hold blanks: the parent is the second after it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return { parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
    }
    if (process.platform === 'win32') {
      const listed = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { encoding: 'utf8' });
      return { parent: 0, command: listed.stdout };
    }
    const listed = spawnSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
    return { parent: Number(listed.split(' ')[0]), command: listed };
  } catch {
    return undefined; // gone between the question and the look
  }
}

/** The direct children of a process, where the system tells (Linux); empty elsewhere. */
export function listChildren(pid: number): readonly number[] {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  return readdirSync(tasks).flatMap((task) =>
    readFileSync(join(tasks, task, 'children'), 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
}

/** The server that `postmaster.pid` in `data` names, if it really runs. */
export function findServer(data: string): { readonly pid: number; readonly parent: number } | undefined {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return undefined;
  const found = describeProcess(pid);
  // After a restart of the PC the number in the file may be anybody's: never stop a process that is not this server.
  const isOurs = process.platform === 'win32' ? found?.command.includes('postgres') : found?.command.includes(data);
  return found !== undefined && isOurs === true ? { pid, parent: found.parent } : undefined;
}

/** Whether the run that started a server (`owner`) is still there. */
export function isOwned(server: { readonly parent: number }, owner: number | undefined): owner is number {
  const isChildOfOwner = process.platform === 'win32' || server.parent === owner;
  return owner !== undefined && isChildOfOwner && isAlive(owner);
}

/**
 * Stops the server that an earlier run of ours left behind when it was killed. Answers whether there was one. Throws
 * if the run that started it (`owner`) is still there: its data must not be pulled away from under it.
 */
export async function stopLeftover(data: string, owner: number | undefined): Promise<boolean> {
  const server = findServer(data);
  if (server === undefined) return false;
  if (isOwned(server, owner)) throw new Error(`the PostgreSQL in ${data} is in use by process ${owner}`);
  process.kill(server.pid, 'SIGINT');
  if (!(await waitUntilGone(server.pid, STOP_TIMEOUT_MS)))
    throw new Error(`the PostgreSQL in ${data} (process ${server.pid}) does not stop`);
  return true;
}
