/** Who gets in: passwords, tries, sessions, and who may let in whom. */
import { hash } from 'bcrypt';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFirstUser } from '../../headoffice/first-user.ts';
import { attemptLimits } from '../../headoffice/session/attempts.ts';
import { createClient } from '../../shared/contract/client.ts';
import { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { permissions } from '../../shared/contract/permissions.ts';
import { began, newCommand, openOffice, owner, type TestOffice } from './office.ts';
import { makePerson, traces } from './world.ts';

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;

let one: TestOffice;
beforeAll(async () => {
  one = await openOffice();
});
afterAll(() => one.close());

const wrong = { code: 'session.credential_wrong', data: {} };

describe('the first user', () => {
  it('is an owner who may do all that the console can; a second run changes nothing', async () => {
    const { permissions: held } = await one.client.session.current({});
    const { roles } = await one.client.user.list({});
    expect(roles.map(({ name }) => name)).toEqual(['office', 'owner', 'viewer']);
    const asked = new Set(
      Object.values(headOfficeContract).flatMap((verbs) => Object.values(verbs).map(({ access }) => access)),
    );
    for (const permission of permissions) if (asked.has(permission)) expect(held).toContain(permission);
    const again = await createFirstUser(one.pool, one.ports, { ...owner, password: 'quite another one' });
    expect(again).toEqual({ created: false });
    await expect(one.signIn(owner.login, 'quite another one', 'again')).rejects.toMatchObject({ failure: wrong });
  });

  it('needs a password that bcrypt can hold and nobody guesses', async () => {
    for (const [password, code] of [
      ['short', 'password.too_short'],
      ['ü'.repeat(37), 'password.too_long'],
    ] as const) {
      await expect(createFirstUser(one.pool, one.ports, { login: 'x', name: 'X', password })).rejects.toThrow(code);
    }
  });
});

describe('signing in', () => {
  it('takes the name in any case, and tells nothing by what is wrong', async () => {
    await one.signIn('  ELENA ', owner.password, 'any case');
    const answers = await Promise.all(
      [
        { login: owner.login, password: 'wrong' },
        { login: 'nobody', password: owner.password },
        { login: owner.login, password: `${owner.password}${'x'.repeat(80)}` },
      ].map((input) => one.office.invoke({ operation: 'session.sign_in', input, command: v7() }, { address: 'a1' })),
    );
    expect(answers).toEqual(answers.map(() => ({ ok: false, error: wrong })));
  });

  it('keeps neither password nor token, and writes neither into the log', async () => {
    const token = await one.signIn(owner.login, owner.password, 'kept');
    for (const table of [
      'office_users',
      'office_sessions',
      'office_answers',
      'office_sign_in_attempts',
      'office_edits',
    ]) {
      const dump = String(await one.shop.value(`select coalesce(string_agg(t::text, chr(10)), '') from ${table} t`));
      const found = [owner.password, token].filter((secret) => dump.includes(secret));
      expect({ table, found }).toEqual({ table, found: [] });
    }
    const log = JSON.stringify(one.lines);
    expect(log).toContain('session.began');
    expect(log).not.toContain(owner.password);
    expect(log).not.toContain(token);
  });

  it('ends with the person: whoever may no longer sign in is out at once', async () => {
    const person = await makePerson(one, ['sale.view']);
    const client = one.clientOf(person.token);
    await client.session.current({});
    const { users, roles } = await one.client.user.list({});
    const viewer = roles.find(({ name }) => name === 'viewer');
    const found = users.find(({ user }) => user === person.user);
    if (viewer === undefined || found === undefined) throw new Error('nobody to take out');
    await one.client.user.edit({ user: person.user, name: found.name, roles: [viewer.role], active: false });
    await expect(client.session.current({})).rejects.toThrow('session.ended');
    await expect(one.signIn(person.login, person.password, 'out')).rejects.toMatchObject({ failure: wrong });
  });

  it('lasts a working day and not longer', async () => {
    const client = one.clientOf(await one.signIn(owner.login, owner.password, 'a day'));
    one.clock.now_ms = began + 12 * hour_ms - 1;
    await client.session.current({});
    one.clock.now_ms = began + 12 * hour_ms;
    await expect(client.session.current({})).rejects.toThrow('session.ended');
    one.clock.now_ms = began;
  });
});

describe('too many tries', () => {
  const attempt = async (login: string, password: string, address: string, office = one.office) =>
    await office.invoke({ operation: 'session.sign_in', input: { login, password }, command: v7() }, { address });
  const locked = { ok: false, error: { code: 'session.locked_out', data: { minutes: 15 } } };

  it('of one name from one address are refused, the right password too, after a restart too', async () => {
    const person = await makePerson(one, []);
    for (let i = 0; i < attemptLimits.both; i += 1) {
      expect(await attempt(person.login, 'wrong', 'b1')).toEqual({ ok: false, error: wrong });
    }
    expect(await attempt(person.login, person.password, 'b1')).toEqual(locked);
    expect(await attempt(person.login, person.password, 'b1', one.restart())).toEqual(locked);
    // From elsewhere the person gets in: nobody locks somebody else out.
    expect(await attempt(person.login, person.password, 'b2')).toMatchObject({ ok: true });
    // Trying on makes nobody wait longer, and what is left to wait is told.
    one.clock.now_ms = began + 13 * minute_ms + 1;
    expect(await attempt(person.login, person.password, 'b1')).toEqual({
      ok: false,
      error: { code: 'session.locked_out', data: { minutes: 2 } },
    });
    one.clock.now_ms = began + 15 * minute_ms + 1;
    expect(await attempt(person.login, person.password, 'b1')).toMatchObject({ ok: true });
    one.clock.now_ms = began;
  });

  it('are counted before a password is compared: a hundred at once get no more', async () => {
    const person = await makePerson(one, []);
    const answers = await Promise.all(Array.from({ length: 40 }, () => attempt(person.login, 'wrong', 'c1')));
    const compared = answers.filter((answer) => !answer.ok && answer.error.code === 'session.credential_wrong');
    expect(compared.length).toBe(attemptLimits.both);
  });

  it('from one address are refused whatever the name, and nobody learns whether a name is there', async () => {
    for (let i = 0; i < attemptLimits.address; i += 1) {
      expect(await attempt(`guess-${String(i)}`, 'wrong', 'd1')).toEqual({ ok: false, error: wrong });
    }
    expect(await attempt('guess', 'wrong', 'd1')).toEqual(locked);
    expect(await attempt(owner.login, owner.password, 'd1')).toEqual(locked);
  });

  it('of one name from everywhere are refused in the end', async () => {
    const person = await makePerson(one, []);
    let refused = 0;
    for (let i = 0; i <= attemptLimits.login; i += 1) {
      const answer = await attempt(person.login, 'wrong', `e${String(i)}`);
      if (!answer.ok && answer.error.code === 'session.locked_out') refused += 1;
    }
    expect(refused).toBeGreaterThan(0);
  });

  it('are forgotten when the right password comes in time', async () => {
    const person = await makePerson(one, []);
    for (let round = 0; round < 3; round += 1) {
      for (let i = 1; i < attemptLimits.both; i += 1) await attempt(person.login, 'wrong', 'f1');
      expect(await attempt(person.login, person.password, 'f1')).toMatchObject({ ok: true });
    }
  });

  it('leave nothing behind from which a typed name could be told', async () => {
    await attempt('my password typed as a name', 'x', 'g1');
    const kept = await one.shop.admin.query<{ scope: string; length: number }>(
      'select scope, max(octet_length(key)) as length from office_sign_in_attempts group by scope order by scope',
    );
    expect(kept.rows).toEqual([
      { scope: 'address', length: 32 },
      { scope: 'both', length: 34 },
      { scope: 'login', length: 2 },
    ]);
  });
});

describe('a password of one’s own', () => {
  it('is changed with the old one, and ends every other session', async () => {
    const person = await makePerson(one, ['sale.view']);
    const here = one.clientOf(person.token, 'h1');
    const there = one.clientOf(await one.signIn(person.login, person.password, 'h2'));
    await expect(here.session.change_password({ current: 'wrong', password: 'a fine new one' })).rejects.toThrow(
      'session.credential_wrong',
    );
    await expect(here.session.change_password({ current: person.password, password: 'short' })).rejects.toThrow(
      'password.too_short',
    );
    await there.session.current({});
    await here.session.change_password({ current: person.password, password: 'a fine new one' });
    await here.session.current({});
    await expect(there.session.current({})).rejects.toThrow('session.ended');
    await expect(one.signIn(person.login, person.password, 'h3')).rejects.toMatchObject({ failure: wrong });
    await one.signIn(person.login, 'a fine new one', 'h3');
  });

  it('that was changed while the old one was still being compared wins', async () => {
    const person = await makePerson(one, []);
    const other = await hash('changed in between', 4);
    // The very moment between comparing and signing in: the row changes when the attempt is counted.
    const slow = one.office.invoke(
      { operation: 'session.sign_in', input: { login: person.login, password: person.password }, command: v7() },
      { address: 'i1' },
    );
    await one.shop.admin.query('update office_users set password_bcrypt = $2 where office_user = $1', [
      person.user,
      other,
    ]);
    const answer = await slow;
    const { rows } = await one.shop.admin.query('select from office_sessions where office_user = $1', [person.user]);
    // Either it was through before the change, or it is refused; never a session for a password that no longer holds.
    expect(answer.ok ? rows.length : 1).toBe(answer.ok ? 2 : 1);
  });
});

describe('people of the head office', () => {
  it('let in others with no more than they hold themselves', async () => {
    const boss = await makePerson(one, ['settings.edit', 'sale.view']);
    const client = one.clientOf(boss.token);
    const { roles } = await client.user.list({});
    const role = (name: string) => roles.find((one_) => one_.name === name)?.role ?? ('' as never);
    const made = { login: 'newcomer', name: 'New Comer', password: 'a password of theirs' };
    await expect(client.user.create({ ...made, roles: [role('owner')] })).rejects.toThrow('permission.missing');
    const { users } = await one.client.user.list({});
    const elena = users.find(({ login }) => login === owner.login);
    if (elena === undefined) throw new Error('no owner');
    // Nor take somebody over who holds more.
    const takeOver = client.user.set_password({ user: elena.user, password: 'taken over by them' });
    await expect(takeOver).rejects.toThrow('permission.missing');
    const demote = client.user.edit({ user: elena.user, name: 'x', roles: [role('viewer')], active: true });
    await expect(demote).rejects.toThrow('permission.missing');
    await one.signIn(owner.login, owner.password, 'j1');
  });

  it('have sign-in names of their own, and somebody always stays who may let others in', async () => {
    const { roles, users } = await one.client.user.list({});
    const role = (name: string) => roles.find((one_) => one_.name === name)?.role ?? ('' as never);
    const made = { name: 'Ina', password: 'a password of Ina', roles: [role('viewer')] };
    await one.client.user.create({ ...made, login: 'ina' });
    await expect(one.client.user.create({ ...made, login: 'INA' })).rejects.toThrow('staff.login_taken');
    await one.shop.admin.query(`update office_users set active = false where login like 'p-%'`);
    const elena = users.find(({ login }) => login === owner.login);
    if (elena === undefined) throw new Error('no owner');
    const change = { user: elena.user, name: elena.name };
    const before = await traces(one);
    for (const refused of [
      { ...change, roles: [role('viewer')], active: true },
      { ...change, roles: [role('owner')], active: false },
    ]) {
      await expect(one.client.user.edit(refused)).rejects.toThrow('staff.last_manager');
    }
    expect(await traces(one)).toBe(before);
  });

  it('may do by a role what its row says, from the next call on', async () => {
    const { roles } = await one.client.user.list({});
    const viewer = roles.find(({ name }) => name === 'viewer');
    if (viewer === undefined) throw new Error('no viewer');
    await one.client.user.create({ login: 'vera', name: 'Vera', password: 'a password of Vera', roles: [viewer.role] });
    const client = one.clientOf(await one.signIn('vera', 'a password of Vera', 'k1'));
    await client.sale.list({});
    await expect(client.till.rename({ till: one.shop.ids.next(), name: 'x' })).rejects.toThrow('permission.missing');
    await one.shop.admin.query("update office_roles set permissions = '{sync.view}' where name = 'viewer'");
    await expect(client.sale.list({})).rejects.toThrow('permission.missing');
    await client.till.list({});
  });
});

it('a client that knows no session is told so before anything is read', async () => {
  const client = createClient(headOfficeContract, one.office.invoke, { session: () => undefined, newCommand });
  await expect(client.report.totals({})).rejects.toThrow('session.required');
});
