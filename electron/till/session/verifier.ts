/**
 * PINs and passwords: a bcrypt hash, wrapped with a key that is not in the till's file. All four-digit PINs under bcrypt
 * fall in minutes to whoever has only the file; hence the wrapping.
 */
import { compare, hash } from 'bcrypt';
import { type StaffId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { fail } from '../failure.ts';
import type { Ports } from '../ports.ts';

export type CredentialKind = 'pin' | 'password';

/** bcrypt reads no further: a longer password would be as good as its beginning. */
const maxPasswordBytes = 72;
/** In characters as people count them. */
const minPasswordLength = 8;
const pinPattern = /^\d{4,8}$/;

const byStaff = reads<{ staff: Uint8Array; credential: CredentialKind }>()((q, p) =>
  q.selectFrom('staff_verifiers').select('wrapped').where('staff', '=', p.staff).where('credential', '=', p.credential),
);
const all = reads()((q) => q.selectFrom('staff_verifiers').select(['staff', 'credential', 'wrapped']));
const put = writes<{ staff: Uint8Array; credential: CredentialKind; wrapped: Uint8Array }>()((q, p) =>
  q.replaceInto('staff_verifiers').values({ staff: p.staff, credential: p.credential, wrapped: p.wrapped }),
);

/**
 * Checks a new PIN or password and makes what is stored of it: wrapped bytes for {@link storeVerifier}. Takes a quarter
 * of a second in a shop, so it belongs in a `prepare` stage.
 *
 * Fails with `pin.malformed` (4 to 8 digits), `password.too_short` (under 8 characters) or `password.too_long` (over 72
 * bytes of UTF-8).
 */
export async function hashCredential(
  ports: Pick<Ports, 'bcryptCost' | 'secrets'>,
  kind: CredentialKind,
  secret: string,
): Promise<Uint8Array> {
  if (kind === 'pin' && !pinPattern.test(secret)) fail('pin.malformed');
  if (kind === 'password') {
    if (Array.from(secret).length < minPasswordLength) fail('password.too_short', { least: minPasswordLength });
    if (byteLength(secret) > maxPasswordBytes) fail('password.too_long', { most_bytes: maxPasswordBytes });
  }
  return wrapHash(ports, await hash(secret, ports.bcryptCost));
}

/** Wraps a bcrypt hash that was made elsewhere: the feed's. */
export function wrapHash(ports: Pick<Ports, 'secrets'>, bcryptHash: string): Uint8Array {
  return ports.secrets.wrap(new TextEncoder().encode(bcryptHash));
}

/** Stores a verifier in place of the one before. */
export function storeVerifier(db: WriteDb, staff: StaffId, kind: CredentialKind, wrapped: Uint8Array): void {
  put.run(db, { staff: uuidToBytes(staff), credential: kind, wrapped });
}

/** What is stored of somebody's PIN or password; undefined where they have none. */
export function findVerifier(db: ReadDb, staff: StaffId, kind: CredentialKind): Uint8Array | undefined {
  return byStaff.get(db, { staff: uuidToBytes(staff), credential: kind })?.wrapped;
}

/** Every bcrypt hash that can still be unwrapped: what travels when a shop joins a head office. */
export function listVerifiers(db: ReadDb, ports: Pick<Ports, 'secrets' | 'log'>) {
  return all.all(db, {}).flatMap(({ credential, staff, wrapped }) => {
    const bcrypt = unwrapHash(ports, wrapped);
    return bcrypt === undefined ? [] : [{ staff: uuidFromBytes<StaffId>(staff), credential, bcrypt }];
  });
}

/** Whether what is stored is this bcrypt hash already: wrapped twice, the same hash is different bytes. */
export function isSameVerifier(
  db: ReadDb,
  ports: Pick<Ports, 'secrets' | 'log'>,
  staff: StaffId,
  kind: CredentialKind,
  bcryptHash: string,
): boolean {
  const wrapped = findVerifier(db, staff, kind);
  return wrapped !== undefined && unwrapHash(ports, wrapped) === bcryptHash;
}

/**
 * Whether a secret is the one of a verifier. Without a verifier, or with a secret that could never have been set, it
 * compares all the same, with a hash that nothing matches: the time that it takes tells nothing.
 */
export async function matchesVerifier(
  ports: Pick<Ports, 'bcryptCost' | 'secrets' | 'log'>,
  wrapped: Uint8Array | undefined,
  secret: string,
): Promise<boolean> {
  const stored = wrapped === undefined ? undefined : unwrapHash(ports, wrapped);
  const isPossible = stored !== undefined && byteLength(secret) <= maxPasswordBytes;
  const matches = await compare(secret, isPossible ? stored : unmatchable(ports.bcryptCost));
  return isPossible && matches;
}

/** Undefined when this PC's key can't open it: the file was carried here from another PC. */
function unwrapHash(ports: Pick<Ports, 'secrets' | 'log'>, wrapped: Uint8Array): string | undefined {
  try {
    return new TextDecoder().decode(ports.secrets.unwrap(wrapped));
  } catch (error) {
    ports.log.fault('verifier.unreadable', error);
    return undefined;
  }
}

/** A well-formed bcrypt hash of the given cost that belongs to no known text. */
function unmatchable(cost: number): string {
  return `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
