/** A till and its head office. */
import { describe } from 'vitest';
import { historyStories } from './history-stories.ts';
import { joinedStories } from './joined-stories.ts';
import { leaveStories } from './leave-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld('developmentScreens');

describe('a head office beside it', () => joinedStories(world));
describe('a shop with a history that joins one', () => historyStories(world));
describe('leaving', () => leaveStories(world));
