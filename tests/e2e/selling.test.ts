/** At the counter. */
import { describe } from 'vitest';
import { drawingStories } from './drawing-stories.ts';
import { entryStories } from './entry-stories.ts';
import { lineStories } from './line-stories.ts';
import { refundStories } from './refund-stories.ts';
import { salesStories } from './sales-stories.ts';
import { sellStories } from './sell-stories.ts';
import { soundStories } from './sound-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld();

describe('selling', () => sellStories(world));
describe('the line that is spoken of', () => lineStories(world));
describe('what a scan draws', () => drawingStories(world));
describe('what is typed', () => entryStories(world));
describe('the sound of a scan', () => soundStories(world));
describe('what was sold', () => salesStories(world));
describe('giving back', () => refundStories(world));
