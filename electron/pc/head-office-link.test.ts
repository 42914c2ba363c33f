/** A till joins a real central through the link of the browser host, and its sales arrive there. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { randomBytes } from 'node:crypto';
import type { TillId } from '../../shared/ids.ts';
import { enrol } from '../../sync/enrol.ts';
import { type EnrolmentCode, formatCode } from '../../sync/enrolment-code.ts';
import { pushAll } from '../../tests/headoffice/office.ts';
import { createDatabase } from '../../tests/support/postgres.ts';
import { CentralShop } from '../../tests/sync/central-shop.ts';
import { dataFolder } from './folder.ts';
import { type OpenedTill, openTill } from './open-till.ts';

let folder: string;
let shop: CentralShop;
let opened: OpenedTill | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evertill-link-'));
  shop = await CentralShop.open(await createDatabase());
});

afterEach(async () => {
  opened?.close();
  opened = undefined;
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const files = () => dataFolder(join(folder, 'till'));

async function tell(operation: string, input: unknown): Promise<unknown> {
  const result = await opened?.till.invoke({ operation, input, command: v7() });
  if (result === undefined || !result.ok) throw new Error(`${operation}: ${result?.error.code ?? 'no till'}`);
  return result.value;
}

const heads = async () => ({
  till: opened?.till.sync.head().seq,
  central: Number(await shop.value('select acked_seq from till_heads')),
});

/** The PC went down before the till was set up: its file is not there, the link's is. */
function forgetTill(): void {
  for (const name of ['till.db', 'till.db-wal', 'till.db-shm', 'till.db.lock'])
    rmSync(join(files().folder, name), { force: true });
  rmSync(files().key);
}

async function takeoverCode(till: TillId): Promise<EnrolmentCode> {
  const office = await shop.headOffice();
  const { rows } = await office.query<{ made: { login: string; secret: string } }>(
    'select create_takeover_code(null, $1) as made',
    [till],
  );
  await office.end();
  const made = rows[0]?.made;
  if (made === undefined) throw new Error('no code');
  const { host, port, database } = shop.at;
  return { ...made, host, port, database, ca_fingerprint: null };
}

describe('the link to the head office', () => {
  it('joins with a code, keeps the password wrapped, and syncs now and after a restart', async () => {
    opened = openTill(files(), 'test');
    expect(await opened.till.invoke({ operation: 'sync.status', input: {} })).toMatchObject({
      value: { state: 'standalone' },
    });
    const code = formatCode(await shop.makeCode('T7'));
    expect(await tell('setup.join', { code })).toMatchObject({ till_code: 'T7' });
    await expect.poll(heads, { timeout: 30_000 }).toEqual({ till: 2, central: 2 });

    const kept = readFileSync(files().headOffice, 'utf8');
    expect(kept).not.toContain(code.split('/').at(-1) ?? '');
    expect(JSON.parse(kept)).toMatchObject({ joined: { address: { login: expect.stringContaining('evertill_') } } });
    if (process.platform !== 'win32') expect(statSync(files().headOffice).mode & 0o777).toBe(0o600);

    opened.close();
    opened = openTill(files(), 'test');
    await expect
      .poll(() => opened?.till.invoke({ operation: 'sync.status', input: {} }), { timeout: 30_000 })
      .toMatchObject({ value: { state: 'confirmed', confirmed_seq: 2 } });
  });

  it('asks a code again as the same installation when the first answer was lost', async () => {
    opened = openTill(files(), 'test');
    const code = formatCode(await shop.makeCode('T8'));
    await tell('setup.join', { code });
    const { installation } = opened.till.sync.identity();
    opened.close();
    forgetTill();
    opened = openTill(files(), 'test');
    await tell('setup.join', { code });
    expect(opened.till.sync.identity().installation).toBe(installation);
  });

  it('says that the till which it shall take over is out of use', async () => {
    const { till } = (await shop.join('T6')).till.options;
    const code = formatCode(await takeoverCode(till));
    await shop.admin.query('select set_till_active(null, $1, false)', [till]);
    opened = openTill(files(), 'test');
    await expect(tell('setup.join', { code })).rejects.toThrow('enrolment.till_inactive');
    await shop.admin.query('select set_till_active(null, $1, true)', [till]);
    expect(await tell('setup.join', { code })).toMatchObject({ till_code: 'T6', till });
  });

  it.each(['with what it sold', 'still empty'] as const)(
    'says to the PC whose joining was broken off that another one has joined as this till since: %s',
    async (kind) => {
      const joined = await shop.join('T6');
      if (kind === 'with what it sold') {
        joined.till.open();
        await pushAll(joined);
      }
      const { till } = joined.till.options;
      const first = await takeoverCode(till);
      opened = openTill(files(), 'test');
      await tell('setup.join', { code: formatCode(first) });
      opened.close();
      forgetTill();
      const parts = { keepPassword: () => undefined, randomBytes };
      expect(await enrol(await takeoverCode(till), shop.ids.next(), parts)).toMatchObject({ ok: true });
      opened = openTill(files(), 'test');
      await expect(tell('setup.join', { code: formatCode(first) })).rejects.toThrow('enrolment.code_refused');
    },
  );

  it('says which code is none, which one is not accepted, and when nobody answers', async () => {
    opened = openTill(files(), 'test');
    await expect(tell('setup.join', { code: 'nonsense' })).rejects.toThrow('enrolment.code_malformed');
    const code = await shop.makeCode('T9');
    const wrong = formatCode({ ...code, secret: 'f'.repeat(30) });
    await expect(tell('setup.join', { code: wrong })).rejects.toThrow('enrolment.code_refused');
    const nobody = formatCode({ ...code, host: '127.0.0.1', port: 9 });
    await expect(tell('setup.join', { code: nobody })).rejects.toThrow('enrolment.unreachable');
    // None of it did any harm: the right code still works.
    expect(await tell('setup.join', { code: formatCode(code) })).toMatchObject({ till_code: 'T9' });
  });
});
