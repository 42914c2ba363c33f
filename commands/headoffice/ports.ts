/** What the head office needs of the world, on Node. */
import { randomBytes } from 'node:crypto';
import { type DestinationStream, pino } from 'pino';
import type { Log, Ports } from '../../headoffice/ports.ts';

/** bcrypt's cost in earnest: about a quarter of a second for each try. */
const bcryptCost = 12;

/** No fact of these names is ever written, however it got there. */
const secretNames = ['secret', 'password', 'pin', 'token', 'session', 'cookie', 'credential', 'code', 'bcrypt'];

/** A log of JSON lines, to the standard output when no other place is given. */
export function createOfficeLog(to?: DestinationStream): Log {
  const lines = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[left out]' },
    },
    to ?? pino.destination({ sync: true }),
  );
  return {
    info: (event, facts = {}) => lines.info({ ...facts, event }),
    error: (event, facts = {}) => lines.error({ ...facts, event }),
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
