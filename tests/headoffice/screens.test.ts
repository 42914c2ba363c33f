/**
 * The console in a real Chromium, over the real server and a real PostgreSQL with four stores in it: what somebody at the
 * head office sees and does, by keyboard where that counts, in three languages, at three widths, light and dark. One file,
 * so that the company is filled once; the stories stand beside it.
 */
import { afterAll, beforeAll, describe } from 'vitest';
import { alarmStories } from './screens/alarm-stories.ts';
import { editStories } from './screens/edit-stories.ts';
import { everyScreenStories } from './screens/every-screen-stories.ts';
import { languageStories } from './screens/language-stories.ts';
import { lookStories } from './screens/look-stories.ts';
import { settingsStories } from './screens/settings-stories.ts';
import { stockStories } from './screens/stock-stories.ts';
import { supportStories } from './screens/support-stories.ts';
import { openWorld, type World } from './screens/support.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 180_000);
afterAll(() => world.close());

describe('looking', () => lookStories(() => world));
describe('the stock', () => stockStories(() => world));
describe('every screen', () => everyScreenStories(() => world));
describe('editing', () => editStories(() => world));
describe('for support', () => supportStories(() => world));
describe('reading', () => languageStories(() => world));
describe('alarms', () => alarmStories(() => world));
describe('setting up', () => settingsStories(() => world));
