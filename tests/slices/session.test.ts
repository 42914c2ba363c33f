import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RoleId, type StaffId, uuidToBytes } from '../../shared/ids.ts';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import {
  codeOf,
  failureOf,
  firstManager,
  newTill,
  openShop,
  type Seat,
  seededRandom,
  type TestTill,
  testSecrets,
  uuidAt,
} from './support/till.ts';

const second_ms = 1000;
const minute_ms = 60 * second_ms;

let shop: TestTill & { readonly manager: Seat };
let cashierRole: RoleId;
let sam: StaffId;
const samsPin = '2580';

beforeEach(async () => {
  shop = await openShop();
  const { roles } = await shop.manager.client.staff.roles({});
  const role = roles.find(({ permissions }) => !permissions.includes('staff.edit'));
  if (role === undefined) throw new Error('a new shop has a role for cashiers');
  cashierRole = role.role;
  const made = await shop.manager.client.staff.create({
    name: 'Sam Whitlock',
    login: 'sam',
    roles: [cashierRole],
    pin: samsPin,
    password: 'sam likes tea',
  });
  sam = made.staff;
});

afterEach(() => shop.end());

const wrongPin = () => shop.signInByPin(sam, '0000');

/** All bytes of the till's file and its log, as somebody finds them who copies the disk. */
function journalText(): string {
  const file = openTillFileToRead(shop.path);
  try {
    const rows = file.connection.prepare('SELECT bytes FROM journal ORDER BY seq').all() as { bytes: Uint8Array }[];
    return rows.map(({ bytes }) => Buffer.from(bytes).toString('utf8')).join('\n');
  } finally {
    file.close();
  }
}

function rowsOf(sql: string): unknown[] {
  const file = openTillFileToRead(shop.path);
  try {
    return file.connection.prepare(sql).all();
  } finally {
    file.close();
  }
}

describe('signing in', () => {
  it('a cashier chooses a name and types a PIN', async () => {
    const { people } = await shop.anyone.session.choices({});
    expect(people).toEqual([
      { staff: shop.manager.staff, name: 'Maya Okafor', has_pin: true },
      { staff: sam, name: 'Sam Whitlock', has_pin: true },
    ]);
    const seat = await shop.signInByPin(sam, samsPin);
    const current = await seat.client.session.current({});
    expect(current).toMatchObject({ staff: sam, name: 'Sam Whitlock', since: '2026-11-21T09:30:00.000Z' });
    expect(current.permissions).toContain('sale.create');
    expect(current.permissions).not.toContain('staff.edit');
  });

  it('a manager types a sign-in name, in whatever case, and a password', async () => {
    const seat = await shop.signInByPassword('  MAYA ', firstManager.password);
    expect(seat.staff).toBe(shop.manager.staff);
  });

  it('nobody signs in by a PIN without being named', async () => {
    const who = { login: 'sam' };
    expect(await codeOf(shop.anyone.session.sign_in({ who, credential: { kind: 'pin', secret: samsPin } }))).toBe(
      'session.credential_wrong',
    );
  });

  it('a PIN is no password, a password no PIN, and the wrong one is neither', async () => {
    const who = { staff: sam };
    for (const credential of [
      { kind: 'password', secret: samsPin },
      { kind: 'pin', secret: 'sam likes tea' },
      { kind: 'password', secret: 'sam likes coffee' },
    ] as const)
      expect(await codeOf(shop.anyone.session.sign_in({ who, credential }))).toBe('session.credential_wrong');
  });

  it('an unknown person fails like a wrong password, and what was typed is kept nowhere', async () => {
    const secret = 'my-real-password-by-mistake';
    const credential = { kind: 'password', secret: 'whatever it was' } as const;
    expect(await codeOf(shop.anyone.session.sign_in({ who: { login: secret }, credential }))).toBe(
      'session.credential_wrong',
    );
    const nobody = uuidAt<StaffId>(shop.clock.now(), seededRandom('nobody'));
    expect(await codeOf(shop.signInByPin(nobody, '1234'))).toBe('session.credential_wrong');
    expect(rowsOf('SELECT * FROM sign_in_attempts')).toEqual([]);
    expect(JSON.stringify([shop.log, rowsOf('SELECT operation, answer FROM answers')]) + journalText()).not.toContain(
      secret,
    );
  });

  it('keeps of a token only its hash, and of a PIN only what its own key can open', async () => {
    const seat = await shop.signInByPin(sam, samsPin);
    const rows = rowsOf('SELECT token_hash, since FROM sessions') as { token_hash: Uint8Array }[];
    expect(rows).toHaveLength(2);
    for (const { token_hash } of rows) expect(Buffer.from(token_hash).toString('base64url')).not.toBe(seat.token);
    const verifiers = rowsOf('SELECT wrapped FROM staff_verifiers') as { wrapped: Uint8Array }[];
    for (const { wrapped } of verifiers) expect(Buffer.from(wrapped).toString('latin1')).not.toContain('$2b$');
    expect(rowsOf("SELECT 1 FROM answers WHERE operation = 'session.sign_in'")).toEqual([]);
  });

  it('a password that only begins like the right one is wrong, even beyond what bcrypt reads', async () => {
    const long = 'é'.repeat(36);
    await shop.manager.client.staff.set_password({ staff: sam, password: long });
    await shop.signInByPassword('sam', long);
    expect(await codeOf(shop.signInByPassword('sam', `${long}x`))).toBe('session.credential_wrong');
  });

  it('before set-up there is nobody to sign in', async () => {
    const empty = newTill();
    const who = { login: 'maya' };
    const credential = { kind: 'password', secret: firstManager.password } as const;
    expect(await codeOf(empty.anyone.session.sign_in({ who, credential }))).toBe('setup.not_done');
    expect(await empty.anyone.session.choices({})).toEqual({ people: [] });
    empty.end();
  });

  it('a file that was carried to another PC opens nobody’s PIN, and says so in the log', async () => {
    const other = testSecrets(0x77);
    Object.assign(shop.ports.secrets, other);
    expect(await codeOf(shop.signInByPin(sam, samsPin))).toBe('session.credential_wrong');
    expect(shop.log.map(({ event }) => event)).toContain('verifier.unreadable');
  });
});

describe('locking', () => {
  it('ends the session and no other', async () => {
    const seat = await shop.signInByPin(sam, samsPin);
    await seat.client.session.lock({});
    expect(await codeOf(seat.client.session.current({}))).toBe('session.ended');
    expect((await shop.manager.client.session.current({})).staff).toBe(shop.manager.staff);
  });

  it('a session outlives a start of the PC', async () => {
    const seat = await shop.signInByPin(sam, samsPin);
    shop.restart();
    expect((await seat.client.session.current({})).staff).toBe(sam);
  });

  it('ends with the person: whoever is made inactive is out at once and can’t come back', async () => {
    const seat = await shop.signInByPin(sam, samsPin);
    await shop.manager.client.staff.edit({ staff: sam, against: 1, changes: { active: false } });
    expect(await codeOf(seat.client.session.current({}))).toBe('session.ended');
    expect(await codeOf(shop.signInByPin(sam, samsPin))).toBe('session.credential_wrong');
    expect((await shop.anyone.session.choices({})).people.map(({ staff }) => staff)).toEqual([shop.manager.staff]);
    await shop.manager.client.staff.edit({ staff: sam, against: 2, changes: { active: true } });
    expect(await codeOf(seat.client.session.current({}))).toBe('session.ended');
    await shop.signInByPin(sam, samsPin);
  });

  it('roles that change count for sessions that are open', async () => {
    const seat = await shop.signInByPin(sam, samsPin);
    await shop.manager.client.staff.edit({ staff: sam, against: 1, changes: { roles: [] } });
    expect((await seat.client.session.current({})).permissions).toEqual([]);
    expect(await codeOf(seat.client.product.search({ text: 'tea' }))).toBe('permission.missing');
  });
});

describe('too many wrong PINs', () => {
  async function fiveWrong(): Promise<void> {
    for (let i = 0; i < 4; i += 1) expect(await codeOf(wrongPin())).toBe('session.credential_wrong');
    expect(await failureOf(wrongPin())).toEqual({
      code: 'session.locked_out',
      data: { until: new Date(shop.clock.now() + 30 * second_ms).toISOString() },
    });
  }

  it('lock the person out for half a minute, the right PIN too, and the journal remembers', async () => {
    await fiveWrong();
    expect(await codeOf(shop.signInByPin(sam, samsPin))).toBe('session.locked_out');
    await shop.signInByPin(shop.manager.staff, firstManager.pin);
    const entries = journalText()
      .split('\n')
      .filter((text) => text.includes('"staff.locked_out"'));
    expect(entries).toHaveLength(1);
    expect(JSON.parse(entries[0] ?? '')).toMatchObject({ actor: null, body: { staff: sam, failed_attempts: 5 } });
    shop.clock.pass(30 * second_ms);
    await shop.signInByPin(sam, samsPin);
  });

  it('the lockout is there after a start of the PC', async () => {
    await fiveWrong();
    shop.restart();
    expect(await codeOf(shop.signInByPin(sam, samsPin))).toBe('session.locked_out');
  });

  it('each further failure locks twice as long, up to a quarter of an hour', async () => {
    await fiveWrong();
    for (const lockout_ms of [60, 120, 240, 480, 900, 900].map((seconds) => seconds * second_ms)) {
      shop.clock.pass(15 * minute_ms);
      const { data } = await failureOf(wrongPin());
      expect(data).toEqual({ until: new Date(shop.clock.now() + lockout_ms).toISOString() });
    }
  });

  it('the right PIN in between begins the count anew', async () => {
    for (let i = 0; i < 4; i += 1) await codeOf(wrongPin());
    await shop.signInByPin(sam, samsPin);
    for (let i = 0; i < 4; i += 1) expect(await codeOf(wrongPin())).toBe('session.credential_wrong');
  });

  it('a hundred tries at once win no more than five: even the right one among them comes too late', async () => {
    const tries = Array.from({ length: 100 }, async (_, i) => {
      // Sent last, and compared by whichever thread comes to it.
      const pin = i === 99 ? samsPin : String(1000 + i);
      try {
        await shop.signInByPin(sam, pin);
        return 'in';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    });
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'session.credential_wrong').length).toBeLessThanOrEqual(4);
    expect(outcomes[99]).toBe('session.locked_out');
    expect(outcomes.filter((outcome) => outcome === 'session.locked_out').length).toBeGreaterThanOrEqual(95);
  });

  it('an attempt is counted before it is compared: pulling the plug wins none', async () => {
    const attempt = wrongPin();
    // The count is committed by the time the call first waits.
    expect(rowsOf('SELECT failed FROM sign_in_attempts')).toEqual([{ failed: 1 }]);
    await codeOf(attempt);
  });

  it('a new PIN from the manager lets the person in at once', async () => {
    await fiveWrong();
    await shop.manager.client.staff.set_pin({ staff: sam, pin: '135790' });
    expect((await shop.signInByPin(sam, '135790')).staff).toBe(sam);
  });

  it('a verifier that changes while it is compared lets nobody in', async () => {
    const attempt = codeOf(shop.signInByPin(sam, samsPin));
    const change = shop.manager.client.staff.edit({ staff: sam, against: 1, changes: { name: 'Samuel Whitlock' } });
    await change;
    expect(await attempt).toBe('session.credential_wrong');
    await shop.signInByPin(sam, samsPin);
  });
});

describe('a manager’s approval', () => {
  const tax = () =>
    ({
      tax: uuidAt(shop.clock.now(), seededRandom('tax')),
      code: 'A',
      name: 'Standard',
      rate_millionths: 200_000,
      active: true,
    }) as never;
  let seat: Seat;

  beforeEach(async () => {
    seat = await shop.signInByPin(sam, samsPin);
  });

  const approve = (changes: Partial<Parameters<Seat['client']['session']['approve']>[0]> = {}) =>
    seat.client.session.approve({
      staff: shop.manager.staff,
      credential: { kind: 'pin', secret: firstManager.pin },
      permission: 'product.edit',
      command: uuidAt(shop.clock.now(), seededRandom('command')),
      ...changes,
    });

  it('allows exactly the command that it names, once', async () => {
    const command = uuidAt<never>(shop.clock.now(), seededRandom('named'));
    const { approval, approver } = await approve({ command });
    expect(approver).toBe('Maya Okafor');
    expect(await codeOf(seat.client.catalogue.record_tax(tax(), { approval }))).toBe('approval.invalid');
    await seat.client.catalogue.record_tax(tax(), { approval, command });
    const entry = journalText()
      .split('\n')
      .find((text) => text.includes('"tax.recorded"'));
    expect(JSON.parse(entry ?? '')).toMatchObject({ actor: sam, approver: shop.manager.staff, command });
    const again = uuidAt<never>(shop.clock.now(), seededRandom('again'));
    expect(await codeOf(seat.client.catalogue.record_tax(tax(), { approval, command: again }))).toBe(
      'approval.invalid',
    );
  });

  it('allows no other operation than one of its permission', async () => {
    const command = uuidAt<never>(shop.clock.now(), seededRandom('named'));
    const { approval } = await approve({ command, permission: 'sale.discount' });
    expect(await codeOf(seat.client.catalogue.record_tax(tax(), { approval, command }))).toBe('approval.invalid');
  });

  it('lasts five minutes', async () => {
    const command = uuidAt<never>(shop.clock.now(), seededRandom('named'));
    const { approval } = await approve({ command });
    shop.clock.pass(5 * minute_ms + 1);
    expect(await codeOf(seat.client.catalogue.record_tax(tax(), { approval, command }))).toBe('approval.invalid');
  });

  it('can’t be given by somebody who may not do it either', async () => {
    const own = { staff: sam, credential: { kind: 'pin', secret: samsPin } } as const;
    expect(await failureOf(approve(own))).toEqual({ code: 'permission.missing', data: { permission: 'product.edit' } });
  });

  it('counts a wrong PIN against the manager, and locks out like a sign-in', async () => {
    const wrong = { credential: { kind: 'pin', secret: '0000' } } as const;
    for (let i = 0; i < 4; i += 1) expect(await codeOf(approve(wrong))).toBe('session.credential_wrong');
    expect(await codeOf(approve(wrong))).toBe('session.locked_out');
    expect(await codeOf(shop.signInByPin(shop.manager.staff, firstManager.pin))).toBe('session.locked_out');
  });

  it('is stored with the name of who gave it', async () => {
    expect(rowsOf('SELECT * FROM approvals')).toEqual([]);
    await approve();
    const rows = rowsOf('SELECT approver FROM approvals') as { approver: Uint8Array }[];
    expect(rows.map(({ approver }) => Buffer.from(approver))).toEqual([Buffer.from(uuidToBytes(shop.manager.staff))]);
  });
});
