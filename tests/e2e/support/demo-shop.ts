/** The demo shop that the stories copy, and what people in it do without a screen. Knows nothing of vitest. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { z } from 'zod';
import { type DataFolder, dataFolder } from '../../../electron/pc/folder.ts';
import { createFileKey } from '../../../electron/pc/key.ts';
import { createFileLog } from '../../../electron/pc/log.ts';
import { createNodePorts } from '../../../electron/pc/ports.ts';
import { createTill, type Till } from '../../../electron/till/app.ts';
import { tillMigrations } from '../../../migrations/till/list.ts';
import { harbourStreet } from '../../../shared/demo/harbour-street.ts';

export type DemoPerson = 'Jonas M.' | 'Elena Lindqvist';

/** As cheap as bcrypt can be: a hundred stories sign in. That a shop's own cost opens a till is seen where one is set up. */
const bcryptCost = 4;

/** Makes a demo shop with a shift open on a float of 100, closed and ready to be copied. */
export async function prepareDemo(folder: string): Promise<DataFolder> {
  const files = dataFolder(join(folder, 'till'));
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const log = createFileLog(files.log);
  const ports = createNodePorts({ key: createFileKey(files.key), markPath: files.mark, log });
  const till = createTill({
    path: files.till,
    create: true,
    migrations: tillMigrations,
    ports: { ...ports, bcryptCost },
  });
  const made = await till.invoke({ operation: 'setup.try_demo', input: {}, command: v7() });
  if (!made.ok) throw new Error(made.error.code);
  await manage(till, async (tell) => void (await tell('shift.open', { float: '100' })), 'Jonas M.');
  till.close();
  log.close();
  return files;
}

const tokenOf = z.object({ token: z.string() });
const choicesOf = z.object({ people: z.array(z.object({ staff: z.string(), name: z.string() })) });

type Tell = (operation: string, input: unknown) => Promise<unknown>;

/** Does to a shop what somebody may do who works there, without a screen; the manager, unless it is said who. */
export async function manage(
  till: Till,
  work: (tell: Tell) => Promise<void>,
  who: DemoPerson = 'Elena Lindqvist',
): Promise<void> {
  const tellAs = async (operation: string, input: unknown, session?: string): Promise<unknown> => {
    const call = { operation, input, command: v7(), ...(session === undefined ? {} : { session }) };
    const result = await till.invoke(call);
    if (!result.ok) throw new Error(`${operation}: ${result.error.code}`);
    return result.value;
  };
  const person = harbourStreet.staff.find(({ name }) => name === who);
  if (person === undefined) throw new Error(`${who} does not work in the demo shop`);
  const { people } = choicesOf.parse(await tellAs('session.choices', {}));
  const staff = people.find(({ name }) => name === person.name)?.staff;
  const credential = { kind: 'pin', secret: person.pin };
  const { token } = tokenOf.parse(await tellAs('session.sign_in', { who: { staff }, credential }));
  await work(async (operation, input) => await tellAs(operation, input, token));
}
