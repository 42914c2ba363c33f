/** A log of JSON lines, whoever writes it: a till, its shell, or the head office. */
import { homedir } from 'node:os';
import { pino } from 'pino';
import { type Facts, type Log, type LogLevel, logLevels, logTo } from '../../shared/log.ts';
import { openRotatingFile, type RotatingOptions } from './rotating-file.ts';

/** No fact of these names is ever written, however it got there. */
const secretNames =
  'secret password pin token session cookie credential authorization code key private bcrypt name login email phone payload input'.split(
    ' ',
  );

export interface LogOptions {
  /** What is less is not written; `EVERTILL_LOG_LEVEL` when left out, and without that `info`. */
  readonly level?: LogLevel;
  readonly now?: () => number;
}

/** A log that hands its lines to `to`, each with a line feed. */
export function createLog(to: { write(line: string): void }, options: LogOptions = {}): Log {
  const { level = levelOf(process.env), now = Date.now } = options;
  const home = homedir();
  const lines = pino(
    {
      base: null,
      level,
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: '[left out]' },
    },
    to,
  );
  return logTo((importance, event, facts) => lines[importance]({ event, ...withoutHome(facts, home) }));
}

export interface FileLog extends Log {
  /** Writes what was taken so far. */
  flush(): void;
  /** Nothing is written any more. May be called twice. */
  close(): void;
}

/** A log in files: `path`, and older ones beside it. A fault is in the file at once. */
export function createFileLog(path: string, options: LogOptions & RotatingOptions = {}): FileLog {
  const file = openRotatingFile(path, options);
  const log = createLog(file, options);
  return {
    ...log,
    fault: (event, error, facts) => {
      const incident = log.fault(event, error, facts);
      file.flush();
      return incident;
    },
    flush: file.flush,
    close: file.close,
  };
}

/** What the environment asks to be written. */
function levelOf({ EVERTILL_LOG_LEVEL: asked }: NodeJS.ProcessEnv): LogLevel {
  return logLevels.find((level) => level === asked) ?? 'info';
}

/** A path of a user's folder names the user. */
function withoutHome(facts: Facts, home: string): Facts {
  if (home.length < 2) return facts;
  const entries = Object.entries(facts).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll(home, '~') : value,
  ]);
  return Object.fromEntries(entries) as Facts;
}
