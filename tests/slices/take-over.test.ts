/** A new PC in the place of one that is gone, whatever of its journal the head office had heard. */
import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import { openTillFileToRead } from '../../electron/till/db/open.ts';
import { tillIdentity } from '../../electron/till/journal/head.ts';
import type { CommandId } from '../../shared/ids.ts';
import { decodeEntry } from '../../shared/journal/envelope.ts';
import { verifyJournal } from '../../electron/till/journal/verify.ts';
import { joinedTill, testLink } from './support/joined.ts';
import { newTill, openShop, type TestTill } from './support/till.ts';

const ended: TestTill[] = [];
afterEach(() => {
  for (const shop of ended.splice(0)) shop.end();
});

it.each([1, 2])('is called as the one before, where the head office had heard %i of its entries', async (heard) => {
  const before = await joinedTill();
  ended.push(before);
  const history = before.till.sync.entriesAfter(0, { count: heard, bytes: 1_000_000 });
  expect(history).toHaveLength(heard);
  const { store, till } = before.till.sync.identity();
  const link = testLink();
  const fresh = newTill({
    seed: 'the new PC',
    headOffice: {
      ...link,
      enrol: (_code, installation) =>
        Promise.resolve({ store, till, installation, code: 'HS2', name: 'Till 2', history }),
    },
  });
  ended.push(fresh);
  expect(await fresh.anyone.setup.join({ code: 'take over' })).toMatchObject({ taken_over: { entries: heard } });
  const file = openTillFileToRead(fresh.path);
  expect(tillIdentity(file)).toMatchObject({ code: 'HS2', name: 'Till 2', authority: 'joined', epoch: 2 });
  expect(verifyJournal(file)).toMatchObject({ bad: null, missing_guards: [] });
  file.close();
});

it('takes the till over again by the very command that had, on a disk that was set back to before', async () => {
  const before = await joinedTill();
  ended.push(before);
  const { store, till } = before.till.sync.identity();
  const command = v7() as CommandId;
  const takeOver = async (seed: string, from: TestTill) => {
    const history = from.till.sync.entriesAfter(0, { count: 99, bytes: 1_000_000 });
    const fresh = newTill({
      seed,
      headOffice: {
        ...testLink(),
        enrol: (_code, installation) =>
          Promise.resolve({ store, till, installation, code: 'HS2', name: 'Till 2', history }),
      },
    });
    ended.push(fresh);
    const joined = await fresh.till.invoke({ operation: 'setup.join', input: { code: 'take over' }, command });
    expect(joined).toMatchObject({ ok: true, value: { taken_over: { entries: history.length } } });
    return fresh;
  };
  const again = await takeOver('its disk as it was', await takeOver('the new PC', before));
  const file = openTillFileToRead(again.path);
  expect(tillIdentity(file)).toMatchObject({ till, epoch: 3 });
  expect(verifyJournal(file)).toMatchObject({ bad: null, missing_guards: [] });
  file.close();
});

it.each([1, 2, 5])('has joined where the one before was a shop of its own that had sent %i entries', async (heard) => {
  const before = await openShop();
  ended.push(before);
  const history = before.till.sync.entriesAfter(0, { count: heard, bytes: 1_000_000 });
  expect(history).toHaveLength(heard);
  const { store, till } = before.till.sync.identity();
  const fresh = newTill({
    seed: 'the new PC',
    headOffice: {
      ...testLink(),
      enrol: (_code, installation) =>
        Promise.resolve({ store, till, installation, code: 'HS2', name: 'Till 2', history }),
    },
  });
  ended.push(fresh);
  await fresh.anyone.setup.join({ code: 'take over' });
  // Else nobody would ever say that what has come is all, and nothing would be synced.
  expect(fresh.till.sync.hasJoined()).toBe(true);
  const file = openTillFileToRead(fresh.path);
  expect(tillIdentity(file)).toMatchObject({ code: 'HS2', name: 'Till 2', authority: 'joined', epoch: 2 });
  const kinds = fresh.till.sync
    .entriesAfter(heard, { count: 9, bytes: 1_000_000 })
    .map(({ bytes }) => decodeEntry(bytes).kind);
  expect(kinds.at(-1)).toBe('till.joined');
  file.close();
});
