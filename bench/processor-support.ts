/** What PostgreSQL's processes cost, as Linux counts it: a figure that a busy PC does not change. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own clock does (`getconf CLK_TCK`). */
const tick_ms = 10;

/** Fields of `/proc/<pid>/stat` after the name, from the state (the third of `man 5 proc_pid_stat`) on. */
function readStat(pid: number): readonly string[] | undefined {
  const file = `/proc/${pid}/stat`;
  try {
    const text = readFileSync(file, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    // It has ended since it was listed: what it used is the postmaster's by now.
    return undefined;
  }
}

function serverProcesses(postmaster: number): { readonly pid: number; readonly stat: readonly string[] }[] {
  if (!existsSync('/proc/self/stat')) throw new Error('this bench counts processor time, which only Linux tells');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), stat: readStat(Number(name)) ?? [] }))
    .filter(({ pid, stat }) => pid === postmaster || Number(stat[1]) === postmaster);
}

/** Milliseconds of one processor that all processes of a server have used so far, those that have ended included. */
export function usedByPostgres_ms(postmaster: number): number {
  let ticks = 0;
  for (const { pid, stat } of serverProcesses(postmaster)) {
    const [user, system, endedUser, endedSystem] = stat.slice(11, 15).map(Number);
    ticks += (user ?? 0) + (system ?? 0);
    if (pid === postmaster) ticks += (endedUser ?? 0) + (endedSystem ?? 0);
  }
  return ticks * tick_ms;
}

/** Milliseconds of one processor that one process has used so far. */
export function usedByProcess_ms(pid: number): number {
  const [user, system] = (readStat(pid) ?? []).slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) * tick_ms;
}

/** Bytes of memory that all processes of a server hold, what they share counted once. */
export function heldByPostgres_bytes(postmaster: number): number {
  let kilobytes = 0;
  for (const { pid } of serverProcesses(postmaster)) {
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // Ended since it was listed, or another user's: then the figure is too small, and says so by being 0.
    }
  }
  return kilobytes * 1024;
}
