/** What the head office needs of the world, on Node. */
import { randomBytes } from 'node:crypto';
import { createFileLog, createLog } from '../../electron/pc/log.ts';
import { endOfLog, programFacts } from '../../electron/pc/machine.ts';
import type { Ports } from '../../headoffice/ports.ts';
import type { Log, LogLevel } from '../../shared/log.ts';
import type { Machine } from '../../shared/support/machine.ts';

/** bcrypt's cost in earnest: about a quarter of a second for each try. */
const bcryptCost = 12;

/** Where the head office writes its log. */
export interface OfficeLog extends Log {
  /** Where it is written to; null on the standard output. */
  readonly file: string | null;
  flush(): void;
  close(): void;
}

/** A log of JSON lines, to the standard output where no file is given. */
export function createOfficeLog(options: { readonly file?: string; readonly level?: LogLevel } = {}): OfficeLog {
  const { file, level } = options;
  const chosen = level === undefined ? {} : { level };
  if (file !== undefined) return { ...createFileLog(file, chosen), file };
  const nothing = (): void => undefined;
  return { ...createLog(process.stdout, chosen), file: null, flush: nothing, close: nothing };
}

/** What the server tells of itself to whoever helps. */
export function createOfficeMachine(log: OfficeLog, version: string): Machine {
  return {
    facts: () => Promise.resolve(programFacts(version)),
    logs: async () => {
      log.flush();
      return log.file === null ? [] : [{ name: 'logs/headoffice.log', text: await endOfLog(log.file) }];
    },
  };
}

/** The real clock and real randomness. */
export function createOfficePorts(log: Log, enrolmentCode: Ports['enrolmentCode']): Ports {
  return {
    clock: { now: () => Date.now() },
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    log,
    bcryptCost,
    enrolmentCode,
  };
}
