/** Shifts and what is printed of them, and the keys of whoever works in one. */
import { describe } from 'vitest';
import { closingsStories } from './joined-stories.ts';
import { keysStories } from './keys-stories.ts';
import { printStories } from './print-stories.ts';
import { shiftStories } from './shift-stories.ts';
import { prepareWorld } from './support/world.ts';

const world = prepareWorld();

describe('keys', () => keysStories(world));
describe('the shift', () => shiftStories(world));
describe('closings', () => closingsStories(world));
describe('paper', () => printStories(world));
