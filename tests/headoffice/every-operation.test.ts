/**
 * What every operation must pass, whoever writes it: derived from the contract, so that a new operation is covered the
 * moment it is declared. The samples are the only thing written by hand.
 */
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../shared/contract/client.ts';
import { listOperations, type OperationName } from '../../shared/contract/define.ts';
import { type HeadOfficeContract, headOfficeContract } from '../../shared/contract/headoffice.ts';
import { type Permission, permissions } from '../../shared/contract/permissions.ts';
import { textPaths, unsoundSigns, withSign } from '../support/texts.ts';
import { samples } from './samples.ts';
import { countEdits, makePerson, openWorld, traces, type World } from './world.ts';

const operations = listOperations(headOfficeContract).map(({ name, operation }) => ({
  // The names come from the very contract that the samples are typed by.
  name: name as OperationName<HeadOfficeContract>,
  operation,
}));
/** Texts that are looked for: such signs count as spaces in them. */
const sought = new Set(['sale.list text', 'product.list text']);
const covered = { answered: 0, session: 0, permission: 0, malformed: 0, texts: 0, repeated: 0, at_once: 0 };

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  const facts = Object.entries(covered).map(([what, count]) => `${what} ${String(count)}`);
  console.log(`${String(operations.length)} operations of the head office covered: ${facts.join(', ')}`);
});

/** A call that succeeds, of somebody who holds these permissions. */
async function prepare(
  name: OperationName<HeadOfficeContract>,
  held: readonly Permission[] = permissions,
): Promise<Call & { readonly input: object; readonly session: string }> {
  const person = await makePerson(world, held);
  const input: object = await samples[name](world, person);
  return { operation: name, input, session: person.token, command: v7() };
}

describe.each(operations)('$name', ({ name, operation }) => {
  const { access } = operation;
  const keepsAnswer = operation.type === 'command' && operation.keepsAnswer;

  it('answers its sample as declared', async () => {
    const answer = await world.office.invoke(await prepare(name));
    expect(answer).toMatchObject({ ok: true });
    expect(operation.output.safeParse(answer.ok ? answer.value : undefined).success).toBe(true);
    covered.answered += 1;
  });

  if (access !== 'anyone')
    it('is refused without a session, with a token that was never given out, and after signing out', async () => {
      const call = await prepare(name);
      const before = await traces(world);
      const { session, ...without } = call;
      const refused = (code: string) => ({ ok: false, error: { code, data: {} } });
      expect(await world.office.invoke(without)).toEqual(refused('session.required'));
      expect(await world.office.invoke({ ...call, session: 'x'.repeat(43) })).toEqual(refused('session.ended'));
      expect(await traces(world)).toBe(before);
      await world.office.invoke({ operation: 'session.sign_out', input: {}, session, command: v7() });
      const after = await traces(world);
      expect(await world.office.invoke(call)).toEqual(refused('session.ended'));
      expect(await traces(world)).toBe(after);
      covered.session += 1;
    });

  if (access !== 'anyone' && access !== 'signed_in')
    it('is refused to who holds every permission but its own, and done for who holds that one alone', async () => {
      const others = permissions.filter((permission) => permission !== access);
      const refused = await prepare(name, others);
      const before = await traces(world);
      expect(await world.office.invoke(refused)).toEqual({
        ok: false,
        error: { code: 'permission.missing', data: { permission: access } },
      });
      expect(await traces(world)).toBe(before);
      expect(await world.office.invoke(await prepare(name, [access]))).toMatchObject({ ok: true });
      covered.permission += 1;
    });

  it('refuses malformed input, and a field that it does not know', async () => {
    const call = await prepare(name);
    const before = await traces(world);
    const malformed = { ok: false, error: { code: 'input.malformed' } };
    for (const input of [null, 'text', 7, [], { ...call.input, surplus: true }]) {
      expect(await world.office.invoke({ ...call, input })).toMatchObject(malformed);
    }
    for (const field of Object.keys(call.input)) {
      const input = { ...call.input, [field]: { not: 'this' } };
      expect({ field, answer: await world.office.invoke({ ...call, input }) }).toMatchObject({
        field,
        answer: malformed,
      });
    }
    expect(await traces(world)).toBe(before);
    covered.malformed += 1;
  });

  it('takes no text with a sign that nobody types, and says in which field it is', async () => {
    const call = await prepare(name);
    const before = await traces(world);
    for (const path of textPaths(call.input)) {
      const where = path.join('.');
      for (const sign of unsoundSigns) {
        const input = withSign(call.input, path, sign);
        const answer = await world.office.invoke({ ...call, input, command: v7() }, { address: `${name} ${where}` });
        const isSought = sought.has(`${name} ${where}`);
        expect({ path, sign, answer }).toMatchObject({
          path,
          sign,
          answer: isSought ? { ok: true } : { ok: false, error: { code: 'input.malformed', data: { where } } },
        });
      }
      covered.texts += 1;
    }
    expect(await traces(world)).toBe(before);
  });

  if (operation.type === 'command')
    it('is refused without a command UUID', async () => {
      const { command: _, ...without } = await prepare(name);
      const refused = { ok: false, error: { code: 'command.required' } };
      expect(await world.office.invoke(without)).toMatchObject(refused);
      expect(await world.office.invoke({ ...without, command: 'no uuid' })).toMatchObject(refused);
    });

  if (keepsAnswer)
    it('repeated, gives the first answer and does nothing again, even when the permission is gone', async () => {
      const call = await prepare(name);
      const first = await world.office.invoke(call);
      expect(first).toMatchObject({ ok: true });
      await world.shop.admin.query(`update office_roles set permissions = '{}' where name like 'role of p-%'`);
      const after = await traces(world);
      expect(await world.office.invoke(call)).toEqual(first);
      expect(await world.restart().invoke(call)).toEqual(first);
      expect(await traces(world)).toBe(after);
      covered.repeated += 1;
    });

  if (keepsAnswer)
    it('with the same UUID and another operation, or by somebody else, is a conflict', async () => {
      const call = await prepare(name);
      await world.office.invoke(call);
      const conflict = { ok: false, error: { code: 'command.conflict', data: {} } };
      const other = name === 'till.set_active' ? 'till.rename' : 'till.set_active';
      const input = await samples[other](world, await makePerson(world, permissions));
      expect(await world.office.invoke({ ...call, operation: other, input })).toEqual(conflict);
      const somebody = await makePerson(world, permissions);
      expect(await world.office.invoke({ ...call, session: somebody.token })).toEqual(conflict);
    });

  if (keepsAnswer)
    it('sent twice at once, happens once', async () => {
      const alone = await prepare(name);
      const start = await countEdits(world);
      await world.office.invoke(alone);
      const grown = (await countEdits(world)) - start;
      const call = await prepare(name);
      const before = await countEdits(world);
      // Two servers on one database: nothing in a process can be what keeps them apart.
      const [one, two] = await Promise.all([world.office.invoke(call), world.restart().invoke(call)]);
      expect(one).toEqual(two);
      expect(one).toMatchObject({ ok: true });
      expect((await countEdits(world)) - before).toBe(grown);
      covered.at_once += 1;
    });
});

it('an operation that nobody declared is refused, however it is spelled', async () => {
  const { token } = await makePerson(world, permissions);
  for (const operation of ['sale.explode', 'sale', '', 'sale.list.now', '__proto__.toString', 'constructor.name']) {
    const answer = await world.office.invoke({ operation, input: {}, session: token });
    expect(answer).toMatchObject({ ok: false, error: { code: 'operation.unknown' } });
  }
});
