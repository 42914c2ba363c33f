/** Central as the engine sees it: one connection, one call at a time. `central.ts` is the one that speaks to PostgreSQL. */
import type { Cursor } from '../shared/feed/rows.ts';
import type { InstallationId } from '../shared/ids.ts';
import type { FetchAnswer, HashesAnswer, HelloAnswer, PullAnswer, PushAnswer } from './answers.ts';
import type { OutgoingEntry, SyncFault } from './ports.ts';

export interface Hello {
  readonly installation: InstallationId;
  readonly epoch: number;
  readonly seq: number;
  readonly hash: Uint8Array;
  /** The till's clock, UTC, so that central can show how far it is off. */
  readonly at: string;
}

export interface Push {
  /** The epoch that central said it stands in. */
  readonly epoch: number;
  readonly entries: readonly OutgoingEntry[];
  /** Store without projecting: the way out for an entry that fails again and again. */
  readonly unprojected: boolean;
}

export interface CentralConnection {
  hello(hello: Hello): Promise<HelloAnswer>;
  push(push: Push): Promise<PushAnswer>;
  pull(cursors: { readonly company: Cursor | null; readonly store: Cursor | null }, limit: number): Promise<PullAnswer>;
  /** The hashes of entries that central holds, 0 being `hash(0)`; at most 64 numbers. For finding where two chains part. */
  hashes(installation: InstallationId, seqs: readonly number[]): Promise<HashesAnswer>;
  /**
   * The entries after a number, in order: at most `count` (200) and `bytes` (1 MiB) of them, payloads included, but always
   * one where there is one. For a restored or replaced till PC.
   */
  fetch(
    installation: InstallationId,
    after: number,
    limit: { readonly count: number; readonly bytes: number },
  ): Promise<FetchAnswer>;
  /** Ends the connection at once, socket and all. Calls that wait fail. Never throws. */
  destroy(): void;
}

export interface CentralPort {
  /** Throws {@link CentralError}, as every call on the connection does. */
  connect(): Promise<CentralConnection>;
}

/** What a call on a connection can end with. */
export type CentralFault = Exclude<SyncFault, 'till' | 'protocol'>;

/** A call that got no answer. `code` is the SQLSTATE, the socket's or TLS's error code. */
export class CentralError extends Error {
  override readonly name = 'CentralError';
  readonly fault: CentralFault;
  readonly code: string;
  constructor(fault: CentralFault, code: string, options?: ErrorOptions) {
    super(`central: ${fault} (${code})`, options);
    this.fault = fault;
    this.code = code;
  }
}
