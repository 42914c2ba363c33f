import { describe } from 'vitest';
import { fitStories } from './fit-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld();

describe('what is large', () => fitStories(world));
