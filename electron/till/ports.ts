/** What a till needs of the world. Everything else is its own, so that a test or a simulation is a till like any other. */
import type { InstallationId } from '../../shared/ids.ts';
import type { JoiningShop } from '../../shared/joining-shop.ts';
import type { Head } from '../../shared/journal/chain.ts';
import type { Log } from '../../shared/log.ts';
import type { Machine } from '../../shared/support/machine.ts';
import type { HeadOfficeServer, SyncStatusAnswer } from './sync/status.ts';
import type { EnrolledTill } from './setup/enrolled.ts';

export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

/** Keeps secrets with a key that is not in the till's file. */
export interface Secrets {
  wrap(plain: Uint8Array): Uint8Array;
  /** Throws when the bytes were not wrapped with this PC's key. */
  unwrap(wrapped: Uint8Array): Uint8Array;
}

/** The way to the head office; a till without one sells for ever. */
export interface HeadOfficeLink {
  /** Registers this PC with a one-time code. Fails with an enrolment code of the contract. */
  enrol(code: string, installation: InstallationId): Promise<EnrolledTill>;
  /**
   * Registers a shop that was its own, with a code for such a one. May be asked again with any failure. Fails with an
   * enrolment code of the contract.
   */
  enrolShop(code: string, shop: JoiningShop, installation: InstallationId): Promise<void>;
  /** Entries were appended and wait to be sent. */
  appended(): void;
  tryNow(): void;
  status(): SyncStatusAnswer | undefined;
  /**
   * Tells the head office that this till leaves, with this head as its last. `differs`: that is not all that it holds, or
   * it holds less. `unheard`: it could not be told.
   */
  leave(installation: InstallationId, head: Head): Promise<'left' | 'differs' | 'unheard'>;
  /** The till was left: ends the sync and forgets how the head office is reached. */
  forget(): void;
  /** Whom it talks to; undefined before the till has joined. */
  server(): HeadOfficeServer | undefined;
}

/** What this PC remembers of its till outside the till's file. */
export interface Mark {
  readonly installation: InstallationId;
  /** The last entry that was remembered, and its hash in hexadecimal: 0 and null before the first. */
  readonly seq: number;
  readonly hash: string | null;
}

/** Keeps the mark where a backup of the till's file does not take it along. */
export interface MarkStore {
  /** Undefined where none was ever written. */
  read(): Mark | undefined;
  /** Durable, and whole or not at all. */
  write(mark: Mark): void;
  /** The till was left: there is nothing more to remember. */
  clear(): void;
}

/** Makes the search of a large catalogue in a thread of its own. */
export interface SearchMaker {
  /**
   * Begins, and answers how to stop: when that returns, nothing of it has the till's file open. `ended` is told once, also
   * when it was stopped; `error` says why it could not be made here.
   */
  start(asked: {
    readonly path: string;
    readonly maker: number;
    readonly told: (progress: { readonly done: number; readonly total: number }) => void;
    readonly ended: (how: { readonly isWhole: boolean; readonly error?: string }) => void;
  }): () => void;
}

export interface Ports {
  /** A till without one collects what its file knows. */
  readonly machine?: Machine;
  readonly mark: MarkStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly log: Log;
  /** bcrypt's cost: 12 in a shop. */
  readonly bcryptCost: number;
  readonly headOffice?: HeadOfficeLink;
  /** Without one the search is made at once, while the till waits. */
  readonly searchMaker?: SearchMaker;
}
