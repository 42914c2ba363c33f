import type { Log } from '../../shared/log.ts';

/** Writes down what nobody caught, before the process ends by it. Changes nothing of what then happens. */
export function logFaults(log: Log): void {
  process.on('uncaughtExceptionMonitor', (error) => void log.fault('process.fault', error));
}
