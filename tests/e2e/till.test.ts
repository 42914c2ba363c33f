/**
 * The till's stories, in a real Chromium against a real till. One file, so that the screens are built once and one
 * browser serves them all; the stories stand beside it by what they are about.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { buildScreens, removeScreens } from '../support/screens.ts';
import { accessStories } from './access-stories.ts';
import { catalogueStories } from './catalogue-stories.ts';
import { crashStories } from './crash-stories.ts';
import { entryStories } from './entry-stories.ts';
import { everyScreenStories } from './every-screen-stories.ts';
import { fitStories } from './fit-stories.ts';
import { historyStories } from './history-stories.ts';
import { closingsStories, joinedStories } from './joined-stories.ts';
import { keysStories } from './keys-stories.ts';
import { layoutStories } from './layout-stories.ts';
import { leaveStories } from './leave-stories.ts';
import { lineStories } from './line-stories.ts';
import { longStories } from './long-stories.ts';
import { printStories } from './print-stories.ts';
import { refundStories } from './refund-stories.ts';
import { sellStories } from './sell-stories.ts';
import { setupStories } from './setup-stories.ts';
import { shiftStories } from './shift-stories.ts';
import { startingStories } from './starting-stories.ts';
import { soundStories } from './sound-stories.ts';
import { stockStories } from './stock-stories.ts';
import { supportStories } from './support-stories.ts';
import { transferStories } from './transfer-stories.ts';
import { prepareDemo, type World } from './support/shop.ts';

let world: World;
let folder: string;

beforeAll(async () => {
  const screens = await buildScreens();
  folder = mkdtempSync(join(tmpdir(), 'evertill-demo-'));
  world = { browser: await launchChromium(), screens, demo: await prepareDemo(folder) };
});

afterAll(async () => {
  await world.browser.close();
  removeScreens(world.screens);
  rmSync(folder, { recursive: true, force: true });
});

const theWorld = () => world;

describe('before the till is open', () => startingStories(theWorld));
describe('set-up', () => setupStories(theWorld));
describe('selling', () => sellStories(theWorld));
describe('the line that is spoken of', () => lineStories(theWorld));
describe('what is typed', () => entryStories(theWorld));
describe('keys', () => keysStories(theWorld));
describe('the sound of a scan', () => soundStories(theWorld));
describe('giving back', () => refundStories(theWorld));
describe('the shift', () => shiftStories(theWorld));
describe('a head office beside it', () => joinedStories(theWorld));
describe('a shop with a history that joins one', () => historyStories(theWorld));
describe('leaving', () => leaveStories(theWorld));
describe('closings', () => closingsStories(theWorld));
describe('what fits', () => layoutStories(theWorld));
describe('what is large', () => fitStories(theWorld));
describe('what is long', () => longStories(theWorld));
describe('paper', () => printStories(theWorld));
describe('the catalogue', () => catalogueStories(theWorld));
describe('the stock', () => stockStories(theWorld));
describe('goods between stores', () => transferStories(theWorld));
describe('a till that breaks off', () => crashStories(theWorld));
describe('for support', () => supportStories(theWorld));
describe('every screen', () => everyScreenStories(theWorld));
describe('everybody', () => accessStories(theWorld));
