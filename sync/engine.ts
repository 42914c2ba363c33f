/** Runs the protocol: carries out its effects on a till, a central and a clock, and tells it what came of them. */
import { fromHex } from '../shared/ids.ts';
import { isSameHash } from '../shared/journal/chain.ts';
import { type CentralConnection, CentralError, type CentralPort } from './central-port.ts';
import { readFetched } from './fetched.ts';
import type { EngineClock, OutgoingEntry, SyncDoing, SyncStatus, TillPort } from './ports.ts';
import { step } from './protocol.ts';
import {
  initialState,
  type Phase,
  protocolLimits,
  type SyncEffect,
  type SyncEvent,
  type TimerName,
} from './protocol-state.ts';

export interface SyncParts {
  readonly till: TillPort;
  readonly central: CentralPort;
  readonly clock: EngineClock;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** Told of what should not happen: a till that throws, an answer that can't be read. */
  readonly report: (error: unknown) => void;
}

export interface RunningSync {
  status(): SyncStatus;
  /** Connects, pushes and pulls without waiting for a timer. */
  tryNow(): void;
  /** The till appended to its journal. */
  appended(): void;
  /** Ends the connection and every timer. A call under way may still be taken by central; its answer is not heard. */
  stop(): void;
}

/** Starts to sync. What throws in the till is reported and tried again like a failed connection. */
export function startSync(parts: SyncParts): RunningSync {
  const engine = new Engine(parts);
  engine.start();
  return engine;
}

class Engine implements RunningSync {
  readonly #parts: SyncParts;
  readonly #events: SyncEvent[] = [];
  readonly #timers = new Map<TimerName, () => void>();
  #state = initialState;
  #running = false;
  #connection: CentralConnection | undefined;
  /** Grows with each connection, so that an answer from an earlier one is not heard. */
  #link = 0;
  /** The head office's side of a fork, as far as it was fetched. */
  #theirs: OutgoingEntry[] = [];
  #oldest: { readonly seq: number; readonly at: string } | undefined;

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  start(): void {
    const { till } = this.#parts;
    this.#tell({ type: 'started', head_seq: till.head().seq, confirmed_seq: till.confirmedSeq() });
  }

  tryNow(): void {
    this.#tell({ type: 'try_now' });
  }

  appended(): void {
    this.#tell({ type: 'appended', head_seq: this.#parts.till.head().seq });
  }

  stop(): void {
    this.#tell({ type: 'stopped' });
  }

  status(): SyncStatus {
    const state = this.#state;
    const waiting = Math.max(0, state.head_seq - state.confirmed_seq);
    const connected = state.phase === 'idle' || state.phase === 'pushing' || state.phase === 'pulling';
    return {
      state: state.refused !== null ? 'refused' : !connected ? 'offline' : waiting > 0 ? 'waiting' : 'confirmed',
      confirmed_seq: state.confirmed_seq,
      head_seq: state.head_seq,
      waiting,
      oldest_waiting_at: waiting > 0 ? this.#oldestWaiting() : null,
      last_confirmed_at: state.last_confirmed_at === null ? null : new Date(state.last_confirmed_at).toISOString(),
      clock_offset_ms: state.clock_offset_ms,
      reason: state.refused ?? (connected ? null : state.failure),
      doing: doings[state.phase],
      fault: connected ? null : state.fault,
    };
  }

  /** Takes events one after another; an effect that makes an event at once does not nest. */
  #tell(event: SyncEvent): void {
    this.#events.push(event);
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
        const [state, effects] = step(this.#state, next);
        this.#state = state;
        for (const effect of effects) if (!this.#carryOut(effect)) break;
      }
    } finally {
      this.#running = false;
    }
  }

  /** Answers whether to go on: when the till throws, the effects after it would build on what did not happen. */
  #carryOut(effect: SyncEffect): boolean {
    try {
      this.#run(effect);
      return true;
    } catch (error) {
      this.#parts.report(error);
      this.#events.push({ type: 'failed', fault: 'till', code: 'till', random: this.#parts.random(), pushed: 0 });
      return false;
    }
  }

  #run(effect: SyncEffect): void {
    const { till, clock } = this.#parts;
    switch (effect.type) {
      case 'connect':
        this.#connect();
        return;
      case 'disconnect':
        this.#link += 1;
        this.#connection?.destroy();
        this.#connection = undefined;
        return;
      case 'hello':
        this.#hello();
        return;
      case 'push':
        this.#push(effect);
        return;
      case 'pull':
        this.#call(
          0,
          async (connection) => await connection.pull(effect.cursors, effect.limit),
          (answer) => ({ type: 'pull_answered', at: clock.now(), random: this.#parts.random(), answer }),
        );
        return;
      case 'compare':
        this.#call(
          0,
          async (connection) => await connection.hashes(till.identity().installation, effect.seqs),
          (answer) => ({
            type: 'hashes_answered',
            at: clock.now(),
            random: this.#parts.random(),
            answer,
            agrees: answer.answer === 'hashes' ? effect.seqs.map((seq, i) => this.#isOwn(seq, answer.hashes[i])) : [],
          }),
        );
        return;
      case 'fetch':
        this.#call(
          0,
          async (connection) => await connection.fetch(till.identity().installation, effect.after_seq, effect.limit),
          (answer) => ({ type: 'fetch_answered', at: clock.now(), random: this.#parts.random(), answer }),
        );
        return;
      case 'restore':
        till.repair.restore(effect.answer.entries.map(readFetched));
        return;
      case 'gather':
        if (effect.begins) this.#theirs = [];
        this.#theirs.push(...effect.answer.entries.map(readFetched));
        return;
      case 'settle':
        this.#settle(effect.base);
        return;
      case 'confirm':
        till.confirmed({ seq: effect.seq, hash: fromHex(effect.hash) });
        return;
      case 'apply':
        till.applyPage(effect.page);
        return;
      case 'set_timer':
        this.#setTimer(effect.timer, effect.ms);
        return;
      case 'clear_timers':
        for (const cancel of this.#timers.values()) cancel();
        this.#timers.clear();
        return;
      case 'show_status':
        till.status(this.status());
        return;
    }
  }

  #connect(): void {
    this.#link += 1;
    const link = this.#link;
    const { till, central, clock } = this.#parts;
    central
      .connect()
      .then((connection) => {
        if (link !== this.#link) {
          connection.destroy();
          return;
        }
        this.#connection = connection;
        this.#tell({ type: 'connected', at: clock.now(), head_seq: till.head().seq, cursors: till.cursors() });
      })
      .catch((error: unknown) => {
        if (link === this.#link) this.#failed(error, 0);
      });
  }

  #hello(): void {
    const { till, clock } = this.#parts;
    const identity = till.identity();
    const head = till.head();
    const hello = {
      installation: identity.installation,
      epoch: identity.epoch,
      seq: head.seq,
      hash: head.hash,
      at: new Date(clock.now()).toISOString(),
    };
    this.#call(
      0,
      async (connection) => await connection.hello(hello),
      (answer) => ({ type: 'hello_answered', at: clock.now(), answer, agrees: this.#agrees(answer) }),
    );
  }

  #push(effect: Extract<SyncEffect, { type: 'push' }>): void {
    const { till, clock, random } = this.#parts;
    const entries = till.entriesAfter(effect.after_seq, effect.limit);
    if (entries[0]?.seq !== effect.after_seq + 1)
      throw new Error(`the till has no entry ${effect.after_seq + 1}, but said that it has more`);
    const { epoch, unprojected } = effect;
    this.#call(
      entries.length,
      async (connection) => await connection.push({ epoch, entries, unprojected }),
      (answer) => ({ type: 'push_answered', at: clock.now(), random: random(), answer, agrees: this.#agrees(answer) }),
    );
  }

  #call<Answer>(
    pushed: number,
    ask: (connection: CentralConnection) => Promise<Answer>,
    told: (answer: Answer) => SyncEvent,
  ): void {
    const link = this.#link;
    const connection = this.#connection;
    if (connection === undefined) throw new Error('no connection to ask on');
    ask(connection)
      .then((answer) => {
        if (link === this.#link) this.#tell(told(answer));
      })
      .catch((error: unknown) => {
        if (link === this.#link) this.#failed(error, pushed);
      });
  }

  #failed(error: unknown, pushed: number): void {
    const central = error instanceof CentralError ? error : undefined;
    if (central === undefined || central.fault === 'answer' || central.fault === 'server') this.#parts.report(error);
    this.#tell({
      type: 'failed',
      fault: central?.fault ?? 'till',
      code: central?.code ?? 'till',
      random: this.#parts.random(),
      pushed,
    });
  }

  /** Settles a fork; what the head office sent for it is then no longer needed. */
  #settle(base: number): void {
    const { till, clock } = this.#parts;
    const link = this.#link;
    const theirs = this.#theirs;
    this.#theirs = [];
    till.repair
      .settle(base, theirs)
      .then(() => {
        if (link === this.#link) this.#tell({ type: 'settled', at: clock.now(), head_seq: till.head().seq });
      })
      .catch((error: unknown) => {
        if (link === this.#link) this.#failed(error, 0);
      });
  }

  /** Whether the head that central names is one of ours. One that holds nothing yet agrees with everybody. */
  #agrees(answer: { readonly acked_seq: number; readonly head_hash: string }): boolean {
    return answer.acked_seq === 0 || this.#isOwn(answer.acked_seq, answer.head_hash);
  }

  #isOwn(seq: number, hash: string | null | undefined): boolean {
    const own = this.#parts.till.hashAt(seq);
    return own !== undefined && hash !== null && hash !== undefined && isSameHash(own, fromHex(hash));
  }

  #setTimer(timer: TimerName, ms: number): void {
    this.#timers.get(timer)?.();
    const cancel = this.#parts.clock.after(ms, () => {
      this.#timers.delete(timer);
      this.#tell({ type: 'timer', timer, at: this.#parts.clock.now() });
    });
    this.#timers.set(timer, cancel);
  }

  /** When the oldest entry that waits was written. Read once per entry: it is asked for whenever the status is shown. */
  #oldestWaiting(): string | null {
    const seq = this.#state.confirmed_seq + 1;
    if (this.#oldest?.seq !== seq) {
      const [entry] = this.#parts.till.entriesAfter(seq - 1, { count: 1, bytes: protocolLimits.batch_bytes });
      const at = entry === undefined ? undefined : writtenAt(entry);
      this.#oldest = at === undefined ? undefined : { seq, at };
    }
    return this.#oldest?.at ?? null;
  }
}

const doings: Readonly<Record<Phase, SyncDoing>> = {
  off: 'resting',
  connecting: 'connecting',
  greeting: 'connecting',
  idle: 'connected',
  pushing: 'connected',
  pulling: 'connected',
  comparing: 'comparing',
  fetching: 'fetching',
  settling: 'settling',
  resting: 'resting',
};

const atField = /"at":"([^"]{24})","offset":/;

/** The `at` of an entry. Its envelope comes before the body, so its first kilobyte is enough. */
function writtenAt(entry: OutgoingEntry): string | undefined {
  return atField.exec(new TextDecoder().decode(entry.bytes.subarray(0, 1024)))?.[1];
}
