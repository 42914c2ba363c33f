/** What a till or a head office writes down of what it does, for whoever has to find out what happened. */
import { faultText } from './fault-text.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Plain facts: names, codes, counts and durations. Never what somebody typed, and never who they are. */
export type Facts = Readonly<Record<string, unknown>>;

export interface Log {
  /** What is asked so often that it is written only where somebody looks for something. */
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  /** What somebody should look at, and had to be expected some day. */
  warn(event: string, facts?: Facts): void;
  /** What should never happen. Answers the incident's number: it is to be shown to whoever met the fault. */
  fault(event: string, error: unknown, facts?: Facts): string;
}

export type LogSink = (level: LogLevel, event: string, facts: Facts) => void;

/** A log that hands everything to `write`. `random` makes the incidents' numbers. */
export function logTo(write: LogSink, random: (length: number) => Uint8Array = randomBytes): Log {
  return {
    debug: (event, facts = {}) => write('debug', event, facts),
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    fault: (event, error, facts = {}) => {
      const incident = incidentNumber(random(4));
      write('error', event, { ...facts, incident, error: faultText(error) });
      return incident;
    },
  };
}

/** Four characters that can be read out over the telephone: no 0, O, 1, I or L. */
export function incidentNumber(bytes: Uint8Array): string {
  const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
  return Array.from(bytes.subarray(0, 4), (byte) => letters[byte % letters.length]).join('');
}

function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
