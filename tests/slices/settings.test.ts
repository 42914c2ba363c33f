import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  codeOf,
  failureOf,
  firstManager,
  harbourSettings,
  newTill,
  openShop,
  type Seat,
  type TestTill,
} from './support/till.ts';

let shop: TestTill & { readonly manager: Seat };

beforeEach(async () => {
  shop = await openShop();
});

afterEach(() => shop.end());

const record = (changes: Partial<typeof harbourSettings>) =>
  shop.manager.client.settings.record({ settings: { ...harbourSettings, ...changes } });

it('a new address is on the till at once, and after a start', async () => {
  await record({ address: ['2 Harbour Street', 'Whitstable'] });
  expect((await shop.anyone.setup.status({})).settings?.address[0]).toBe('2 Harbour Street');
  shop.restart();
  expect((await shop.anyone.setup.status({})).settings?.address[0]).toBe('2 Harbour Street');
  expect(shop.events).toContain('settings');
});

it('a zone, a currency or a locale that nobody knows is refused', async () => {
  expect(await codeOf(record({ zone: 'Europe/Atlantis' }))).toBe('zone.unknown');
  expect(await codeOf(record({ currency: 'XTS' }))).toBe('currency.unknown');
  expect(await failureOf(record({ locale: 'not a locale' }))).toEqual({
    code: 'input.malformed',
    data: { where: 'settings.locale' },
  });
});

it('nor is a shop opened with them', async () => {
  const till = newTill();
  const open = (settings: Partial<typeof harbourSettings>) =>
    till.anyone.setup.open_shop({
      settings: { ...harbourSettings, ...settings },
      till_code: 'HS1',
      till_name: 'Till 1',
      manager: firstManager,
    });
  expect(await codeOf(open({ zone: 'Europe/Atlantis' }))).toBe('zone.unknown');
  expect(await codeOf(open({ currency: 'XTS' }))).toBe('currency.unknown');
  expect(await codeOf(open({ locale: 'not a locale' }))).toBe('input.malformed');
  expect((await till.anyone.setup.status({})).done).toBe(false);
  till.end();
});

it('currency and zone stay while a shift is open; the rest may change', async () => {
  await shop.manager.client.shift.open({ float: '100' });
  expect(await codeOf(record({ currency: 'EUR' }))).toBe('shift.already_open');
  expect(await codeOf(record({ zone: 'Europe/Paris' }))).toBe('shift.already_open');
  expect(await record({ receipt_footer: 'Come again' })).toMatchObject({ receipt_footer: 'Come again' });
});
