/** A till's way to its head office for the length of one replay: nothing of it outlives the process. */
import { randomBytes } from 'node:crypto';
import type { Till } from '../../electron/till/app.ts';
import type { HeadOfficeLink, Log } from '../../electron/till/ports.ts';
import { centralAt, type CentralAddress } from '../../sync/central.ts';
import { type RunningSync, startSync } from '../../sync/engine.ts';
import { enrol } from '../../sync/enrol.ts';
import { readCode } from '../../sync/enrolment-code.ts';
import type { EngineClock } from '../../sync/ports.ts';

export interface ReplayLink extends HeadOfficeLink {
  /** Begins to sync; the till has joined. */
  start(till: Till): void;
  stop(): void;
}

/** What the till tells the head office of itself. */
const version = 'replay';

/** `now` is the clock of the till's PC: the same that the till itself has. */
export function createReplayLink(now: () => number, log: Log): ReplayLink {
  let address: CentralAddress | undefined;
  let sync: RunningSync | undefined;
  const clock: EngineClock = {
    now,
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  return {
    enrol: async (text, installation) => {
      const read = readCode(text);
      if (!read.ok) throw new Error(`the head office made a code that can't be read: ${read.fault}`);
      let password = '';
      const enrolment = await enrol(read.code, installation, {
        keepPassword: (made) => {
          password = made;
        },
        randomBytes: (count) => randomBytes(count),
      });
      if (!enrolment.ok) throw new Error(`the till could not join: ${enrolment.reason} (${enrolment.detail})`);
      const { enrolled } = enrolment;
      address = { ...enrolled.address, password };
      return { store: enrolled.store, till: enrolled.till, installation, code: enrolled.code, name: enrolled.name };
    },
    start: (till) => {
      if (address === undefined) throw new Error('a till joins before it syncs');
      sync = startSync({
        till: { confirmedSeq: () => 0, ...till.sync },
        central: centralAt(address, version),
        clock,
        random: Math.random,
        report: (error) => log.error('sync.fault', { error: String(error) }),
      });
    },
    appended: () => sync?.appended(),
    tryNow: () => sync?.tryNow(),
    status: () => {
      const status = sync?.status();
      return status === undefined || status.state === 'standalone' ? undefined : { ...status, state: status.state };
    },
    stop: () => sync?.stop(),
  };
}
