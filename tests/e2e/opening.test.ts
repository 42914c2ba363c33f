/** How a till begins: started, set up, opened again after it broke off, and usable by everybody from the first screen on. */
import { describe } from 'vitest';
import { accessStories } from './access-stories.ts';
import { crashStories } from './crash-stories.ts';
import { setupStories } from './setup-stories.ts';
import { startingStories } from './starting-stories.ts';
import { supportStories } from './support-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld('developmentScreens');

describe('before the till is open', () => startingStories(world));
describe('set-up', () => setupStories(world));
describe('a till that breaks off', () => crashStories(world));
describe('everybody', () => accessStories(world));
describe('for support', () => supportStories(world));
