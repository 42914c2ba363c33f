/** What has little room, and what has much to show in it. */
import { describe } from 'vitest';
import { layoutStories } from './layout-stories.ts';
import { longStories } from './long-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld();

describe('what fits', () => layoutStories(world));
describe('what is long', () => longStories(world));
