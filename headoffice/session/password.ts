/** Passwords and PINs: only their bcrypt is ever kept. */
import { compare, hash } from 'bcrypt';
import { fail } from '../failure.ts';
import type { Ports } from '../ports.ts';

/** bcrypt reads no further: a longer password would be as good as its beginning. */
const maxPasswordBytes = 72;
/** In characters as people count them. */
const minPasswordLength = 8;
const pinPattern = /^\d{4,8}$/;

/**
 * The bcrypt of a new password. Takes a quarter of a second in earnest, so it belongs in a `prepare` stage. Fails with
 * `password.too_short` (under 8 characters) or `password.too_long` (over 72 bytes of UTF-8).
 */
export async function hashPassword(ports: Pick<Ports, 'bcryptCost'>, password: string): Promise<string> {
  if (Array.from(password).length < minPasswordLength) fail('password.too_short', { least: minPasswordLength });
  if (Buffer.byteLength(password) > maxPasswordBytes) fail('password.too_long', { most_bytes: maxPasswordBytes });
  return await hash(password, ports.bcryptCost);
}

/** The bcrypt of a new PIN. Fails with `pin.malformed` unless it is 4 to 8 digits. */
export async function hashPin(ports: Pick<Ports, 'bcryptCost'>, pin: string): Promise<string> {
  if (!pinPattern.test(pin)) fail('pin.malformed');
  return await hash(pin, ports.bcryptCost);
}

/**
 * Whether a password is the one of a bcrypt. Without one, or with a password that could never have been set, it compares
 * all the same, with a hash that nothing matches: the time that it takes tells nothing.
 */
export async function matchesPassword(
  ports: Pick<Ports, 'bcryptCost'>,
  bcrypt: string | undefined,
  password: string,
): Promise<boolean> {
  const isPossible = bcrypt !== undefined && Buffer.byteLength(password) <= maxPasswordBytes;
  const matches = await compare(password, isPossible ? bcrypt : unmatchable(ports.bcryptCost));
  return isPossible && matches;
}

/** A well-formed bcrypt hash of the given cost that belongs to no known text. */
function unmatchable(cost: number): string {
  return `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`;
}
