import { describe } from 'vitest';
import { everyScreenStories } from './every-screen-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld('developmentScreens');

describe('every screen', () => everyScreenStories(world));
