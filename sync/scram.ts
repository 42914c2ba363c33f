/** SCRAM-SHA-256 as PostgreSQL stores it (RFC 5802, RFC 7677), so that a password is set without ever being sent. */
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';

const iterations = 4096;

/** The verifier of a password. `password` must be ASCII: other text would have to be prepared (RFC 4013) first. */
export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256');
  const clientKey = createHmac('sha256', salted).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest('base64');
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64');
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString('base64')}$${storedKey}:${serverKey}`;
}
