/** Which story exercises which screen of the lists: a screen that none goes to is only looked at. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ListedScreen } from '../../commands/screens/list.ts';

/** The file of a story beside its table, how its title begins, and words in it that only the screen has. */
export type Told = readonly [file: string, title: string, words: string];

/** What of a list no story tells of, and what of a table is not so. */
export function untold(
  screens: readonly ListedScreen[],
  stories: Readonly<Record<string, Told>>,
  folder: string,
): string[] {
  const names = new Set(screens.map(({ name }) => name));
  const missing = [...names].filter((name) => stories[name] === undefined).map((name) => `${name}: no story`);
  const left = Object.keys(stories).filter((name) => !names.has(name));
  const wrong = Object.entries(stories).flatMap(([name, [file, title, words]]) => {
    const path = join(folder, `${file}-stories.ts`);
    const story = existsSync(path) ? storyIn(readFileSync(path, 'utf8'), title) : undefined;
    if (story === undefined) return [`${name}: ${file} has no “${title}”`];
    return story.includes(words) ? [] : [`${name}: “${title}” in ${file} has no ${words}`];
  });
  return [...missing, ...left.map((name) => `${name}: in no list`), ...wrong];
}

/** A story from its title on, without the ones after it. */
function storyIn(text: string, title: string): string | undefined {
  const [found] = text.split(/\n(?= *it(?:\.each\(.*)?\()/u).filter((part) => part.slice(0, 400).includes(`'${title}`));
  return found;
}
