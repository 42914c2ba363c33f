/** What there is to sell. */
import { describe } from 'vitest';
import { catalogueStories } from './catalogue-stories.ts';
import { stockStories } from './stock-stories.ts';
import { transferStories } from './transfer-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld('developmentScreens');

describe('the catalogue', () => catalogueStories(world));
describe('the stock', () => stockStories(world));
describe('goods between stores', () => transferStories(world));
