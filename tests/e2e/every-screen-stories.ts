/**
 * Every screen of the till's list, in a shop with a day behind it: nobody is kept out by its colours or names, and nothing of
 * it is cut off. In which looks each is seen, `tests/support/looks.ts` says.
 */
import { expect, it } from 'vitest';
import { dayStands, firstStands, tillScreens, type TillStand } from '../../commands/screens/till-list.ts';
import type { Language } from '../../renderer/i18n/languages.ts';
import { lookAtAll, turnsOf } from '../support/every-screen.ts';
import { speak } from '../support/layout.ts';
import { missingIn, routesOf } from '../support/listed.ts';
import { languageSets } from '../support/looks.ts';
import { untold } from '../support/stories.ts';
import { liveThroughADay } from './support/day.ts';
import { disguised } from './support/disguise.ts';
import { tillStories } from './support/stories.ts';
import { openShop, scanField, signIn, type World } from './support/shop.ts';

const sizes = [
  { width: 1366, height: 768 },
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
] as const;
const slow_ms = 1_800_000;

export function everyScreenStories(world: () => World): void {
  it('is in the list of screens: every route, every page before them, every dialog', () => {
    expect([...new Set(tillScreens.flatMap(({ route }) => route ?? []))].toSorted()).toEqual(
      routesOf('till/frame/till-routes.tsx'),
    );
    expect(missingIn(tillScreens, 'till')).toEqual([]);
  });

  it('has a story that goes there', () => {
    expect(untold(tillScreens, tillStories, import.meta.dirname)).toEqual([]);
  });

  it.each(languageSets)(
    'can be used by everybody and shows all of itself: %s',
    { timeout: slow_ms },
    async (spoken) => {
      const disguise = disguised();
      const shop = await openShop(world(), {}, world().demo, disguise.as);
      await signIn(shop.page, 'Elena Lindqvist');
      await scanField(shop.page).waitFor();
      const day = await liveThroughADay(shop);
      const cashier = await shop.window();
      await signIn(cashier, 'Jonas M.');
      const wrong: object[] = [];
      for (const stand of dayStands) {
        await day.come(stand);
        disguise.become(stand);
        const page = stand === 'cashier' ? cashier : shop.page;
        for (const language of spoken) {
          const round = roundOf(stand, language);
          if (turnsOf(round).length === 0) continue;
          await speak(page, language);
          wrong.push(...(await lookAtAll({ ...round, page, parts: day.parts }, async () => undefined)));
        }
      }
      expect(wrong).toEqual([]);
      expect(shop.complaints).toEqual([]);
      await shop.close();
    },
  );

  it.each(languageSets)('can be used by everybody before anybody works: %s', { timeout: slow_ms }, async (spoken) => {
    const disguise = disguised();
    const shop = await openShop(world(), {}, world().demo, disguise.as);
    const { page } = shop;
    const wrong: object[] = [];
    for (const language of spoken) {
      await speak(page, language);
      for (const stand of firstStands) {
        const found = await lookAtAll({ ...roundOf(stand, language), page, parts: {} }, async () => {
          disguise.become(stand);
          await page.reload();
          if (stand === 'failing') await signIn(page, 'Jonas M.');
        });
        wrong.push(...found);
      }
    }
    expect(wrong).toEqual([]);
    expect(shop.complaints).toEqual([]);
    await shop.close();
  });
}

function roundOf(stand: TillStand, language: Language) {
  return { screens: tillScreens, stand, usual: 'manager', language, sizes } as const;
}
