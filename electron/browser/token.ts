import { createHash, timingSafeEqual } from 'node:crypto';

/** The key of one launch: 256 random bits, in characters that an address and a subprotocol may hold. */
export function createToken(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

/** Whether a token is the expected one, in a time that tells nothing about where they differ. */
export function isToken(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
