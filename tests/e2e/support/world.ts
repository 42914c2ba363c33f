/** What the stories of one file share: a browser of its own, and what the whole run shares. */
import { afterAll, beforeAll } from 'vitest';
import { dataFolder } from '../../../electron/pc/folder.ts';
import { launchChromium } from '../../support/chromium.ts';
import { askForShared } from '../../support/shared-by-run.ts';
import type { World } from './shop.ts';

/**
 * Prepares the world before the stories of a file, and ends it after them. Answers how a story gets at it. The screens for
 * development are for stories that look at what a page complains of in its console.
 */
export function prepareWorld(wanted: 'screens' | 'developmentScreens' = 'screens'): () => World {
  let world: World;
  beforeAll(async () => {
    const [browser, screens, demo] = await Promise.all([
      launchChromium(),
      askForShared(wanted),
      askForShared('demoShop'),
    ]);
    world = { browser, screens, demo: dataFolder(demo) };
  });
  afterAll(() => world.browser.close());
  return () => world;
}
