/** How the server's own process and its connections to the database do. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Pool } from '../db/pool.ts';
import { type Family, figure, figuresBy } from './exposition.ts';

export type Lateness = ReturnType<typeof monitorEventLoopDelay>;

/** Measures from now on how late the process is. It costs a timer of 20 ms and keeps nothing running. */
export function watchLateness(): Lateness {
  const lateness = monitorEventLoopDelay({ resolution: 20 });
  lateness.enable();
  return lateness;
}

/** The figures of this process; how late it was is counted from the last time that somebody asked. */
export function processFigures(lateness: Lateness, version: string): Family[] {
  const cpu = process.cpuUsage();
  const memory = process.memoryUsage();
  const late_s = lateness.count === 0 ? 0 : lateness.percentile(99) / 1e9;
  lateness.reset();
  return [
    {
      name: 'evertill_build_info',
      help: 'Which version runs on which Node; always 1.',
      type: 'gauge',
      samples: [{ labels: { version, node: process.version }, value: 1 }],
    },
    figure('counter', 'process_cpu_seconds_total', 'Seconds of processor time used.', (cpu.user + cpu.system) / 1e6),
    figure('gauge', 'process_resident_memory_bytes', 'Memory that the process holds.', memory.rss),
    figure('gauge', 'nodejs_heap_size_used_bytes', 'Memory that JavaScript uses.', memory.heapUsed),
    figure(
      'gauge',
      'process_start_time_seconds',
      'When the process was started, in seconds since 1970.',
      Math.round(Date.now() / 1000 - process.uptime()),
    ),
    figure(
      'gauge',
      'nodejs_eventloop_lag_p99_seconds',
      'How late the process came to what it had to do, the 99th percentile since the last look.',
      late_s,
    ),
  ];
}

export function poolFigures(pool: Pool): Family[] {
  const busy = pool.totalCount - pool.idleCount;
  return [
    figuresBy('gauge', 'evertill_database_connections', 'Connections to the database.', 'state', {
      busy,
      idle: pool.idleCount,
    }),
    figure('gauge', 'evertill_database_connections_max', 'The most connections there may be.', pool.options.max ?? 0),
    figure('gauge', 'evertill_database_waiting', 'Who waits for a connection.', pool.waitingCount),
  ];
}
