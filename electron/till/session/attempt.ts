/**
 * Trying a PIN or password. An attempt is counted and committed before anything is compared, so that nobody wins tries
 * by pulling the plug; and a lockout that came while bcrypt was at work counts too, so that nobody wins tries by making
 * many at once.
 */
import { type StaffId, uuidToBytes } from '../../../shared/ids.ts';
import type { CommandContext, PrepareContext } from '../context.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { fail, failAndKeep } from '../failure.ts';
import { findStaff, type StaffMember } from '../staff/repository.ts';
import { type CredentialKind, findVerifier, matchesVerifier } from './verifier.ts';

/** From this failure on, each one locks: for half a minute at first, then twice as long each time. */
const failuresUntilLockout = 5;
const firstLockout_ms = 30 * 1000;
const longestLockout_ms = 15 * 60 * 1000;

const lockedUntil = reads<{ staff: Uint8Array; now: string }>()((q, p) =>
  q.selectFrom('staff_lockouts').select('until').where('staff', '=', p.staff).where('until', '>', p.now),
);
const failedOf = reads<{ staff: Uint8Array }>()((q, p) =>
  q.selectFrom('sign_in_attempts').select('failed').where('staff', '=', p.staff),
);
const setFailed = writes<{ staff: Uint8Array; failed: number }>()((q, p) =>
  q.replaceInto('sign_in_attempts').values({ staff: p.staff, failed: p.failed }),
);
const forget = writes<{ staff: Uint8Array }>()((q, p) => q.deleteFrom('sign_in_attempts').where('staff', '=', p.staff));

/** What came of an attempt, before the transaction that acts on it. */
export interface Attempt {
  /** Undefined for somebody whom this till does not know, or who may not sign in any more. */
  readonly person: StaffMember | undefined;
  readonly kind: CredentialKind;
  readonly wrapped: Uint8Array | undefined;
  readonly matches: boolean;
}

/** Counts and compares. Fails with `session.locked_out` without comparing while the person is locked out. */
export async function tryCredential(
  context: PrepareContext,
  person: StaffMember | undefined,
  credential: { readonly kind: CredentialKind; readonly secret: string },
): Promise<Attempt> {
  const known = person?.active === true ? person : undefined;
  if (known !== undefined) context.transact((db) => countAttempt(db, known.staff, context.now));
  const wrapped = known === undefined ? undefined : findVerifier(context.db, known.staff, credential.kind);
  const matches = await matchesVerifier(context.ports, wrapped, credential.secret);
  return { person: known, kind: credential.kind, wrapped, matches };
}

/**
 * Who it was. Fails with `session.credential_wrong` or `session.locked_out`; what it wrote about that stays.
 * Somebody who was changed while bcrypt was at work has to try again.
 */
export function settleAttempt(context: CommandContext, attempt: Attempt): StaffMember {
  const { person } = attempt;
  if (person === undefined) return fail('session.credential_wrong');
  refuseLockedOut(context.db, person.staff, context.now);
  if (!attempt.matches) return failAttempt(context, person.staff);
  const now = findStaff(context.db, person.staff);
  const verifier = findVerifier(context.db, person.staff, attempt.kind);
  const isSame = now?.active === true && now.version === person.version && isSameBytes(verifier, attempt.wrapped);
  if (!isSame) return fail('session.credential_wrong');
  forgetAttempts(context.db, person.staff);
  return now;
}

/** Lets somebody begin again at no failures. */
export function forgetAttempts(db: WriteDb, staff: StaffId): void {
  forget.run(db, { staff: uuidToBytes(staff) });
}

function countAttempt(db: WriteDb, staff: StaffId, now: number): void {
  refuseLockedOut(db, staff, now);
  const bytes = uuidToBytes(staff);
  setFailed.run(db, { staff: bytes, failed: (failedOf.get(db, { staff: bytes })?.failed ?? 0) + 1 });
}

function refuseLockedOut(db: ReadDb, staff: StaffId, now: number): void {
  const locked = lockedUntil.get(db, { staff: uuidToBytes(staff), now: new Date(now).toISOString() });
  if (locked !== undefined) fail('session.locked_out', { until: locked.until });
}

function failAttempt(context: CommandContext, staff: StaffId): never {
  const failed = failedOf.get(context.db, { staff: uuidToBytes(staff) })?.failed ?? 1;
  if (failed < failuresUntilLockout) return failAndKeep('session.credential_wrong');
  const lockout_ms = Math.min(firstLockout_ms * 2 ** Math.min(failed - failuresUntilLockout, 10), longestLockout_ms);
  const until = new Date(context.now + lockout_ms).toISOString();
  context.append('staff.locked_out', { staff, failed_attempts: failed, until });
  return failAndKeep('session.locked_out', { until });
}

function isSameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
