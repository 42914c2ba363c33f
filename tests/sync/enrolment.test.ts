import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InstallationId, toHex } from '../../shared/ids.ts';
import { genesisHash } from '../../shared/journal/chain.ts';
import { centralAt } from '../../sync/central.ts';
import { enrol, type EnrolmentParts } from '../../sync/enrol.ts';
import type { EnrolmentCode } from '../../sync/enrolment-code.ts';
import { createDatabase } from '../support/postgres.ts';
import { CentralShop } from './central-shop.ts';
import { sha256 } from './test-till.ts';

let shop: CentralShop;

beforeAll(async () => {
  shop = await CentralShop.open(await createDatabase());
});

afterAll(async () => {
  await shop.close();
});

function parts(passwords: string[]): EnrolmentParts {
  return { keepPassword: (password) => void passwords.push(password), randomBytes };
}

async function join(code: EnrolmentCode, installation: InstallationId) {
  const passwords: string[] = [];
  const result = await enrol(code, installation, parts(passwords));
  return { result, password: passwords[0] ?? '' };
}

describe('an enrolment code', () => {
  it("makes a till that can log in, once; its store's other tills learn of it", async () => {
    const installation = shop.ids.next<InstallationId>();
    const { result, password } = await join(await shop.makeCode('E1'), installation);
    if (!result.ok) throw new Error(result.detail);
    const { enrolled } = result;
    expect(enrolled).toMatchObject({
      store: shop.store,
      code: 'E1',
      name: 'Counter',
      genesis_hash: toHex(genesisHash(sha256, installation)),
    });
    const connection = await centralAt({ ...enrolled.address, password }, 'test').connect();
    const hash = genesisHash(sha256, installation);
    expect(await connection.hello({ installation, epoch: 0, seq: 0, hash, at: '' })).toMatchObject({
      answer: 'welcome',
      chain: 'equal',
      acked_seq: 0,
    });
    connection.destroy();
    expect(
      await shop.value("select row->>'code' from feed_rows where kind = 'till' and key = $1", [enrolled.till]),
    ).toBe('E1');
  });

  it("is one installation's: the same may ask again (its answer was lost), another may not", async () => {
    const code = await shop.makeCode('E2');
    const installation = shop.ids.next<InstallationId>();
    const first = await join(code, installation);
    const again = await join(code, installation);
    if (!first.result.ok || !again.result.ok) throw new Error('not enrolled');
    expect(again.result.enrolled).toEqual(first.result.enrolled);
    // The last password is the one that holds.
    const { address } = again.result.enrolled;
    (await centralAt({ ...address, password: again.password }, 'test').connect()).destroy();
    await expect(centralAt({ ...address, password: first.password }, 'test').connect()).rejects.toMatchObject({
      fault: 'login',
    });
    const other = await join(code, shop.ids.next<InstallationId>());
    expect(other.result).toMatchObject({ ok: false, reason: 'used' });
    expect(other.password).toBe('');
    expect(await shop.value("select count(*)::int from tills where code = 'E2'")).toBe(1);
  });

  it('that is wrong, or whose time is over, is not accepted', async () => {
    const code = await shop.makeCode('E3');
    const installation = shop.ids.next<InstallationId>();
    const wrong = { ...code, secret: '0'.repeat(30) };
    expect((await join(wrong, installation)).result).toMatchObject({ ok: false, reason: 'code' });
    expect((await join({ ...code, login: '0'.repeat(10) }, installation)).result).toMatchObject({
      ok: false,
      reason: 'code',
    });
    // Its time is over for the row, and then for the login as well: each alone is enough.
    await shop.admin.query(
      "update enrolment_codes set expires_at = now() - interval '1 second' where till_code = 'E3'",
    );
    expect((await join(code, installation)).result).toMatchObject({ ok: false, reason: 'code', detail: 'expired' });
    await shop.admin.query("update enrolment_codes set expires_at = now() + interval '1 hour' where till_code = 'E3'");
    const { rows } = await shop.admin.query<{ same: boolean }>(
      "select rolvaliduntil > now() and rolvaliduntil < now() + interval '2 hours' as same from pg_roles where rolname = $1",
      [`evertill_code_${code.login}`],
    );
    expect(rows).toEqual([{ same: true }]);
    await shop.admin.query(`alter role evertill_code_${code.login} valid until '2020-01-01'`);
    expect((await join(code, installation)).result).toMatchObject({ ok: false, reason: 'code', detail: '28P01' });
    expect(await shop.value("select count(*)::int from tills where code = 'E3'")).toBe(0);
  });

  it('opens nothing but enrolment', async () => {
    const code = await shop.makeCode('E4');
    const client = await shop.connectAs(`evertill_code_${code.login}`, code.secret);
    for (const sql of [
      'select 1 from tills',
      "select pull('{}')",
      "select push(0, 1, '{}', '{}')",
      'select 1 from enrolment_codes',
    ])
      await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
    await expect(
      client.query("select enrol(gen_random_uuid(), 'a plain password', sha256('key'))"),
    ).rejects.toMatchObject({
      code: '22023',
    });
    await client.end();
  });

  it('is not made for a till code that is in use, nor for a store that is not there', async () => {
    await shop.makeCode('E5');
    const made = async (store: string, code: string) =>
      await shop.value("select create_enrolment_code(null, $1, $2, 'Counter')->>'answer'", [store, code]);
    expect(await made(shop.store, 'E5')).toBe('taken');
    expect(await made(shop.store, 'E1')).toBe('taken');
    expect(await made(shop.ids.next(), 'E6')).toBe('unknown');
    await expect(made(shop.store, 'lower case')).rejects.toMatchObject({ code: '23514' });
  });

  it('leaves no secret in any table', async () => {
    const code = await shop.makeCode('E7');
    const { rows } = await shop.admin.query<{ row: string }>(
      'select to_jsonb(c)::text as row from enrolment_codes c union all select to_jsonb(e)::text from office_edits e',
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ row }) => row.includes(code.secret))).toEqual([]);
  });

  it('that is long over is swept away with its login when another is made', async () => {
    const code = await shop.makeCode('E8');
    const login = `evertill_code_${code.login}`;
    await shop.admin.query("update enrolment_codes set expires_at = now() - interval '2 days' where login = $1", [
      login,
    ]);
    await shop.makeCode('E9');
    expect(await shop.value('select count(*)::int from pg_roles where rolname = $1', [login])).toBe(0);
  });
});

describe('a head office that is not on this PC', () => {
  it('is never connected to without its certificate authority', async () => {
    const installation = shop.ids.next<InstallationId>();
    const code = { ...(await shop.makeCode('E10')), host: 'db.example.com' };
    await expect(enrol(code, installation, parts([]))).rejects.toThrow(TypeError);
  });

  it('that offers no TLS is refused, whatever the environment says', async () => {
    const before = process.env['PGSSLMODE'];
    process.env['PGSSLMODE'] = 'no-verify';
    // Were it read, the server would refuse the connection.
    process.env['PGOPTIONS'] = '-c no_such_setting=1';
    try {
      const code = { ...(await shop.makeCode('E11')), ca_fingerprint: '00'.repeat(16) };
      const { result } = await join(code, shop.ids.next<InstallationId>());
      expect(result).toMatchObject({ ok: false, reason: 'certificate' });
      const { till, address } = await shop.join('E12');
      const ca = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----';
      await expect(centralAt({ ...address, ca }, 'test').connect()).rejects.toMatchObject({ fault: 'certificate' });
      expect(process.env['PGSSLMODE']).toBe('no-verify');
      expect(till.head().seq).toBe(0);
    } finally {
      delete process.env['PGOPTIONS'];
      if (before === undefined) delete process.env['PGSSLMODE'];
      else process.env['PGSSLMODE'] = before;
    }
  });
});
