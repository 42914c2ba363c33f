/** The way from this till to its head office: joins once, then keeps both in step for as long as the till is open. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { InstallationId, StoreId, TillId } from '../../shared/ids.ts';
import { uuid } from '../../shared/ids.ts';
import { type CentralAddress, centralAt } from '../../sync/central.ts';
import { CentralError } from '../../sync/central-port.ts';
import { enrol } from '../../sync/enrol.ts';
import { formatCode, readCode } from '../../sync/enrolment-code.ts';
import { type RunningSync, startSync } from '../../sync/engine.ts';
import { readFetched } from '../../sync/fetched.ts';
import type { OutgoingEntry, TillPort } from '../../sync/ports.ts';
import { protocolLimits } from '../../sync/protocol-state.ts';
import { fail } from '../till/failure.ts';
import type { HeadOfficeLink, Ports } from '../till/ports.ts';
import type { EnrolledTill } from '../till/setup/enrolled.ts';
import { writeWhole } from './whole-file.ts';

/** What is kept in the file: first which code was used by which installation, then how the head office is reached. */
const keptSchema = z.strictObject({
  /** SHA-256 of the code: the same code asked again is asked by the same installation. */
  code_hash: z.string(),
  installation: uuid<InstallationId>(),
  joined: z
    .strictObject({
      store: uuid<StoreId>(),
      till: uuid<TillId>(),
      address: z.strictObject({
        host: z.string(),
        port: z.int(),
        database: z.string(),
        login: z.string(),
        ca: z.string().nullable(),
      }),
      /** Wrapped with the key of this PC, in base64. */
      password: z.string(),
    })
    .nullable(),
});

type Kept = z.infer<typeof keptSchema>;

export interface HeadOfficeLinkOptions {
  readonly path: string;
  readonly ports: Ports;
  /** Told to the head office, for its list of tills. */
  readonly version: string;
}

export interface ManagedLink extends HeadOfficeLink {
  /** The till's side, once the till is open. Starts to sync if the till has joined. */
  attach(till: TillPort): void;
  stop(): void;
}

/** Makes the link of one till. Nothing is connected before the till has joined. */
export function createHeadOfficeLink({ path, ports, version }: HeadOfficeLinkOptions): ManagedLink {
  let till: TillPort | undefined;
  let running: RunningSync | undefined;
  let isStopped = false;

  /** Starts when the till is the one that joined; before set-up is committed it is nobody yet. */
  const start = (): void => {
    if (till === undefined || running !== undefined || isStopped) return;
    const joined = readKept(path)?.joined ?? null;
    if (joined === null || !isSelf(till, joined.till)) return;
    const password = new TextDecoder().decode(
      ports.secrets.unwrap(new Uint8Array(Buffer.from(joined.password, 'base64'))),
    );
    running = startSync({
      till,
      central: centralAt({ ...joined.address, password }, version),
      clock: {
        now: () => ports.clock.now(),
        after: (ms, callback) => {
          const timer = setTimeout(callback, ms);
          return () => clearTimeout(timer);
        },
      },
      random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
      report: (error) =>
        ports.log.error('sync.fault', {
          error: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
    });
  };

  return {
    attach: (port) => {
      till = port;
      start();
    },
    appended: () => {
      if (running === undefined) start();
      else running.appended();
    },
    tryNow: () => running?.tryNow(),
    status: () => {
      const now = running?.status();
      if (now === undefined || now.state === 'standalone') return undefined;
      const { clock_offset_ms, doing, fault, reason, state } = now;
      return { state, clock_offset_ms, reason, doing, fault };
    },
    server: () => {
      const address = readKept(path)?.joined?.address;
      return address && { host: address.host, port: address.port, is_encrypted: address.ca !== null };
    },
    enrol: (typed, fresh) => join(typed, fresh),
    stop: () => {
      isStopped = true;
      running?.stop();
      running = undefined;
    },
  };

  async function join(typed: string, fresh: InstallationId): Promise<EnrolledTill> {
    const read = readCode(typed);
    if (!read.ok) return fail('enrolment.code_malformed');
    const code_hash = createHash('sha256').update(formatCode(read.code)).digest('hex');
    const kept = readKept(path);
    const installation = kept?.code_hash === code_hash ? kept.installation : fresh;
    // Before anybody is asked: when this PC goes down in between, the code must find the same installation again.
    writeKept(path, { code_hash, installation, joined: null });
    let password = '';
    const answer = await enrol(read.code, installation, {
      keepPassword: (made) => {
        password = Buffer.from(ports.secrets.wrap(new TextEncoder().encode(made))).toString('base64');
      },
      randomBytes: (count) => ports.random.bytes(count),
    });
    if (!answer.ok) {
      ports.log.error('enrolment.refused', { reason: answer.reason, detail: answer.detail });
      return fail(answer.reason === 'unreachable' ? 'enrolment.unreachable' : 'enrolment.code_refused');
    }
    const { acked_seq, address, code, name, store, till: id } = answer.enrolled;
    const opened = new TextDecoder().decode(ports.secrets.unwrap(new Uint8Array(Buffer.from(password, 'base64'))));
    const history = await fetchHistory({ ...address, password: opened }, installation, acked_seq).catch(
      (error: unknown) => {
        if (!(error instanceof CentralError)) throw error;
        ports.log.error('enrolment.history', { fault: error.fault, code: error.code });
        return fail('enrolment.unreachable');
      },
    );
    writeKept(path, { code_hash, installation, joined: { store, till: id, address, password } });
    return { store, till: id, installation, code, name, history };
  }

  /** The journal of a till that is taken over. Throws {@link CentralError}; the code may be used again. */
  async function fetchHistory(
    address: CentralAddress,
    installation: InstallationId,
    until: number,
  ): Promise<OutgoingEntry[]> {
    if (until === 0) return [];
    const connection = await centralAt(address, version).connect();
    const history: OutgoingEntry[] = [];
    try {
      while (history.length < until) {
        const limit = { count: protocolLimits.fetch_entries, bytes: protocolLimits.fetch_bytes };
        const answer = await connection.fetch(installation, history.length, limit);
        if (answer.answer === 'refused') throw new CentralError('answer', answer.reason);
        const [first] = answer.entries;
        if (first?.seq !== history.length + 1) throw new CentralError('answer', 'gap');
        history.push(...answer.entries.map(readFetched));
      }
      return history;
    } finally {
      connection.destroy();
    }
  }
}

function isSelf(till: TillPort, joined: TillId): boolean {
  try {
    return till.identity().till === joined;
  } catch {
    // Not set up yet: the answer of the head office is kept, the till's own entries are not written.
    return false;
  }
}

function readKept(path: string): Kept | undefined {
  return existsSync(path) ? keptSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

function writeKept(path: string, kept: Kept): void {
  writeWhole(path, `${JSON.stringify(kept, null, 2)}\n`);
}
