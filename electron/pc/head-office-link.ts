/** The way from this till to its head office: joins once, then keeps both in step for as long as the till is open. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { InstallationId, StoreId, TillId } from '../../shared/ids.ts';
import { uuid } from '../../shared/ids.ts';
import type { JoiningShop } from '../../shared/joining-shop.ts';
import { type CentralAddress, centralAt, defaultTimeouts } from '../../sync/central.ts';
import { CentralError } from '../../sync/central-port.ts';
import { type Enrolment, enrol } from '../../sync/enrol.ts';
import { type EnrolmentCode, formatCode, readCode } from '../../sync/enrolment-code.ts';
import { type RunningSync, startSync } from '../../sync/engine.ts';
import { readFetched } from '../../sync/fetched.ts';
import { tellLeft } from '../../sync/leave.ts';
import type { OutgoingEntry, TillPort } from '../../sync/ports.ts';
import { protocolLimits } from '../../sync/protocol-state.ts';
import { fail } from '../till/failure.ts';
import type { HeadOfficeLink, Ports } from '../till/ports.ts';
import type { EnrolledTill } from '../till/setup/enrolled.ts';
import { createSyncLog } from './sync-log.ts';
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

/** The till's side of the sync, and whether there is anybody to sync with. */
export interface LinkedTill extends TillPort {
  /** Whether a head office keeps this till. */
  hasJoined(): boolean;
}

export interface ManagedLink extends HeadOfficeLink {
  /** The till's side, once the till is open. Starts to sync if the till has joined. */
  attach(till: LinkedTill): void;
  stop(): void;
}

/** Makes the link of one till. Nothing is connected before the till has joined. */
export function createHeadOfficeLink({ path, ports, version }: HeadOfficeLinkOptions): ManagedLink {
  let till: LinkedTill | undefined;
  let running: RunningSync | undefined;
  let isStopped = false;
  /** What the head office said that it runs. */
  let theirs: string | null = null;
  const syncLog = createSyncLog(ports.log);

  /** How the head office is reached, the password unwrapped. */
  const addressOf = ({ address, password }: NonNullable<Kept['joined']>): CentralAddress => ({
    ...address,
    password: new TextDecoder().decode(ports.secrets.unwrap(new Uint8Array(Buffer.from(password, 'base64')))),
  });

  /** Starts when the till is the one that joined; before set-up is committed it is nobody yet. */
  const start = (): void => {
    if (till === undefined || running !== undefined || isStopped) return;
    const joined = readKept(path)?.joined ?? null;
    if (joined === null || !till.hasJoined() || till.identity().till !== joined.till) return;
    const port = till;
    running = startSync({
      till: {
        ...port,
        status: (status) => {
          syncLog.shown(status);
          port.status(status);
        },
      },
      central: centralAt(addressOf(joined), version, defaultTimeouts, (told) => {
        theirs = told;
      }),
      clock: {
        now: () => ports.clock.now(),
        after: (ms, callback) => {
          const timer = setTimeout(callback, ms);
          return () => clearTimeout(timer);
        },
      },
      random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
      report: syncLog.report,
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
      return { state, clock_offset_ms, reason, doing, fault, incident: syncLog.incident(now) };
    },
    server: () => {
      const address = readKept(path)?.joined?.address;
      if (address === undefined) return undefined;
      const versions = { till: version, headoffice: theirs };
      return { host: address.host, port: address.port, is_encrypted: address.ca !== null, versions };
    },
    leave: async (installation, head) => {
      const joined = readKept(path)?.joined ?? null;
      return joined === null ? 'unheard' : await tellLeft(addressOf(joined), installation, head);
    },
    forget: () => {
      running?.stop();
      running = undefined;
      rmSync(path, { force: true });
    },
    enrol: (typed, fresh) => join(typed, fresh),
    enrolShop: joinShop,
    stop: () => {
      isStopped = true;
      running?.stop();
      running = undefined;
    },
  };

  async function join(typed: string, fresh: InstallationId): Promise<EnrolledTill> {
    const { code, code_hash } = codeOf(typed);
    const kept = readKept(path);
    const installation = kept?.code_hash === code_hash ? kept.installation : fresh;
    const { enrolled, password } = await register(code, { code_hash, installation, joined: null }, null);
    const { acked_seq, address, code: till_code, name, store, till: id } = enrolled;
    const opened = new TextDecoder().decode(ports.secrets.unwrap(new Uint8Array(Buffer.from(password, 'base64'))));
    const history = await fetchHistory({ ...address, password: opened }, installation, acked_seq).catch(
      (error: unknown) => {
        if (!(error instanceof CentralError)) throw error;
        ports.log.warn('enrolment.history', { fault: error.fault, answer: error.code });
        if (error.code === 'deactivated') return fail('enrolment.till_inactive');
        // Another PC has joined as this till since.
        if (error.code === 'installation') return fail('enrolment.code_refused');
        return fail('enrolment.unreachable');
      },
    );
    writeKept(path, { code_hash, installation, joined: { store, till: id, address, password } });
    return { store, till: id, installation, code: till_code, name, history };
  }

  /** The till is the shop's own: it says so with the entry that it writes when this has succeeded. */
  async function joinShop(typed: string, shop: JoiningShop, installation: InstallationId): Promise<void> {
    const { code, code_hash } = codeOf(typed);
    // A file that was put back from before it joined may know the way already: it is lost only to a new one.
    const before = readKept(path)?.joined ?? null;
    const joined = before?.till === shop.till ? before : null;
    const { enrolled, password } = await register(code, { code_hash, installation, joined }, shop);
    const { address, store, till: id } = enrolled;
    writeKept(path, { code_hash, installation, joined: { store, till: id, address, password } });
  }

  /** Asks the head office to let this installation in. Answers the wrapped password with which it may log in. */
  async function register(code: EnrolmentCode, who: Kept, shop: JoiningShop | null) {
    // Before anybody is asked: when this PC goes down in between, the code must find the same installation again.
    writeKept(path, who);
    let password = '';
    const answer = await enrol(
      code,
      who.installation,
      {
        keepPassword: (made) => {
          password = Buffer.from(ports.secrets.wrap(new TextEncoder().encode(made))).toString('base64');
        },
        randomBytes: (count) => ports.random.bytes(count),
      },
      shop,
    );
    if (answer.ok) return { enrolled: answer.enrolled, password };
    ports.log.warn('enrolment.refused', { reason: answer.reason });
    return failRefused(answer);
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

function codeOf(typed: string): { readonly code: EnrolmentCode; readonly code_hash: string } {
  const read = readCode(typed);
  if (!read.ok) return fail('enrolment.code_malformed');
  return { code: read.code, code_hash: createHash('sha256').update(formatCode(read.code)).digest('hex') };
}

function failRefused({ detail, reason }: Extract<Enrolment, { ok: false }>): never {
  switch (reason) {
    case 'unreachable':
      return fail('enrolment.unreachable');
    case 'other_kind':
      return fail('enrolment.other_kind', { kind: detail });
    case 'currency':
      return fail('enrolment.currency_differs', { currency: detail });
    case 'known':
      return fail('enrolment.shop_known');
    case 'till_code':
      return fail('enrolment.till_code_taken', { till_code: detail });
    case 'till_inactive':
      return fail('enrolment.till_inactive');
    case 'code':
    case 'used':
    case 'certificate':
      return fail('enrolment.code_refused');
  }
}

function readKept(path: string): Kept | undefined {
  return existsSync(path) ? keptSchema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

function writeKept(path: string, kept: Kept): void {
  writeWhole(path, `${JSON.stringify(kept, null, 2)}\n`);
}
