/** A real till on a file of its own, with a clock that stands still and random bytes that repeat: for stories of a shop. */
import { britishStore } from '../../../shared/demo/british-store.ts';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { createTill, type Till } from '../../../electron/till/app.ts';
import { type LogLevel, logTo } from '../../../shared/log.ts';
import type { HeadOfficeLink, Ports, Random, SearchMaker, Secrets, MarkStore } from '../../../electron/till/ports.ts';
import type { Client } from '../../../shared/contract/client.ts';
import { createClient, OperationError } from '../../../shared/contract/client.ts';
import type { Failure } from '../../../shared/contract/errors.ts';
import { tillContract, type TillContract, type TillEvent } from '../../../shared/contract/till.ts';
import type { CommandId, StaffId, Uuid } from '../../../shared/ids.ts';
import type { StoreSettings } from '../../../shared/journal/kinds/store-kinds.ts';
import { tillMigrations } from '../../../migrations/till/list.ts';
import { memoryMark } from '../../support/memory-mark.ts';
import { refuseUndeclared } from '../../support/strict-log.ts';

export type TillClient = Client<TillContract>;

/** A Saturday morning in November. */
export const opening = Date.UTC(2026, 10, 21, 9, 30);

export const harbourSettings = britishStore({
  name: 'Harbour Street',
  address: ['1 Harbour Street', 'Whitstable'],
  tax_number: 'GB 123 4567 89',
  receipt_footer: 'Thank you',
});

/** The manager with whom a new shop opens. */
export const firstManager = { name: 'Maya Okafor', login: 'maya', password: 'correct horse', pin: '4711' } as const;

/** Random bytes that are the same at every run: SHA-256 of a counter. */
export function seededRandom(seed = 'evertill'): Random {
  let counter = 0;
  return {
    bytes: (length) => {
      const parts: Uint8Array[] = [];
      for (let have = 0; have < length; have += 32) {
        parts.push(createHash('sha256').update(`${seed}/${counter}`).digest());
        counter += 1;
      }
      return new Uint8Array(Buffer.concat(parts).subarray(0, length));
    },
  };
}

/** Secrets wrapped with a key that a test can see: never the plain bytes, never twice the same, and by no other key opened. */
export function testSecrets(key = 0x5a): Secrets {
  let count = 0;
  const mask = (bytes: Uint8Array, nonce: number) => bytes.map((byte) => byte ^ key ^ nonce);
  return {
    wrap: (plain) => {
      count = (count + 1) % 32;
      return new Uint8Array([key, count, ...mask(plain, count)]);
    },
    unwrap: (wrapped) => {
      const [madeWith, nonce = 0] = wrapped;
      if (madeWith !== key) throw new Error('wrapped with another key');
      return mask(wrapped.subarray(2), nonce);
    },
  };
}

export interface TestClock {
  now(): number;
  set(now: number): void;
  /** Lets time pass. */
  pass(ms: number): void;
}

export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Somebody at the till's screen: calls as them, and what they are. */
export interface Seat {
  readonly client: TillClient;
  readonly token: string;
  readonly staff: StaffId;
}

export interface TestTill {
  /** The till as it runs now: another object after {@link TestTill.restart}. */
  readonly till: Till;
  readonly path: string;
  readonly clock: TestClock;
  readonly ports: Ports;
  readonly log: readonly LogLine[];
  /** What the screens were told, newest last. */
  readonly events: TillEvent['kind'][];
  /** Calls without a session. */
  readonly anyone: TillClient;
  /** Calls with a session's token. */
  clientOf(token: string): TillClient;
  signInByPin(staff: StaffId, pin: string): Promise<Seat>;
  signInByPassword(login: string, password: string): Promise<Seat>;
  /** Closes the till and opens its file again, as after a start of the PC. */
  restart(): void;
  /** Closes the till and deletes its file. */
  end(): void;
}

export interface TestTillOptions {
  readonly seed?: string;
  readonly headOffice?: HeadOfficeLink;
  readonly secrets?: Secrets;
  /** A till's file that this one starts as: a backup, or a copy on another PC. */
  readonly copyOf?: string;
  /** What the PC remembers of its till; nothing where it is another one. */
  readonly mark?: MarkStore;
  /** Who makes the search of a large catalogue; without one it is made at once. */
  readonly searchMaker?: SearchMaker;
}

/** A till that nobody has set up yet. To be ended by the test. */
export function newTill(options: TestTillOptions = {}): TestTill {
  const folder = mkdtempSync(join(tmpdir(), 'evertill-till-'));
  const path = join(folder, 'till.db');
  if (options.copyOf !== undefined) copyFileSync(options.copyOf, path);
  let now = opening;
  const clock: TestClock = {
    now: () => now,
    set: (to) => {
      now = to;
    },
    pass: (ms) => {
      now += ms;
    },
  };
  const lines: LogLine[] = [];
  const log = logTo((level, event, facts) => {
    refuseUndeclared(event, facts);
    lines.push({ level, event, facts });
  });
  const random = seededRandom(options.seed);
  const ports: Ports = {
    clock,
    random,
    log,
    secrets: options.secrets ?? testSecrets(),
    mark: options.mark ?? memoryMark(),
    bcryptCost: 4,
    ...(options.headOffice === undefined ? {} : { headOffice: options.headOffice }),
    ...(options.searchMaker === undefined ? {} : { searchMaker: options.searchMaker }),
  };
  const events: TillEvent['kind'][] = [];
  const open = (create: boolean) => {
    const opened = createTill({ path, create, migrations: tillMigrations, ports });
    opened.subscribe(({ kind }) => void events.push(kind));
    return opened;
  };
  let till = open(options.copyOf === undefined);
  // Its own random bytes: what a screen draws must not shift what the till draws.
  const screenRandom = seededRandom(`screen ${options.seed ?? ''}`);
  const newCommand = () => uuidAt<CommandId>(now, screenRandom);
  const clientOf = (token: string | undefined) =>
    createClient(tillContract, (call) => till.invoke(call), { session: () => token, newCommand });
  const anyone = clientOf(undefined);
  const signIn = async (input: Parameters<TillClient['session']['sign_in']>[0]): Promise<Seat> => {
    const { token, staff } = await anyone.session.sign_in(input);
    return { client: clientOf(token), token, staff };
  };
  return {
    get till() {
      return till;
    },
    path,
    clock,
    ports,
    log: lines,
    events,
    anyone,
    clientOf,
    signInByPin: (staff, pin) => signIn({ who: { staff }, credential: { kind: 'pin', secret: pin } }),
    signInByPassword: (login, password) =>
      signIn({ who: { login }, credential: { kind: 'password', secret: password } }),
    restart: () => {
      till.close();
      till = open(false);
    },
    end: () => {
      till.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A new shop with its manager signed in: nothing in it yet. */
export async function openShop(
  options: TestTillOptions & { readonly settings?: Partial<StoreSettings> } = {},
): Promise<TestTill & { readonly manager: Seat }> {
  const shop = newTill(options);
  await shop.anyone.setup.open_shop({
    settings: { ...harbourSettings, ...options.settings },
    till_code: 'HS1',
    till_name: 'Till 1',
    manager: firstManager,
  });
  return Object.assign(shop, { manager: await shop.signInByPassword(firstManager.login, firstManager.password) });
}

/** A new UUIDv7 of a moment. */
export function uuidAt<Id extends Uuid>(now: number, random: Random): Id {
  return v7({ msecs: now, random: random.bytes(16) }) as Id;
}

/** The failure that a call ends with; throws when it succeeds, or ends in any other way. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (error instanceof OperationError) return error.failure;
    throw error;
  }
  throw new Error('the call succeeded');
}

/** Its code alone. */
export async function codeOf(call: Promise<unknown>): Promise<Failure['code']> {
  return (await failureOf(call)).code;
}
