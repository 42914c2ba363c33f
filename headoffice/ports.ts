/** What the head office needs of the world beside its database. */
import type { Log } from '../shared/log.ts';
import type { Machine } from '../shared/support/machine.ts';

export interface Clock {
  /** Milliseconds since 1970 in UTC. */
  now(): number;
}

export interface Random {
  bytes(length: number): Uint8Array;
}

/** A code as the database made it: who may log in with it, and the secret that is shown once. */
export interface MadeCode {
  readonly login: string;
  readonly secret: string;
}

export interface Ports {
  /** A server without one collects what its database knows. */
  readonly machine?: Machine;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** bcrypt's cost: 12 in earnest. */
  readonly bcryptCost: number;
  /** Writes a code as it is typed at a till: where the head office is, and the code itself. */
  readonly enrolmentCode: (made: MadeCode) => string;
}
