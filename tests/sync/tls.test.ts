import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstallationId } from '../../shared/ids.ts';
import { openPool } from '../../headoffice/db/pool.ts';
import { type CentralAddress, centralAt } from '../../sync/central.ts';
import { enrol } from '../../sync/enrol.ts';
import { formatCode, readCode } from '../../sync/enrolment-code.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { CentralShop, type JoinedTill } from './central-shop.ts';
import { type Certificate, keyPem, makeCertificate } from './certificates.ts';
import { serveTls, serveWithoutTls, sslRequest } from './false-servers.ts';
import { SyncRun } from './sync-run.ts';

const authority = makeCertificate({ name: 'Harbour CA', isAuthority: true });
const right = makeCertificate({ name: 'db', issuer: authority, addresses: ['127.0.0.1'] });
const yesterday = new Date(Date.now() - 86_400_000);
const before = new Date(yesterday.getTime() - 86_400_000);
const tomorrow = new Date(Date.now() + 86_400_000);

let folder: string;
let cluster: TestCluster;
let shop: CentralShop;
let joined: JoinedTill;

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
  joined = await shop.join('L0');
  joined.till.open();
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
    const second = await shop.join('L2');
    second.till.open();
    const run = new SyncRun(second.till, centralAt({ ...second.address, ca: authority.pem }, 'test'));
    await run.untilSynced();
    expect(
      await shop.value('select bool_and(ssl) from pg_stat_ssl join pg_stat_activity using (pid) where usename = $1', [
        second.address.login,
      ]),
    ).toBe(true);
    run.sync.stop();
    expect(password).not.toBe('');
  });

  it('a till does not join where no certificate has the fingerprint of its code', async () => {
    await serve(right, authority);
    const { result, password } = await joinWith('L3', fingerprint(impostor));
    expect(result).toMatchObject({ ok: false, reason: 'certificate' });
    expect(password).toBe('');
    expect(await shop.value("select count(*)::int from tills where code = 'L3'")).toBe(0);
  });
});

/** Certificates that are not the head office's at 127.0.0.1, and the chain that the server shows with each. */
const impostor = makeCertificate({ name: 'Harbour CA', isAuthority: true });
const impostors = makeCertificate({ name: 'db', issuer: impostor, addresses: ['127.0.0.1'] });
const other = makeCertificate({ name: 'till', issuer: authority, addresses: ['127.0.0.8'] });
const wrong: [string, Certificate, Certificate[]][] = [
  ['of another address', other, []],
  [
    'of a host by name only',
    makeCertificate({ name: 'db', issuer: authority, hosts: ['db.example.com', '127.0.0.1'] }),
    [],
  ],
  ['that has the address in its name only', makeCertificate({ name: '127.0.0.1', issuer: authority }), []],
  [
    'that is over',
    makeCertificate({ name: 'db', issuer: authority, addresses: ['127.0.0.1'], from: before, until: yesterday }),
    [],
  ],
  [
    'that is not valid yet',
    makeCertificate({ name: 'db', issuer: authority, addresses: ['127.0.0.1'], from: tomorrow }),
    [],
  ],
  ['that signed itself', makeCertificate({ name: 'db', addresses: ['127.0.0.1'] }), []],
  ['of an impostor with the same name', impostors, []],
  ['of an impostor that shows the true authority beside it', impostors, [authority]],
  [
    'that was signed by one which is no authority',
    makeCertificate({ name: 'db', issuer: other, addresses: ['127.0.0.1'] }),
    [other, authority],
  ],
];

/** What could be in the environment of a till's PC, by mistake or by malice. */
const environments: Readonly<Record<string, string>>[] = [
  {},
  { PGSSLMODE: 'no-verify' },
  { PGSSLMODE: 'disable' },
  { PGSSLMODE: 'prefer', PGSSLROOTCERT: '/dev/null', PGHOST: '127.0.0.2', PGOPTIONS: '-c role=postgres' },
  { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
];

async function within<Value>(
  environment: Readonly<Record<string, string>>,
  work: () => Promise<Value>,
): Promise<Value> {
  Object.assign(process.env, environment);
  try {
    return await work();
  } finally {
    for (const name of Object.keys(environment)) Reflect.deleteProperty(process.env, name);
  }
}

/** What a till says of a head office that it does not trust, and how often it called. */
async function askedInVain(address: CentralAddress) {
  const { till } = joined;
  const run = new SyncRun(till, centralAt(address, 'test'));
  await run.until(() => run.sync.status().state === 'refused');
  run.sync.stop();
  return { reason: run.sync.status().reason, confirmed: run.sync.status().confirmed_seq, calls: run.calls };
}

const inVain = {
  reason: 'certificate',
  confirmed: 0,
  calls: { connect: 1, hello: 0, push: 0, pull: 0, hashes: 0, fetch: 0 },
};

describe('another certificate than the right one', () => {
  it.each(wrong)('%s is refused, whatever the environment says', async (_, certificate, chain) => {
    await serve(certificate, ...chain);
    const address = { ...joined.address, ca: authority.pem };
    for (const environment of environments)
      expect(await within(environment, async () => await askedInVain(address))).toEqual(inVain);
  });

  it.each(wrong)('%s gets no till to join', async (_, certificate, chain) => {
    await serve(certificate, ...chain);
    const { result, password } = await within(
      { PGSSLMODE: 'no-verify' },
      async () => await joinWith('L9', fingerprint(authority)),
    );
    expect(result).toMatchObject({ ok: false, reason: 'certificate' });
    expect(password).toBe('');
    expect(await shop.value("select count(*)::int from tills where code = 'L9'")).toBe(0);
    await shop.admin.query("delete from enrolment_codes where till_code = 'L9'");
  });

  it.each(wrong)('%s gets no head office to connect', async (_, certificate, chain) => {
    await serve(certificate, ...chain);
    for (const environment of environments) {
      const pool = openPool({ ...shop.at, ca: authority.pem });
      await within(environment, async () => {
        await expect(pool.query('select 1')).rejects.toThrow(/certificate|altnames|self-signed|CA/i);
      });
      await pool.end();
    }
  });

  it('is not let in by words in the address either', async () => {
    await serve(impostors);
    const words = '?sslmode=no-verify&sslrootcert=/dev/null';
    const address = { ...joined.address, ca: authority.pem };
    expect(await askedInVain({ ...address, database: `postgres${words}` })).toEqual(inVain);
    expect(await askedInVain({ ...address, login: `${address.login}${words}` })).toEqual(inVain);
    const code = formatCode({ ...(await shop.makeCode('L8')), ca_fingerprint: fingerprint(authority) });
    expect(readCode(code.replace('/postgres/', `/postgres${words}/`))).toMatchObject({ ok: false });
  });
});

describe('the right certificate', () => {
  const intermediate = makeCertificate({ name: 'Harbour CA 2', issuer: authority, isAuthority: true });
  const below = makeCertificate({ name: 'db', issuer: intermediate, addresses: ['127.0.0.1'] });
  const named = makeCertificate({ name: 'db', issuer: authority, hosts: ['localhost'] });
  it.each<[string, string, Certificate, Certificate[]]>([
    ['of the address', '127.0.0.1', right, []],
    ['of the address, below an authority that the right one has signed', '127.0.0.1', below, [intermediate]],
    ['of the name', 'localhost', named, []],
  ])('%s connects, for till and head office', async (_, host, certificate, chain) => {
    await serve(certificate, ...chain);
    (await centralAt({ ...joined.address, host, ca: authority.pem }, 'test').connect()).destroy();
    const pool = openPool({ ...shop.at, host, ca: authority.pem });
    expect((await pool.query('select 1')).rowCount).toBe(1);
    await pool.end();
  });

  it('of the address is not that of the name', async () => {
    await serve(right);
    expect(await askedInVain({ ...joined.address, host: 'localhost', ca: authority.pem })).toEqual(inVain);
  });
});

describe('a server that is not the head office', () => {
  const cleartextPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
  it.each([
    ['says that it has no TLS', Buffer.from('N')],
    ['asks for the password instead of an answer', cleartextPassword],
    ['says that it has no TLS, and asks for the password', Buffer.concat([Buffer.from('N'), cleartextPassword])],
  ])('and %s is told nothing', async (_, answer) => {
    const server = await serveWithoutTls(answer);
    expect(await askedInVain({ ...joined.address, port: server.port, ca: authority.pem })).toEqual(inVain);
    expect(server.plain()).toEqual(sslRequest);
    await server.close();
  });

  it('is told nothing inside TLS before its certificate was looked at, nor under a TLS that is too old', async () => {
    for (const options of [
      {},
      { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    ] as const) {
      const server = await serveTls(options.maxVersion === undefined ? impostors : right, options);
      expect(await askedInVain({ ...joined.address, port: server.port, ca: authority.pem })).toEqual(inVain);
      expect(server.plain()).toEqual(sslRequest);
      expect(server.inside()).toHaveLength(0);
      await server.close();
    }
  });
});
