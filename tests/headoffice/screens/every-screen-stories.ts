/**
 * Every page of the console's list, in a company with a day behind it: nobody is kept out by its colours or names, and nothing
 * of it is cut off. In which looks each is seen, `tests/support/looks.ts` says.
 */
import { expect, it } from 'vitest';
import { officeScreens, type OfficeStand } from '../../../commands/screens/office-list.ts';
import { lookAtAll } from '../../support/every-screen.ts';
import { missingIn, routesOf } from '../../support/listed.ts';
import { languageSets } from '../../support/looks.ts';
import { untold } from '../../support/stories.ts';
import { countNearASale } from './stock-stories.ts';
import { officeStories } from './stories.ts';
import { open, signIn, someSale, type World } from './support.ts';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1200, height: 900 },
  { width: 800, height: 900 },
] as const;
const slow_ms = 1_800_000;
const stands: readonly OfficeStand[] = ['unreachable', 'signed out', 'signed in'];

export function everyScreenStories(world: () => World): void {
  it('is in the list of screens: every route, every page before them, every dialog', () => {
    expect([...new Set(officeScreens.flatMap(({ route }) => route ?? []))].toSorted()).toEqual(
      routesOf('headoffice/frame/office-routes.tsx'),
    );
    expect(missingIn(officeScreens, 'headoffice')).toEqual([]);
  });

  it('has a story that goes there', () => {
    expect(untold(officeScreens, officeStories, import.meta.dirname)).toEqual([]);
  });

  it.each(languageSets)(
    'can be used by everybody and shows all of itself: %s',
    { timeout: slow_ms },
    async (spoken) => {
      const parts = await findParts(world());
      const wrong: object[] = [];
      for (const language of spoken) {
        const { complaints, page } = await open(world(), { language, url: world().complaining.url });
        for (const stand of stands) {
          const isAway = stand === 'unreachable';
          if (isAway) await page.route('**/api/**', async (route) => await route.abort());
          else await page.unrouteAll({ behavior: 'ignoreErrors' });
          await page.reload();
          if (stand === 'signed in') await signIn(page);
          const round = { page, screens: officeScreens, stand, usual: 'signed in', language, sizes, parts } as const;
          wrong.push(...(await lookAtAll(round, async () => void (await page.reload()))));
        }
        // That the server was away for a while is told there.
        expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
        await page.context().close();
      }
      expect(wrong).toEqual([]);
    },
  );
}

async function findParts(world: World): Promise<Record<string, string>> {
  const { sale, store } = await someSale(world);
  // Another story may have decided about the PC that asked.
  await world.example.admin.query(
    `insert into evertill.till_installations (store_id, till_id, installation, reported_seq)
     select store_id, till_id, gen_random_uuid(), 7 from evertill.tills t where t.code = 'KI1' and not exists (
       select from evertill.asking_installations a where a.store_id = t.store_id and a.till_id = t.till_id)`,
  );
  const posted = async () => (await world.example.client.stock.counts({ store: null })).counts[0];
  if ((await posted()) === undefined) await countNearASale(world);
  const taken = await posted();
  if (taken === undefined) throw new Error('nothing was counted');
  return { store, sale, counted: taken.store, count: taken.count };
}
