/**
 * The gateway: many tills in few sessions of one role. Here its sessions are held directly, each call in whichever comes
 * next, as PgBouncer does in transaction mode; `pgbouncer.test.ts` has PgBouncer itself.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../commands/check/program.ts';
import { toHex } from '../../shared/ids.ts';
import { helloAnswer, pullAnswer, pushAnswer } from '../../sync/answers.ts';
import { defaultTimeouts, openSession } from '../../sync/central.ts';
import {
  type CentralSession,
  DirectLine,
  gatewayKey,
  GatewayLine,
  gatewayPassword,
  gatewayProof,
} from '../../sync/line.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop, gatewayPasswords, type JoinedTill } from './central-shop.ts';
import { makeProduct, makeSale } from './sales.ts';

const timeout_ms = defaultTimeouts.push_ms;

let shop: CentralShop;
let one: JoinedTill;
let other: JoinedTill;
/** A session of the role that all tills share. */
let raw: pg.Client;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
  one = await shop.join('G1');
  other = await shop.join('G2');
  raw = await shop.connectAs(shop.roles.gateway, gatewayPasswords.gateway);
});
afterAll(async () => {
  await raw.end();
  await shop.close();
});
beforeEach(async () => {
  await raw.query('rollback');
});

async function openShared(): Promise<CentralSession> {
  const { host, port, database } = shop.at;
  const login = shop.roles.gateway;
  return await openSession(
    { host, port, database, login, password: gatewayPasswords.gateway, ca: null },
    defaultTimeouts,
  );
}

/** As many sessions as are given, and each call in the next of them. */
function inTurn(sessions: readonly CentralSession[]): CentralSession {
  let turn = 0;
  return {
    call: async (...call) => {
      const session = sessions[turn % sessions.length];
      turn += 1;
      if (session === undefined) throw new Error('no session');
      return await session.call(...call);
    },
    destroy: () => undefined,
  };
}

function lineOf(session: CentralSession, { address }: JoinedTill): GatewayLine {
  return new GatewayLine(session, address.login, gatewayKey(address.password));
}

/** What a till says hello with. */
function helloOf({ till }: JoinedTill) {
  const { installation, epoch } = till.identity();
  const { seq, hash } = till.head();
  const about = { at: '2026-03-01T09:00:00.000Z', version: 'test' };
  return {
    name: 'hello',
    arguments: { installation, epoch, seq, hash: toHex(hash), about },
    timeout_ms,
  } as const;
}

const pullAll = {
  name: 'pull',
  arguments: { cursors: { company: null, store: null }, limit: 500 },
  timeout_ms,
} as const;

/** Says hello and pushes what central has not got. */
async function send(line: GatewayLine, joined: JoinedTill) {
  const welcome = await line.call(helloAnswer, helloOf(joined));
  if (welcome.answer !== 'welcome') throw new Error(`hello was answered ${welcome.answer}`);
  const { installation } = joined.till.identity();
  const entries = joined.till.entriesAfter(welcome.acked_seq, { count: 200, bytes: 262_144 });
  return await line.call(pushAnswer, {
    name: 'push',
    arguments: { epoch: welcome.epoch, from_seq: welcome.acked_seq + 1, unprojected: false, installation },
    entries,
    timeout_ms,
  });
}

describe('two tills in the same sessions', () => {
  it('send and read each its own, call by call in another session', async () => {
    const sessions = [await openShared(), await openShared(), await openShared()];
    const shared = inTurn(sessions);
    const lines = [one, other].map((joined) => lineOf(shared, joined));
    const product = makeProduct(shop.ids);
    for (const { till } of [one, other]) {
      till.open();
      for (let i = 0; i < 5; i += 1) till.append('sale.completed', makeSale(till, [{ product, quantity_milli: 1000 }]));
    }
    const answers = await Promise.all(
      [one, other].map(async (joined, i) => {
        const line = lines[i];
        if (line === undefined) throw new Error('no line');
        return await send(line, joined);
      }),
    );
    for (const [i, { till }] of [one, other].entries()) {
      const { seq, hash } = till.head();
      expect(answers[i]).toMatchObject({ answer: 'taken', quarantined: 0, acked_seq: seq, head_hash: toHex(hash) });
    }
    expect(await shop.value('select count(*)::int from sales')).toBe(10);
    const pulled = await lines[0]?.call(pullAnswer, pullAll);
    expect(pulled?.answer).toBe('pages');
    // Nothing of a till is left in the session for the next one.
    expect((await raw.query("select current_setting('evertill.speaks', true) as speaks")).rows).toEqual([
      { speaks: null },
    ]);
    for (const session of sessions) session.destroy();
  });

  it('one of which was revoked is told so at its next call', async () => {
    const session = await openShared();
    const revoked = await shop.join('G3');
    const line = lineOf(session, revoked);
    expect(await line.call(helloAnswer, helloOf(revoked))).toMatchObject({ answer: 'welcome' });
    await shop.admin.query('select set_till_active(null, $1, false)', [revoked.till.options.till]);
    expect(await line.call(pullAnswer, pullAll)).toMatchObject({ answer: 'refused', reason: 'deactivated' });
    expect(await line.call(helloAnswer, helloOf(revoked))).toMatchObject({ answer: 'refused', reason: 'deactivated' });
    session.destroy();
  });

  it('end each other neither by a statement nor by a setting', async () => {
    const session = await openShared();
    const { rows } = await shop.admin.query<{ pid: number }>(
      `select pid from pg_stat_activity where usename = $1 and application_name = 'evertill'
       order by backend_start desc limit 1`,
      [shop.roles.gateway],
    );
    expect(rows).toHaveLength(1);
    for (const call of ['pg_terminate_backend', 'pg_cancel_backend'])
      await expect(raw.query(`select ${call}($1)`, [rows[0]?.pid])).rejects.toMatchObject({ code: '42501' });
    const line = lineOf(session, one);
    expect(await line.call(pullAnswer, pullAll)).toMatchObject({ answer: 'pages' });
    session.destroy();
  });
});

interface Said {
  readonly login?: string;
  readonly nonce?: string;
  readonly proof?: Uint8Array | null;
  readonly name?: string;
  readonly arguments?: string;
  readonly hashes?: readonly Uint8Array[];
}

async function freshNonce(login: string): Promise<string> {
  const asked = await raw.query<{ answer: { nonce: string } }>("select gateway($1, '', '', 'pull', '{}') as answer", [
    login,
  ]);
  return asked.rows[0]?.answer.nonce ?? '';
}

const pullText = JSON.stringify(pullAll.arguments);

/** The first till's honest pull; `forged` is what is sent in place of what was proved. */
async function say(forged: Said, key: Uint8Array = gatewayKey(one.address.password)): Promise<unknown> {
  const login = one.address.login;
  const nonce = forged.nonce ?? (await freshNonce(login));
  const proof = gatewayProof(key, { login, nonce, name: 'pull', arguments: pullText, last_hash: '' });
  const { rows } = await raw.query<{ answer: { answer: string } }>(
    'select gateway($1, $2, $3, $4, $5, $6::bytea[], $7::bytea[]) as answer',
    [
      forged.login ?? login,
      nonce,
      forged.proof === undefined ? proof : forged.proof,
      forged.name ?? 'pull',
      forged.arguments ?? pullText,
      [],
      forged.hashes ?? [],
    ],
  );
  return rows[0]?.answer.answer;
}

describe('a call through the gateway', () => {
  it('is made when it is proved', async () => {
    expect(await say({})).toBe('pages');
  });

  it('is refused where the proof is not of this key, login, call or argument', async () => {
    const stranger = 'evertill_till_000000000000';
    const attempts: readonly (readonly [Said, Uint8Array?])[] = [
      [{}, gatewayKey('another password')],
      [{}, Buffer.alloc(32)],
      [{ proof: null }],
      [{ proof: Buffer.alloc(0) }],
      [{ proof: Buffer.alloc(32) }],
      [{ login: other.address.login, nonce: await freshNonce(other.address.login) }],
      [{ login: stranger, nonce: await freshNonce(stranger) }],
      [{ name: 'hello' }],
      [{ name: 'push' }],
      [{ arguments: `${pullText} ` }],
      [{ arguments: '{}' }],
      [{ hashes: [randomBytes(32)] }],
    ];
    for (const [forged, key] of attempts)
      await expect(say(forged, key), JSON.stringify(forged)).rejects.toMatchObject({ code: '42501' });
  });

  it('with a nonce that is old, another till’s or made up does nothing, and brings a good one', async () => {
    const made = async (login: string, age_s: number) =>
      String(
        await shop.value('select make_nonce($1, ((extract(epoch from clock_timestamp()) - $2) * 1000)::bigint)', [
          login,
          age_s,
        ]),
      );
    const { login } = one.address;
    expect(await say({ nonce: await made(login, 590) })).toBe('pages');
    for (const nonce of [
      await made(login, 610),
      await made(login, -60),
      await made(other.address.login, 1),
      `${Date.now()}.${'0'.repeat(32)}`,
      `999999999999999.${'0'.repeat(32)}`,
      '',
      "' or true --",
    ])
      expect(await say({ nonce }), nonce).toBe('nonce');
  });

  it('brings a newer nonce before the old one is too old', async () => {
    const { login, password } = one.address;
    const nonce = String(
      await shop.value('select make_nonce($1, ((extract(epoch from clock_timestamp()) - 400) * 1000)::bigint)', [
        login,
      ]),
    );
    const proof = gatewayProof(gatewayKey(password), {
      login,
      nonce,
      name: 'pull',
      arguments: pullText,
      last_hash: '',
    });
    const { rows } = await raw.query<{ answer: { answer: string; nonce: string } }>(
      'select gateway($1, $2, $3, $4, $5) as answer',
      [login, nonce, proof, 'pull', pullText],
    );
    expect(rows[0]?.answer).toMatchObject({ answer: 'pages' });
    expect(await say({ nonce: rows[0]?.answer.nonce ?? '' })).toBe('pages');
  });

  it('takes no name of a call that it does not know, and no argument that is too long', async () => {
    const { login, password } = one.address;
    const call = async (name: string, said: string) => {
      const nonce = await freshNonce(login);
      const proof = gatewayProof(gatewayKey(password), { login, nonce, name, arguments: said, last_hash: '' });
      await raw.query('select gateway($1, $2, $3, $4, $5)', [login, nonce, proof, name, said]);
    };
    await expect(call('restored', '{}')).rejects.toMatchObject({ code: '22023' });
    await expect(call('pull', JSON.stringify({ cursors: 'x'.repeat(20_000) }))).rejects.toMatchObject({
      code: '22023',
    });
  });
});

describe('who speaks', () => {
  const ask = async (client: pg.Client) => (await client.query('select asked_who() as login')).rows[0]?.login;

  it('is nobody whom a setting says, nor whoever proved it in a transaction before', async () => {
    await shop.admin.query(
      `create function asked_who() returns name language sql security definer
         set search_path = pg_catalog, evertill, pg_temp return speaking_login();
       alter function asked_who() owner to "${shop.roles.owner}";
       grant execute on function asked_who() to public`,
    );
    expect(await ask(raw)).toBeNull();
    await raw.query('begin');
    expect(await say({})).toBe('pages');
    expect(await ask(raw)).toBe(one.address.login);
    const { rows } = await raw.query<{ word: string }>("select current_setting('evertill.speaks') as word");
    await raw.query('commit');
    const word = rows[0]?.word ?? '';
    expect(word).toContain(one.address.login);
    for (const set of [
      word,
      one.address.login,
      `${one.address.login} `,
      word.replace(one.address.login, other.address.login),
      '',
    ]) {
      await raw.query("select set_config('evertill.speaks', $1, false)", [set]);
      expect(await ask(raw), set).toBeNull();
    }
    // Whoever logged in speaks, whatever it sets.
    const direct = await shop.connectAs(one.address.login, one.address.password);
    await direct.query("select set_config('evertill.speaks', $1, false)", [other.address.login]);
    expect(await ask(direct)).toBe(one.address.login);
    await direct.end();
  });
});

describe('npm run central', () => {
  const root = join(import.meta.dirname, '..', '..');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'evertill-gateway-'));
    writeFileSync(join(folder, 'password'), `${shop.at.password}\n`, { mode: 0o600 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const central = async (...parameters: readonly string[]) =>
    await runProgram('commands/central.ts', parameters, {
      root,
      env: {
        EVERTILL_DATABASE_HOST: shop.at.host,
        EVERTILL_DATABASE_PORT: String(shop.at.port),
        EVERTILL_DATABASE_NAME: shop.at.database,
        EVERTILL_DATABASE_USER: shop.at.user,
        EVERTILL_DATABASE_PASSWORD_FILE: join(folder, 'password'),
      },
    });
  const welcomed = async () => {
    const session = await openSession(one.address, defaultTimeouts);
    const answer = await new DirectLine(session).call(helloAnswer, helloOf(one));
    session.destroy();
    return answer;
  };

  it('writes what PgBouncer is started with, and tells tills where it is', async () => {
    const made = await central('gateway', 'bouncer.example:6432', '--folder', folder, '--listen', '127.0.0.1:6432');
    expect(made.isOk, made.output).toBe(true);
    const ini = readFileSync(join(folder, 'pgbouncer.ini'), 'utf8');
    const password = / password=(\S+)/.exec(ini)?.[1] ?? '';
    expect(made.output).not.toContain(password);
    const client = await shop.connectAs(shop.roles.gateway, password);
    await client.end();
    const [user, second] = readFileSync(join(folder, 'userlist.txt'), 'utf8')
      .split('"')
      .filter((text) => text.trim());
    const asking = await shop.connectAs(user ?? '', second ?? '');
    const { rows } = await asking.query('select login, password from bouncer_login($1)', [one.address.login]);
    expect(rows).toEqual([{ login: one.address.login, password: gatewayPassword(gatewayKey(one.address.password)) }]);
    await asking.end();
    expect(await welcomed()).toMatchObject({ gateway: { host: 'bouncer.example', port: 6432 } });
    // An older PgBouncer refuses to start with a setting that it doesn't know.
    expect(ini).not.toContain('max_user_client_connections');
    const off = await central('gateway', 'off');
    expect(off.isOk, off.output).toBe(true);
    expect(await welcomed()).toMatchObject({ gateway: null });
  });

  it('says what it does not understand, and changes nothing', async () => {
    for (const parameters of [
      ['gateway'],
      ['gateway', 'nowhere', '--folder', folder],
      ['gateway', 'bouncer.example:6432'],
      ['gateway', 'bouncer.example:6432', '--folder', folder],
      ['gateway', 'bouncer.example:99999', '--folder', folder, '--listen', '127.0.0.1:1'],
      ['restored', 'now'],
      ['restored', '--gone'],
    ]) {
      const ran = await central(...parameters);
      expect(ran, parameters.join(' ')).toMatchObject({ isOk: false });
      expect(ran.output).toContain('Usage: npm run central');
    }
    expect(await welcomed()).toMatchObject({ gateway: null });
  });
});
