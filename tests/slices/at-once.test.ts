/**
 * Two who set the same till up, join it to a head office, or leave it, at the same moment: two windows, or one that was loaded
 * anew while it waited. The one comes after the other has ended, and the head office is asked once.
 */
import { v7 } from 'uuid';
import { afterEach, expect, it } from 'vitest';
import type { CommandId } from '../../shared/ids.ts';
import { testLink } from './support/joined.ts';
import {
  codeOf,
  firstManager,
  harbourSettings,
  newTill,
  openShop,
  type TestTill,
  type TestTillOptions,
} from './support/till.ts';

const ended: TestTill[] = [];
afterEach(() => {
  for (const shop of ended.splice(0)) shop.end();
});

/** A head office that answers when the test lets it. */
function slowOffice() {
  const link = testLink();
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  const later = async (what: string) => {
    asked.push(what);
    await new Promise<void>((answer) => {
      waiting.push(answer);
    });
  };
  return {
    asked,
    /** Answers all that is asked until the calls have ended. */
    letThrough: async <Done>(calls: Promise<Done>): Promise<Done> => {
      let isDone = false;
      const done = calls.finally(() => {
        isDone = true;
      });
      while (!isDone) {
        for (const answer of waiting.splice(0)) answer();
        await new Promise<void>((turn) => {
          setImmediate(turn);
        });
      }
      return await done;
    },
    headOffice: {
      ...link,
      enrol: async (typed, installation) => {
        await later('enrol');
        return await link.enrol(typed, installation);
      },
      enrolShop: async (_typed, { code }) => {
        await later(`enrolShop ${code}`);
      },
    } satisfies TestTillOptions['headOffice'],
  };
}

it('joins once, and says of the other that the till is set up', async () => {
  const { asked, headOffice, letThrough } = slowOffice();
  const shop = newTill({ headOffice });
  ended.push(shop);
  const both = [shop.anyone.setup.join({ code: 'one' }), codeOf(shop.anyone.setup.join({ code: 'two' }))] as const;
  const [joined, refused] = await letThrough(Promise.all(both));
  expect(joined).toMatchObject({ till_code: 'HS2' });
  expect(refused).toBe('setup.already_done');
  expect(asked).toEqual(['enrol']);
});

it('answers the same to a command that came twice', async () => {
  const { asked, headOffice, letThrough } = slowOffice();
  const shop = newTill({ headOffice });
  ended.push(shop);
  const call = { operation: 'setup.join', input: { code: 'one' }, command: v7() as CommandId };
  const [first, second] = await letThrough(Promise.all([shop.till.invoke(call), shop.till.invoke(call)]));
  expect(first).toMatchObject({ ok: true });
  expect(second).toEqual(first);
  expect(asked).toEqual(['enrol']);
});

it('goes on with the next one where the first could not join', async () => {
  const { headOffice, letThrough } = slowOffice();
  let isDown = true;
  const shop = newTill({
    headOffice: {
      ...headOffice,
      enrol: async (typed, installation) => {
        if (!isDown) return await headOffice.enrol(typed, installation);
        isDown = false;
        throw new Error('its server is down');
      },
    },
  });
  ended.push(shop);
  const both = [codeOf(shop.anyone.setup.join({ code: 'one' })), shop.anyone.setup.join({ code: 'one' })] as const;
  const [refused, joined] = await letThrough(Promise.all(both));
  expect(refused).toBe('fault.unknown');
  expect(joined).toMatchObject({ till_code: 'HS2' });
});

it('tells the head office one code of a shop that joins with all that it has', async () => {
  const { asked, headOffice, letThrough } = slowOffice();
  const shop = await openShop({ headOffice });
  ended.push(shop);
  const { client } = shop.manager;
  const join = (till_code: string) => client.setup.join_with_history({ code: 'one', till_code });
  const [joined, refused] = await letThrough(Promise.all([join('OW1'), codeOf(join('OW2'))]));
  expect(joined).toEqual({ till_code: 'OW1' });
  expect(refused).toBe('enrolment.already_joined');
  expect(asked).toEqual(['enrolShop OW1']);
  expect(await shop.anyone.setup.status({})).toMatchObject({ till_code: 'OW1', authority: 'joined' });
});

it('opens one shop of two that are set up', async () => {
  const shop = newTill();
  ended.push(shop);
  const open = (till_code: string) =>
    shop.anyone.setup.open_shop({ settings: harbourSettings, till_code, till_name: 'Till', manager: firstManager });
  const [, refused] = await Promise.all([open('HS1'), codeOf(open('HS2'))]);
  expect(refused).toBe('setup.already_done');
  expect(await shop.anyone.setup.status({})).toMatchObject({ till_code: 'HS1' });
});

it('leaves once, and asks the other to sign in where nobody is any more', async () => {
  const shop = await openShop();
  ended.push(shop);
  const { client } = shop.manager;
  const credential = { kind: 'password', secret: firstManager.password } as const;
  const leave = () => client.setup.leave({ shop_name: harbourSettings.name, credential });
  const [left, refused] = await Promise.all([leave(), codeOf(leave())]);
  expect(left).toMatchObject({ till_code: 'HS1' });
  expect(refused).toBe('session.ended');
  expect((await shop.anyone.setup.status({})).done).toBe(false);
});
