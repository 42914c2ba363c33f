/** Certificates for the tests of TLS, made on the spot: X.509 v3 in DER, ECDSA on P-256. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly pem: string;
  readonly der: Buffer;
  readonly key: KeyObject;
  readonly name: string;
}

export interface CertificateOptions {
  readonly name: string;
  /** Signs it; without one it signs itself. */
  readonly issuer?: Certificate;
  readonly isAuthority?: boolean;
  /** IPv4 addresses it speaks for. */
  readonly addresses?: readonly string[];
  readonly hosts?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const size = content.length.toString(16);
  const bytes = Buffer.from(size.padStart(size.length + (size.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length]), bytes, content]);
}

const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const integer = (bytes: Uint8Array) => der(0x02, bytes);
const octets = (...parts: readonly Uint8Array[]) => der(0x04, ...parts);
const bits = (bytes: Uint8Array) => der(0x03, Buffer.from([0]), bytes);
const yes = der(0x01, Buffer.from([0xff]));
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = oid('550403');
const basicConstraints = oid('551d13');
const subjectAltName = oid('551d11');

const nameOf = (text: string) => sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(text)))));
const timeOf = (date: Date) => der(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));

/** Makes a certificate, valid from yesterday until tomorrow unless it says otherwise. */
export function makeCertificate(options: CertificateOptions): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const day_ms = 86_400_000;
  const from = options.from ?? new Date(Date.now() - day_ms);
  const until = options.until ?? new Date(Date.now() + day_ms);
  const names = [
    ...(options.hosts ?? []).map((host) => der(0x82, Buffer.from(host))),
    ...(options.addresses ?? []).map((address) => der(0x87, Buffer.from(address.split('.').map(Number)))),
  ];
  const extensions = [
    ...(options.isAuthority === true ? [sequence(basicConstraints, yes, octets(sequence(yes)))] : []),
    ...(names.length > 0 ? [sequence(subjectAltName, octets(sequence(...names)))] : []),
  ];
  const serial = randomBytes(8);
  serial[0] = 1;
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    nameOf(options.issuer?.name ?? options.name),
    sequence(timeOf(from), timeOf(until)),
    nameOf(options.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  );
  const signature = sign('sha256', content, options.issuer?.key ?? privateKey);
  const certificate = sequence(content, ecdsaWithSha256, bits(signature));
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  return { pem, der: certificate, key: privateKey, name: options.name };
}

/** The private key in PEM, as a server reads it. */
export function keyPem(certificate: Certificate): string {
  return certificate.key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
