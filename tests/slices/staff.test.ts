import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import type { RoleId, StaffId } from '../../shared/ids.ts';
import {
  codeOf,
  failureOf,
  firstManager,
  openShop,
  type Seat,
  seededRandom,
  type TestTill,
  uuidAt,
} from './support/till.ts';

let shop: TestTill & { readonly manager: Seat };
let cashier: RoleId;
let boss: RoleId;

beforeEach(async () => {
  shop = await openShop();
  const { roles } = await shop.manager.client.staff.roles({});
  cashier = roles.find(({ permissions }) => !permissions.includes('staff.edit'))?.role ?? cashier;
  boss = roles.find(({ permissions }) => permissions.includes('staff.edit'))?.role ?? boss;
});

afterEach(() => shop.end());

const hire = (changes: Partial<Parameters<Seat['client']['staff']['create']>[0]> = {}) =>
  shop.manager.client.staff.create({
    name: 'Sam Whitlock',
    login: 'sam',
    roles: [cashier],
    pin: '2580',
    password: null,
    ...changes,
  });

function journal(): { readonly kind: string; readonly text: string }[] {
  const file = openTillFileToRead(shop.path);
  try {
    const rows = file.connection.prepare('SELECT kind, bytes FROM journal ORDER BY seq').all() as {
      kind: string;
      bytes: Uint8Array;
    }[];
    return rows.map(({ kind, bytes }) => ({ kind, text: Buffer.from(bytes).toString('utf8') }));
  } finally {
    file.close();
  }
}

describe('hiring', () => {
  it('adds somebody who can sign in, and lists everybody by name', async () => {
    const sam = await hire();
    expect(sam).toMatchObject({ version: 1, name: 'Sam Whitlock', active: true, has_pin: true, has_password: false });
    const { staff, read_only } = await shop.manager.client.staff.list({});
    expect(staff.map(({ name, login }) => [name, login])).toEqual([
      ['Maya Okafor', 'maya'],
      ['Sam Whitlock', 'sam'],
    ]);
    expect(read_only).toBe(false);
    await shop.signInByPin(sam.staff, '2580');
  });

  it('keeps names, PINs and passwords out of the journal', async () => {
    await hire({ password: 'sam likes tea' });
    const entries = journal();
    expect(entries.map(({ kind }) => kind).slice(-3)).toEqual([
      'staff.created',
      'staff.credential_set',
      'staff.credential_set',
    ]);
    for (const { text } of entries) expect(text).not.toMatch(/Whitlock|Okafor|"sam"|2580|tea|\$2b/);
  });

  it.each([
    ['123', 'pin.malformed'],
    ['123456789', 'pin.malformed'],
    ['12a4', 'pin.malformed'],
    ['١٢٣٤', 'pin.malformed'],
    ['', 'pin.malformed'],
  ] as const)('refuses the PIN %j', async (pin, code) => {
    expect(await codeOf(hire({ pin }))).toBe(code);
  });

  it('refuses a password of less than 8 characters, or of more than 72 bytes', async () => {
    expect(await codeOf(hire({ password: 'sevenca' }))).toBe('password.too_short');
    expect(await codeOf(hire({ password: '🫖'.repeat(7) }))).toBe('password.too_short');
    expect(await codeOf(hire({ password: 'é'.repeat(37) }))).toBe('password.too_long');
    await hire({ password: 'é'.repeat(36) });
  });

  it('refuses a sign-in name that somebody active has, in whatever case; nothing of the attempt stays', async () => {
    await hire();
    const before = journal().length;
    expect(await failureOf(hire({ login: 'SAM ' }))).toEqual({ code: 'staff.login_taken', data: { login: 'SAM' } });
    expect(journal()).toHaveLength(before);
  });

  it('refuses a role that does not exist', async () => {
    const role = uuidAt<RoleId>(shop.clock.now(), seededRandom('role'));
    expect(await failureOf(hire({ roles: [role] }))).toEqual({ code: 'record.not_found', data: { role } });
  });

  it('is not for cashiers', async () => {
    const sam = await shop.signInByPin((await hire()).staff, '2580');
    expect(await codeOf(sam.client.staff.list({}))).toBe('permission.missing');
    expect(await codeOf(sam.client.staff.set_pin({ staff: sam.staff, pin: '1111' }))).toBe('permission.missing');
  });
});

describe('changing somebody', () => {
  it('raises the version; an edit against the old one says which there is now', async () => {
    const { staff } = await hire();
    const renamed = await shop.manager.client.staff.edit({ staff, against: 1, changes: { name: 'Sam Reid' } });
    expect(renamed).toMatchObject({ version: 2, name: 'Sam Reid', login: 'sam', roles: [cashier] });
    expect(await failureOf(shop.manager.client.staff.edit({ staff, against: 1, changes: { login: 'sr' } }))).toEqual({
      code: 'record.changed',
      data: { version: 2 },
    });
  });

  it('frees the sign-in name of who left, and asks for another when they come back to find it taken', async () => {
    const { staff } = await hire();
    await shop.manager.client.staff.edit({ staff, against: 1, changes: { active: false } });
    await hire({ name: 'Samira Haddad' });
    const back = { staff, against: 2, changes: { active: true } };
    expect(await codeOf(shop.manager.client.staff.edit(back))).toBe('staff.login_taken');
    const renamed = { ...back, changes: { active: true, login: 'sam2' } };
    expect(await shop.manager.client.staff.edit(renamed)).toMatchObject({ active: true, login: 'sam2', version: 3 });
  });

  it('somebody unknown is not found', async () => {
    const staff = uuidAt<StaffId>(shop.clock.now(), seededRandom('nobody'));
    expect(await codeOf(shop.manager.client.staff.edit({ staff, against: 1, changes: {} }))).toBe('record.not_found');
    expect(await codeOf(shop.manager.client.staff.set_pin({ staff, pin: '1234' }))).toBe('record.not_found');
  });
});

describe('the last one who may change the staff', () => {
  const edit = (changes: Parameters<Seat['client']['staff']['edit']>[0]['changes']) =>
    shop.manager.client.staff.edit({ staff: shop.manager.staff, against: 1, changes });

  it('can’t be made inactive, nor lose the role', async () => {
    expect(await codeOf(edit({ active: false }))).toBe('staff.last_manager');
    expect(await codeOf(edit({ roles: [cashier] }))).toBe('staff.last_manager');
    expect((await shop.manager.client.session.current({})).permissions).toContain('staff.edit');
  });

  it('can’t lose the permission by a change of the role either', async () => {
    const change = shop.manager.client.staff.record_role({ role: boss, name: 'manager', permissions: ['sale.create'] });
    expect(await codeOf(change)).toBe('staff.last_manager');
  });

  it('may go once there is another, who can sign in', async () => {
    const second = await hire({ name: 'Ines Duarte', login: 'ines', roles: [boss], pin: null });
    expect(await codeOf(edit({ active: false }))).toBe('staff.last_manager');
    await shop.manager.client.staff.set_password({ staff: second.staff, password: 'a long password' });
    expect(await edit({ active: false })).toMatchObject({ active: false });
    const ines = await shop.signInByPassword('ines', 'a long password');
    expect((await ines.client.staff.list({})).staff).toHaveLength(2);
    expect(await codeOf(shop.signInByPassword(firstManager.login, firstManager.password))).toBe(
      'session.credential_wrong',
    );
  });
});

describe('roles', () => {
  it('are rows: what one may do changes with them, at once', async () => {
    const sam = await shop.signInByPin((await hire()).staff, '2580');
    const { roles } = await shop.manager.client.staff.roles({});
    const before = roles.find(({ role }) => role === cashier)?.permissions ?? [];
    expect(await codeOf(sam.client.staff.list({}))).toBe('permission.missing');
    const permissions = [...before, 'staff.view'] as Parameters<
      Seat['client']['staff']['record_role']
    >[0]['permissions'];
    await shop.manager.client.staff.record_role({ role: cashier, name: 'Cashier', permissions });
    expect((await sam.client.staff.list({})).staff).toHaveLength(2);
  });

  it('a new one can be given to somebody', async () => {
    const role = uuidAt<RoleId>(shop.clock.now(), seededRandom('stock'));
    await shop.manager.client.staff.record_role({ role, name: 'Stock', permissions: ['stock.view', 'stock.adjust'] });
    const { staff } = await hire({ roles: [role] });
    const sam = await shop.signInByPin(staff, '2580');
    expect((await sam.client.session.current({})).permissions).toEqual(['stock.view', 'stock.adjust']);
  });
});

describe('what is kept of a command, to know it again', () => {
  it('holds no PIN that could be found by trying them all', async () => {
    const { staff } = await hire({ pin: null });
    await shop.manager.client.staff.set_pin({ staff, pin: '8642' });
    const file = openTillFileToRead(shop.path);
    const rows = file.connection
      .prepare("SELECT lower(hex(input_hash)) AS hash FROM answers WHERE operation = 'staff.set_pin'")
      .all() as { hash: string }[];
    const kept = rows.map(({ hash }) => hash);
    file.close();
    expect(kept).toHaveLength(1);
    const guess = (pin: string) => createHash('sha256').update(JSON.stringify({ staff, pin })).digest('hex');
    const guesses = Array.from({ length: 10_000 }, (_, n) => guess(String(n).padStart(4, '0')));
    expect(guesses.filter((hash) => kept.includes(hash))).toEqual([]);
  });
});
