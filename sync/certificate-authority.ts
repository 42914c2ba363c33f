/** Fetches the head office's certificate authority, which an enrolment code knows by its fingerprint. */
import { createHash } from 'node:crypto';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type DetailedPeerCertificate } from 'node:tls';
import { asCentralError } from './central.ts';
import { CentralError } from './central-port.ts';

/** PostgreSQL's SSLRequest: its length, 8, and the number that asks for TLS. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * The certificate authority, in PEM, whose SHA-256 begins with `fingerprint` (hexadecimal), out of the chain that the
 * server shows. Nothing is trusted here, nothing secret sent: the certificate either has the fingerprint or not, and the
 * connections that follow are checked against it. Throws {@link CentralError}.
 */
export async function fetchAuthority(
  host: string,
  port: number,
  fingerprint: string,
  timeout_ms: number,
): Promise<string> {
  const socket = connectPlain({ host, port });
  try {
    return await new Promise<string>((resolve, reject) => {
      socket.setTimeout(timeout_ms, () => reject(new CentralError('silent', 'no TLS handshake in time')));
      socket.once('error', reject);
      socket.once('close', () => reject(new CentralError('unreachable', 'closed before the TLS handshake')));
      socket.once('connect', () => socket.write(sslRequest));
      socket.once('data', (answer: Buffer) => {
        if (answer.toString('latin1') !== 'S') reject(new CentralError('certificate', 'the server offers no TLS'));
        else shake(socket, host, fingerprint, resolve, reject);
      });
    });
  } catch (error) {
    throw asCentralError(error);
  } finally {
    socket.destroy();
  }
}

function shake(
  socket: Socket,
  servername: string,
  fingerprint: string,
  resolve: (pem: string) => void,
  reject: (error: Error) => void,
): void {
  const named = /^[\d.]+$|:/.test(servername) ? {} : { servername };
  // The only connection that checks no certificate: it looks for one.
  const secure = connectTls({ socket, rejectUnauthorized: false, minVersion: 'TLSv1.2', ...named }, () => {
    const found = chainOf(secure.getPeerCertificate(true)).find((raw) =>
      createHash('sha256').update(raw).digest('hex').startsWith(fingerprint),
    );
    if (found === undefined)
      reject(new CentralError('certificate', 'the server shows no authority of that fingerprint'));
    else resolve(toPem(found));
  });
  secure.once('error', reject);
}

/** The certificates from the server's own up, in DER. A root is its own issuer. */
function chainOf(leaf: DetailedPeerCertificate): Buffer[] {
  const chain: Buffer[] = [];
  let next: DetailedPeerCertificate | undefined = leaf;
  while (next?.raw !== undefined && chain.length < 10) {
    chain.push(next.raw);
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
