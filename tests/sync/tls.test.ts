import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstallationId } from '../../shared/ids.ts';
import { centralAt } from '../../sync/central.ts';
import { enrol } from '../../sync/enrol.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { CentralShop } from './central-shop.ts';
import { type Certificate, keyPem, makeCertificate } from './certificates.ts';
import { SyncRun } from './sync-run.ts';

const authority = makeCertificate({ name: 'Harbour CA', isAuthority: true });
const right = makeCertificate({ name: 'db', issuer: authority, addresses: ['127.0.0.1'] });
const yesterday = new Date(Date.now() - 86_400_000);
const before = new Date(yesterday.getTime() - 86_400_000);

let folder: string;
let cluster: TestCluster;
let shop: CentralShop;

/** Gives the server another certificate; it reads the files again when told. */
async function serve(certificate: Certificate, ...chain: readonly Certificate[]): Promise<void> {
  place(certificate, ...chain);
  await shop.admin.query('select pg_reload_conf()');
  // The postmaster reads them in its own time; until it has, new connections get the old ones.
  const wanted = certificate.der.toString('hex');
  for (let i = 0; i < 500; i += 1) if ((await served()) === wanted) return;
  throw new Error('the server still shows its old certificate');
}

/** The certificate that the server shows now. */
async function served(): Promise<string> {
  const { connect } = await import('node:net');
  const { connect: connectTls } = await import('node:tls');
  const socket = connect({ host: shop.at.host, port: shop.at.port });
  return await new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
    socket.once('data', () => {
      const secure = connectTls({ socket, rejectUnauthorized: false }, () => {
        const shown = secure.getPeerCertificate().raw.toString('hex');
        socket.destroy();
        resolve(shown);
      });
      secure.once('error', reject);
    });
  });
}

function place(certificate: Certificate, ...chain: readonly Certificate[]): void {
  writeFileSync(join(folder, 'server.crt'), [certificate, ...chain].map(({ pem }) => pem).join(''));
  const key = join(folder, 'server.key');
  writeFileSync(key, keyPem(certificate), { mode: 0o600 });
  // PostgreSQL does not run as root: as root's tests run it, it runs as nobody.
  if (process.getuid?.() === 0) chownSync(key, 65_534, 65_534);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-tls-'));
  chmodSync(folder, 0o755);
  place(right, authority);
  cluster = await startTestCluster({
    name: 'tls',
    settings: { ssl: 'on', ssl_cert_file: join(folder, 'server.crt'), ssl_key_file: join(folder, 'server.key') },
  });
  const { host, port, user, password } = cluster;
  shop = await CentralShop.open({ host, port, user, password, database: 'postgres' });
});

afterAll(async () => {
  await shop.close();
  await cluster.remove();
  rmSync(folder, { recursive: true, force: true });
});

const fingerprint = (of: Certificate) => createHash('sha256').update(of.der).digest('hex').slice(0, 32);

async function joinWith(till_code: string, ca_fingerprint: string) {
  const code = { ...(await shop.makeCode(till_code)), ca_fingerprint };
  let password = '';
  const keepPassword = (made: string) => {
    password = made;
  };
  const result = await enrol(code, shop.ids.next<InstallationId>(), { keepPassword, randomBytes });
  return { result, password };
}

describe('over TLS', () => {
  it('a till finds the authority by its fingerprint, joins, and syncs under it', async () => {
    await serve(right, authority);
    const { result, password } = await joinWith('L1', fingerprint(authority));
    if (!result.ok) throw new Error(result.detail);
    expect(result.enrolled.address.ca?.replaceAll('\n', '')).toBe(authority.pem.replaceAll('\n', ''));
    const joined = await shop.join('L2');
    joined.till.open();
    const central = centralAt({ ...joined.address, ca: authority.pem }, 'test');
    const run = new SyncRun(joined.till, central);
    await run.untilSynced();
    expect(
      await shop.value('select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid) where usename = $1', [
        joined.address.login,
      ]),
    ).toBe(true);
    run.sync.stop();
    expect(password).not.toBe('');
  });

  it('a till does not join where no certificate has the fingerprint of its code', async () => {
    await serve(right, authority);
    const other = makeCertificate({ name: 'Harbour CA', isAuthority: true });
    const { result, password } = await joinWith('L3', fingerprint(other));
    expect(result).toMatchObject({ ok: false, reason: 'certificate' });
    expect(password).toBe('');
    expect(await shop.value("select count(*)::int from tills where code = 'L3'")).toBe(0);
  });

  const impostor = makeCertificate({ name: 'Harbour CA', isAuthority: true });
  it.each([
    [
      'of another host',
      makeCertificate({ name: 'db', issuer: authority, addresses: ['127.0.0.9'], hosts: ['db.example.com'] }),
    ],
    [
      'that is over',
      makeCertificate({ name: 'db', issuer: authority, addresses: ['127.0.0.1'], from: before, until: yesterday }),
    ],
    ['that signed itself', makeCertificate({ name: 'db', addresses: ['127.0.0.1'] })],
    ['of an impostor with the same name', makeCertificate({ name: 'db', issuer: impostor, addresses: ['127.0.0.1'] })],
  ])('a certificate %s is refused, and nothing is sent, whatever the environment says', async (_, certificate) => {
    await serve(certificate);
    const { till, address } = await shop.join(`X${randomBytes(3).toString('hex').toUpperCase()}`);
    till.open();
    process.env['PGSSLMODE'] = 'no-verify';
    try {
      const run = new SyncRun(till, centralAt({ ...address, ca: authority.pem }, 'test'));
      await run.until(() => run.sync.status().state === 'refused');
      run.sync.stop();
      expect(run.sync.status()).toMatchObject({ reason: 'certificate', confirmed_seq: 0 });
      expect(run.calls).toMatchObject({ hello: 0, push: 0 });
    } finally {
      delete process.env['PGSSLMODE'];
    }
  });
});
