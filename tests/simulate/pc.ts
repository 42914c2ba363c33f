/**
 * A till PC: its disk, its clock, and the product's own till and sync engine on it for as long as it is switched on. A crash
 * leaves what was on the disk at that moment, to the byte.
 */
import { chmodSync, rmSync, statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { createTill, type Till } from '../../electron/till/app.ts';
import { fail } from '../../electron/till/failure.ts';
import type { Mark, Ports } from '../../electron/till/ports.ts';
import type { EnrolledTill } from '../../electron/till/setup/enrolled.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import type { Result } from '../../shared/contract/errors.ts';
import { type CommandId, type InstallationId, toHex } from '../../shared/ids.ts';
import type { JoiningShop } from '../../shared/joining-shop.ts';
import { CentralError } from '../../sync/central-port.ts';
import { type RunningSync, startSync } from '../../sync/engine.ts';
import type { FeedPage, TillPort } from '../../sync/ports.ts';
import { readFact } from './central/model.ts';
import { authorityOf, readJournal } from './journals.ts';
import type { Server } from './server.ts';
import { idOf, opening, type TillPlace } from './shop.ts';
import { signIn } from './sign-in.ts';
import { noSecrets } from './templates.ts';
import { TillDisk } from './till-disk.ts';
import { Crash } from './crash.ts';
import { enrolShop } from './enrol-shop.ts';
import { createWire } from './wire.ts';
import { accuse, type World } from './world.ts';
import { tillLog } from './till-log.ts';

/** One process of a till, from its start to its end. */
interface Life {
  readonly id: string;
  readonly folder: string;
  till: Till | undefined;
  engine: RunningSync | undefined;
  isOver: boolean;
  /** Resolves when it ends. */
  readonly over: Promise<undefined>;
  readonly end: () => void;
}

export interface PcOptions {
  readonly world: World;
  readonly server: Server;
  readonly id: string;
  readonly place: TillPlace;
  /** The session of whoever is signed in. */
  readonly token: string;
  /**
   * What the head office answers to the code with which this PC takes over a till (undefined: it knows of no such till);
   * none for one that has joined, or will with all that it has.
   */
  readonly takesOver?: () => EnrolledTill | undefined;
  readonly pageRows: number;
  /** So many entries at most go in one push, as where entries are large. */
  readonly pushEntries: number;
  /** The PC went down by itself. */
  readonly onCrash: (pc: Pc) => void;
  /** The till told itself that central holds its entries up to here. */
  readonly onConfirmed: (pc: Pc, seq: number, hash: string) => void;
  readonly onPage: (pc: Pc, page: FeedPage) => void;
}

/** What SQLite allows where no limit is set. */
const noPageLimit = 1_073_741_823;

export class Pc {
  readonly options: PcOptions;
  readonly id: string;
  mark: Mark | undefined;
  /** Its clock less the true time. */
  skew_ms = 0;
  isDiskFull = false;
  /** It keeps how the head office is reached, beside the file. */
  isLinked: boolean;
  /** It stays off until somebody says otherwise. */
  isAway = false;
  readonly disk: TillDisk;
  #life: Life | undefined;
  #lives = 0;
  #effects = 0;
  #enrolments = 0;
  /** Connections that may not take more of the disk than they have. */
  readonly #limited = new WeakSet<Database.Database>();

  constructor(options: PcOptions, mark: Mark | undefined) {
    this.options = options;
    this.id = options.id;
    this.mark = mark;
    this.isLinked = options.place.shop === null;
    this.disk = new TillDisk(options.world.folder, options.id);
  }

  /** The till's file. */
  get path(): string {
    return this.disk.path;
  }

  get isOn(): boolean {
    return this.#life !== undefined;
  }

  get engine(): RunningSync | undefined {
    return this.#life?.engine;
  }

  /** Whether its file is the one that it remembers: no epoch is due before the next entry. */
  get isAtHome(): boolean {
    const { mark, sync } = this;
    if (mark === undefined || sync === undefined) return false;
    // A file in which nothing is yet has no chain to ask.
    if (mark.hash === null || this.#installationInFile() !== mark.installation) return false;
    const held = sync.hashAt(mark.seq);
    return held !== undefined && toHex(held) === mark.hash;
  }

  #installationInFile(): string | undefined {
    return readFact(readJournal(this.path).at(-1)?.bytes ?? new Uint8Array())?.installation;
  }

  get sync(): Till['sync'] | undefined {
    return this.#life?.till?.sync;
  }

  /** Calls an operation as whoever is signed in. Undefined where the process ended before anybody saw an answer. */
  async invoke(operation: string, input: unknown, command?: string): Promise<Result<unknown> | undefined> {
    const life = this.#life;
    if (life?.till === undefined) return undefined;
    const { token } = this.options;
    const call = { operation, input, session: token, ...(command === undefined ? {} : { command }) };
    // What waits for the network when the process ends is never heard of again.
    const result = await Promise.race([life.till.invoke(call), life.over]);
    return life.isOver ? undefined : result;
  }

  /** Switches it on. It may crash while it starts. */
  powerOn(): void {
    const { world } = this.options;
    if (this.#life !== undefined || this.isAway) return;
    this.#lives += 1;
    let end = () => undefined as void;
    const over = new Promise<undefined>((resolve) => {
      end = () => resolve(undefined);
    });
    const life: Life = {
      over,
      end: () => end(),
      id: `${this.id}.${this.#lives}`,
      folder: this.disk.folder,
      till: undefined,
      engine: undefined,
      isOver: false,
    };
    this.#life = life;
    world.trace.note(world.agenda.now_ms, life.id, 'on');
    if ((statSync(this.path).mode & 0o200) === 0) {
      accuse(world, 'file_read_only', `${this.id} can't write to its own file after a crash`);
      chmodSync(this.path, 0o600);
    }
    try {
      const till = createTill({ path: this.path, create: false, migrations: tillMigrations, ports: this.#ports(life) });
      life.till = till;
      if (this.isSetUp()) this.#startIfLinked(life, till);
      else void this.#setUp(life, till);
    } catch (error) {
      if (life.isOver) return;
      accuse(world, 'not_opened', `${this.id}: ${String(error)}`);
      this.#end(life);
    }
  }

  /** Who its till says it is; undefined where it is off, or where there is none yet. */
  get installation(): string | undefined {
    return this.#life?.engine === undefined ? undefined : this.sync?.identity().installation;
  }

  /** Whether there is a till on it. */
  isSetUp(): boolean {
    return this.options.takesOver === undefined || readJournal(this.path).length > 0;
  }

  /** A new PC takes its till over, from the screen of set-up. */
  async #setUp(life: Life, till: Till): Promise<void> {
    const command = idOf<CommandId>(`${this.id} takes over`);
    const result = await till.invoke({ operation: 'setup.join', input: { code: 'take over' }, command });
    if (life.isOver) return;
    if (result.ok) {
      this.#startIfLinked(life, till);
      if (life.engine === undefined)
        accuse(this.options.world, 'not_joined', `${this.id} took a till over, and does not sync`);
    } else if (['storage.full', 'enrolment.code_refused'].includes(result.error.code))
      this.options.world.agenda.after(2_000, () => this.#setUpAgain(life));
    else accuse(this.options.world, 'not_set_up', `${this.id}: ${result.error.code}`);
  }

  #setUpAgain(life: Life): void {
    if (!life.isOver && life.till !== undefined) void this.#setUp(life, life.till);
  }

  /** Somebody signs in, whatever became of the session before. */
  signIn(): void {
    const { place, token } = this.options;
    signIn(this.path, { token, staff: place.staff, at: this.#now() });
  }

  /** As the product's own link does: when the till is one that a head office keeps, and the way there is known. */
  #startIfLinked(life: Life, till: Till): void {
    if (life.engine === undefined && this.isLinked && till.sync.hasJoined()) this.#startEngine(life, till);
  }

  /** Who keeps its catalogue, as its file says; undefined before anybody has set it up. */
  get authority(): 'standalone' | 'joined' | undefined {
    return authorityOf(this.path);
  }

  /** Asks the head office to let this shop in, and keeps the way there. */
  async #enrolShop(life: Life, code: string, shop: JoiningShop, installation: InstallationId): Promise<void> {
    const { pageRows, server, world } = this.options;
    this.#enrolments += 1;
    const asked = { call: 'enrol' as const, code, installation, shop, tag: `shop ${code}` };
    await enrolShop({ world, server, life, till: shop.till, pageRows }, `enrols ${this.#enrolments}`, asked);
    this.#mayCrash('till_crash_at_file', 'before link');
    this.isLinked = true;
    this.#mayCrash('till_crash_at_file', 'after link');
  }

  #startEngine(life: Life, till: Till): void {
    const { pageRows, place, server, world } = this.options;
    let drawn = 0;
    life.engine = startSync({
      till: this.#watched(life, till.sync),
      central: createWire({ world, server, life, till: place.till, pageRows }),
      clock: {
        now: () => this.#now(),
        after: (ms, callback) =>
          world.agenda.after(ms, () => {
            if (!life.isOver) callback();
          }),
      },
      random: () => {
        drawn += 1;
        return world.draws.at(`engine/${life.id}/${drawn}`);
      },
      report: (error) => {
        if (life.isOver || (error instanceof CentralError && error.fault === 'server')) return;
        world.trace.note(world.agenda.now_ms, life.id, `engine: ${String(error)}`);
      },
    });
  }

  #watched(life: Life, sync: Till['sync']): TillPort {
    const { onConfirmed, onPage, pushEntries } = this.options;
    return {
      ...sync,
      entriesAfter: (seq, { bytes, count }) => sync.entriesAfter(seq, { bytes, count: Math.min(count, pushEntries) }),
      confirmed: (head) => {
        sync.confirmed(head);
        onConfirmed(this, head.seq, toHex(head.hash));
      },
      applyPage: (page) => {
        onPage(this, page);
        sync.applyPage(page);
      },
      status: (status) => {
        if (!life.isOver) sync.status(status);
      },
    };
  }

  #now(): number {
    return opening + Math.floor(this.options.world.agenda.now_ms) + this.skew_ms;
  }

  #ports(life: Life): Ports {
    const { world } = this.options;
    return {
      clock: { now: () => this.#now() },
      random: world.draws.bytes(`till/${life.id}`),
      secrets: noSecrets,
      bcryptCost: 4,
      log: tillLog(world, this.id, life),
      mark: {
        read: () => this.mark,
        write: (mark) => {
          if (life.isOver) return;
          this.#mayCrash('till_crash_at_file', 'before mark');
          this.mark = mark;
          this.#mayCrash('till_crash_at_file', 'after mark');
        },
        clear: () => undefined,
      },
      headOffice: {
        enrol: async () => {
          const { takesOver } = this.options;
          if (takesOver === undefined) throw new Error('it has joined');
          const enrolled = takesOver();
          if (enrolled !== undefined) this.isLinked = true;
          return await Promise.resolve(enrolled ?? fail('enrolment.code_refused'));
        },
        enrolShop: async (code, shop, installation) => await this.#enrolShop(life, code, shop, installation),
        appended: () => {
          if (life.engine !== undefined) life.engine.appended();
          else if (life.till !== undefined) this.#startIfLinked(life, life.till);
        },
        tryNow: () => life.engine?.tryNow(),
        status: () => {
          const status = life.engine?.status();
          if (status === undefined || status.state === 'standalone') return undefined;
          const { clock_offset_ms, doing, fault, reason, state } = status;
          return { state, clock_offset_ms, reason, doing, fault };
        },
        server: () => undefined,
        leave: () => Promise.resolve('unheard'),
        forget: () => undefined,
      },
    };
  }

  /** Whether a path is on this PC's disk, as its running process sees it. */
  owns(path: string): boolean {
    return this.#life !== undefined && path.startsWith(`${this.disk.folder}/`);
  }

  begins(connection: Database.Database): void {
    if (this.isDiskFull) {
      connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`);
      this.#limited.add(connection);
    } else if (this.#limited.delete(connection)) {
      connection.pragma(`max_page_count = ${noPageLimit}`);
    }
  }

  beforeCommit(): void {
    this.#effects += 1;
    this.#mayCrash('till_crash_before_commit', String(this.#effects));
  }

  afterCommit(): void {
    this.#mayCrash('till_crash_after_commit', String(this.#effects));
  }

  atFile(what: string): void {
    this.#mayCrash('till_crash_at_file', what);
  }

  #mayCrash(fault: 'till_crash_before_commit' | 'till_crash_after_commit' | 'till_crash_at_file', at: string): void {
    const { world } = this.options;
    if (fault === 'till_crash_at_file') this.#effects += 1;
    if (this.#life === undefined || !world.fate.strikes(fault, `${this.id}/${this.#effects}/${at}`)) return;
    this.crash();
    this.options.onCrash(this);
    throw new Crash(fault);
  }

  /** The process ends now; what is on the disk stays as it is. */
  crash(): void {
    const life = this.#life;
    if (life === undefined) return;
    const { world } = this.options;
    world.trace.note(world.agenda.now_ms, life.id, 'off');
    this.disk.letGo();
    this.#end(life);
  }

  /** The product's objects of a process that is over are closed when its code has come to rest. */
  #end(life: Life): void {
    life.isOver = true;
    life.end();
    this.#life = undefined;
    this.options.world.agenda.after(0, () => {
      try {
        life.till?.close();
      } catch {
        // A connection amid a statement closes when it is collected.
      }
      if (life.folder !== this.disk.folder) rmSync(life.folder, { recursive: true, force: true });
    });
  }

  /** At the end of a world. */
  end(): void {
    const life = this.#life;
    if (life === undefined) return;
    life.isOver = true;
    life.end();
    this.#life = undefined;
    life.till?.close();
  }
}
