/** What a handler is given. A query can't write; a command has the one open transaction. */
import { v7 } from 'uuid';
import type { Permission } from '../../shared/contract/permissions.ts';
import type { TillEvent } from '../../shared/contract/till.ts';
import type { CommandId, StaffId, Uuid } from '../../shared/ids.ts';
import type { StoredPayload } from '../../shared/journal/payload.ts';
import type { Body, KindName } from '../../shared/journal/kinds.ts';
import type { ReadDb, WriteDb } from './db/statement.ts';
import type { EntryIdentity, TillIdentity } from './journal/head.ts';
import type { Ports } from './ports.ts';

/** Somebody who is signed in. */
export interface Actor {
  readonly staff: StaffId;
  readonly permissions: ReadonlySet<Permission>;
  readonly since: string;
  /** SHA-256 of the session's token. */
  readonly session: Uint8Array;
}

export interface QueryContext {
  readonly db: ReadDb;
  readonly ports: Ports;
  /** The moment of the call, milliseconds since 1970: one for the whole operation. */
  readonly now: number;
  readonly actor: Actor | null;
}

/** Beside an entry's body. */
export interface AppendOptions {
  /** Private payloads that the body names by their hashes. */
  readonly payloads?: readonly StoredPayload[];
  /** The day it is booked under; the open shift's, or none, when left out. */
  readonly business_date?: string | null;
  /** Who the till is, for the entry that says so for the first time: set-up's `epoch.opened`. */
  readonly identity?: EntryIdentity;
}

export interface CommandContext extends QueryContext {
  readonly db: WriteDb;
  readonly command: CommandId;
  /** Who allowed it, when the actor alone may not. */
  readonly approver: StaffId | null;
  /** Writes one entry of the journal and what it projects to. */
  append<Name extends KindName>(kind: Name, body: Body<Name>, options?: AppendOptions): { readonly seq: number };
  /**
   * Who the till is in the entry that is written next: an epoch that is due is opened first. Fails before set-up. `countsOn`
   * where the journal has come back inside of this command, and may hold what the command wrote another time.
   */
  identity(options?: { readonly countsOn: boolean }): TillIdentity;
  newId<Id extends Uuid>(): Id;
  /** After the commit the till's file is put aside under this name, in its folder, and the till stands before set-up. */
  leave(kept: string): void;
  /** Tells the screens, after the commit, to ask again. */
  changed(kind: TillEvent['kind']): void;
}

/** The stage before the transaction, where waiting is allowed: bcrypt, the network. */
export interface PrepareContext extends QueryContext {
  /** A small transaction of its own, committed before anything is waited for. It can't append to the journal. */
  transact<Value>(work: (db: WriteDb) => Value): Value;
}

/** A new UUIDv7 of the given moment. */
export function newId<Id extends Uuid>(ports: Ports, now: number): Id {
  // uuid writes canonical lower-case text; which noun it names is the caller's to say.
  return v7({ msecs: now, random: ports.random.bytes(16) }) as Id;
}
