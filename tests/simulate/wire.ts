/** The network between a till and central: every question and every answer is a message that takes time and can go wrong. */
import type { FetchAnswer, HashesAnswer, HelloAnswer, PullAnswer, PushAnswer } from '../../sync/answers.ts';
import { type CentralConnection, CentralError, type CentralPort } from '../../sync/central-port.ts';
import { toHex } from '../../shared/ids.ts';
import type { Answered, Asked, EnrolAnswer, JoinAsked } from './central/asked.ts';
import type { CentralErrorOf, Ear, Server } from './server.ts';
import type { World } from './world.ts';

/** As the product's own (sync/central.ts says how long it waits). */
const connectTimeout_ms = 10_000;
const callTimeout_ms = 10_000;
const pushTimeout_ms = 40_000;

export interface WireOptions {
  readonly world: World;
  readonly server: Server;
  /** The process at this end; of one that ended, nothing is heard. */
  readonly life: { readonly id: string; readonly isOver: boolean };
  readonly till: string;
  /** So many rows a page of the feed has at most. */
  readonly pageRows: number;
}

const reset: CentralErrorOf = { fault: 'unreachable', code: 'ECONNRESET' };

/** The way of one till's process to central. */
export function createWire(options: WireOptions): CentralPort {
  let connections = 0;
  return {
    connect: async () => {
      connections += 1;
      return await connect(options, `${options.life.id}/${connections}`);
    },
  };
}

/** Asks central to let a shop in, once. `id` names this time. */
export async function enrolOverWire(options: WireOptions, id: string, asked: JoinAsked): Promise<EnrolAnswer> {
  const connection = await connect(options, `${options.life.id}/${id}`);
  try {
    return await connection.enrol(asked);
  } finally {
    connection.destroy();
  }
}

async function connect(options: WireOptions, id: string): Promise<Connection> {
  const { life, server, world } = options;
  const { agenda, fate } = world;
  return await new Promise((resolve, reject) => {
    const fail = ({ code, fault }: CentralErrorOf) => {
      if (!life.isOver) reject(new CentralError(fault, code));
    };
    const wait_ms = latency(world, id);
    if (wait_ms > connectTimeout_ms || fate.strikes('half_open', id)) {
      agenda.after(connectTimeout_ms, () => fail({ fault: 'unreachable', code: 'ETIMEDOUT' }));
      return;
    }
    agenda.after(wait_ms, () => {
      if (life.isOver) return;
      if (!server.isUp) fail({ fault: 'unreachable', code: 'ECONNREFUSED' });
      else if (fate.strikes('cut', id)) fail(reset);
      else resolve(new Connection(options, id));
    });
  });
}

/** There and back within a shop's DSL; a slow one takes as long as somebody waits, or longer. */
function latency({ draws, fate }: World, id: string): number {
  if (fate.strikes('slow', id)) return draws.spread(`slow/${id}`, 500, 60_000);
  return draws.spread(`latency/${id}`, 2, 120);
}

interface Pending {
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: CentralError) => void;
  readonly cancelTimeout: () => void;
}

class Connection implements CentralConnection, Ear {
  readonly #options: WireOptions;
  readonly #id: string;
  /** Central's run to which it belongs. */
  readonly #run: number;
  #calls = 0;
  #greeted: string | null = null;
  #isDead = false;
  /** Neither side hears of the other. */
  #isSilent = false;
  #pending: Pending | undefined;

  constructor(options: WireOptions, id: string) {
    this.#options = options;
    this.#id = id;
    this.#run = options.server.run;
    options.server.connect(this);
  }

  async hello(hello: Parameters<CentralConnection['hello']>[0]): Promise<HelloAnswer> {
    this.#greeted = hello.installation;
    const { at, epoch, hash, installation, seq } = hello;
    const head = { seq, hash: toHex(hash) };
    return await this.#call<HelloAnswer>({ call: 'hello', installation, epoch, head, at }, callTimeout_ms);
  }

  async enrol(asked: JoinAsked): Promise<EnrolAnswer> {
    return await this.#call<EnrolAnswer>(asked, callTimeout_ms);
  }

  async push({ entries, epoch, unprojected }: Parameters<CentralConnection['push']>[0]): Promise<PushAnswer> {
    const asked: Asked = {
      call: 'push',
      installation: this.#greeted,
      epoch,
      from_seq: entries[0]?.seq ?? 0,
      entries: entries.map(({ bytes, hash, payloads }) => ({
        bytes,
        hash: toHex(hash),
        payloads: payloads.map((payload) => payload.bytes),
      })),
      unprojected,
    };
    return await this.#call<PushAnswer>(asked, pushTimeout_ms);
  }

  async pull(cursors: Parameters<CentralConnection['pull']>[0], limit: number): Promise<PullAnswer> {
    const rows = Math.min(limit, this.#options.pageRows);
    const installation = this.#greeted;
    return await this.#call<PullAnswer>({ call: 'pull', installation, cursors, limit: rows }, callTimeout_ms);
  }

  async hashes(installation: string, seqs: readonly number[]): Promise<HashesAnswer> {
    return await this.#call<HashesAnswer>({ call: 'hashes', installation, seqs }, callTimeout_ms);
  }

  async fetch(
    installation: string,
    after: number,
    { bytes, count }: Parameters<CentralConnection['fetch']>[2],
  ): Promise<FetchAnswer> {
    return await this.#call<FetchAnswer>({ call: 'fetch', installation, after, count, bytes }, pushTimeout_ms);
  }

  destroy(): void {
    this.#fail({ fault: 'unreachable', code: 'destroyed' });
  }

  /** Central went down, or the network says that the other side is no longer there. */
  lost(): void {
    this.#fail(reset);
  }

  async #call<Answer extends Answered>(asked: Asked, timeout_ms: number): Promise<Answer> {
    const answered = await new Promise<Answered>((resolve, reject) => {
      if (this.#isDead) {
        reject(new CentralError('unreachable', 'EPIPE'));
        return;
      }
      const { agenda } = this.#options.world;
      const cancelTimeout = agenda.after(timeout_ms, () => this.#fail({ fault: 'silent', code: 'timeout' }));
      this.#pending = { resolve, reject, cancelTimeout };
      this.#calls += 1;
      this.#send(asked, `${this.#id}/${this.#calls}/${asked.call}`);
    });
    // What is asked says what is answered.
    return answered as Answer;
  }

  #send(asked: Asked, id: string): void {
    const { agenda, draws, fate } = this.#options.world;
    if (this.#isSilent) return;
    const delay = latency(this.#options.world, id);
    if (fate.strikes('cut', id)) {
      agenda.after(delay, () => this.#fail(reset));
      return;
    }
    if (fate.strikes('half_open', id)) {
      this.#isSilent = true;
      // The question may have been the last that got through.
      if (draws.chance(`through/${id}`, 0.5)) this.#arriveAfter(delay, asked, id);
      return;
    }
    if (fate.strikes('reordered', id)) {
      agenda.after(delay, () => this.#fail(reset));
      this.#arriveAfter(delay + draws.spread(`reordered/${id}`, 500, 30_000), asked, id);
      return;
    }
    if (fate.strikes('duplicated', id))
      this.#arriveAfter(delay + draws.spread(`again/${id}`, 1, 5_000), asked, `${id}/again`);
    this.#arriveAfter(delay, asked, id, (answered) => {
      if (fate.strikes('lost_answer', id)) agenda.after(delay, () => this.#fail(reset));
      else this.#deliverAfter(latency(this.#options.world, `${id}/answer`), answered);
    });
  }

  /** The question reaches central, whether or not anybody waits for its answer by then. */
  #arriveAfter(ms: number, asked: Asked, id: string, answer?: (answered: Answered) => void): void {
    const { server, till, world } = this.#options;
    world.agenda.after(ms, () => {
      if (!server.isUp || server.run !== this.#run) return;
      const outcome = server.ask(till, asked, id);
      if (outcome === 'gone') return;
      if ('answered' in outcome) answer?.(outcome.answered);
      else if (answer !== undefined) world.agenda.after(1, () => this.#fail(outcome.failed));
    });
  }

  #deliverAfter(ms: number, answered: Answered): void {
    this.#options.world.agenda.after(ms, () => {
      const pending = this.#pending;
      if (pending === undefined || this.#isDead || this.#isSilent || this.#options.life.isOver) return;
      this.#pending = undefined;
      pending.cancelTimeout();
      pending.resolve(answered);
    });
  }

  /** As in the product, a connection on which a call failed is at its end. */
  #fail({ code, fault }: CentralErrorOf): void {
    const { life, server } = this.#options;
    this.#isDead = true;
    server.forget(this);
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.cancelTimeout();
    if (!life.isOver) pending?.reject(new CentralError(fault, code));
  }
}
