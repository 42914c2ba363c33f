/** What a handler is given. A query's transaction can't write; a command has the one open transaction that can. */
import { v7 } from 'uuid';
import type { OfficeUserId } from '../shared/contract/headoffice/shapes.ts';
import type { Permission } from '../shared/contract/permissions.ts';
import type { CommandId, Uuid } from '../shared/ids.ts';
import type { ReadDb, WriteDb } from './db/transact.ts';
import { fail } from './failure.ts';
import type { Ports } from './ports.ts';

/** Somebody who is signed in. */
export interface Actor {
  readonly user: OfficeUserId;
  readonly login: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly since: string;
  readonly expires_at: string;
  /** SHA-256 of the session's token. */
  readonly session: Uint8Array;
}

/** What is known of a call before anything of it is read. */
export interface Caller {
  readonly ports: Ports;
  /** The moment of the call, milliseconds since 1970: one for the whole operation. */
  readonly now: number;
  readonly actor: Actor | null;
  /** Where the call comes from: an IP address, or `local` within the process. */
  readonly address: string;
}

export interface QueryContext extends Caller {
  readonly db: ReadDb;
}

export interface CommandContext extends Caller {
  readonly db: WriteDb;
  readonly command: CommandId;
}

/** The stage before the transaction, where waiting is allowed: bcrypt. */
export interface PrepareContext extends Caller {
  /** A small transaction of its own that can't write. */
  read<Value>(work: (db: ReadDb) => Promise<Value>): Promise<Value>;
  /** A small transaction of its own, committed before anything is waited for. */
  transact<Value>(work: (db: WriteDb) => Promise<Value>): Promise<Value>;
}

/** Whoever is signed in. Only for operations that nobody else can reach. */
export function actorOf(context: Caller): Actor {
  return context.actor ?? fail('session.required');
}

/** A new UUIDv7 of the call's moment. */
export function newId<Id extends Uuid>({
  ports,
  now,
}: {
  readonly ports: Pick<Ports, 'random'>;
  readonly now: number;
}): Id {
  // uuid writes canonical lower-case text; which noun it names is the caller's to say.
  return v7({ msecs: now, random: ports.random.bytes(16) }) as Id;
}

/** The call's moment for a statement. */
export function instantOf({ now }: Caller): string {
  return new Date(now).toISOString();
}
