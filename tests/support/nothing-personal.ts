/** Whether a log has anything of anybody in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect } from 'vitest';

/** All lines of a log in files, the older ones too. */
export function linesOfLog(path: string): string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(path)))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '');
}

/** Every text in a value, names of fields too: a number may look like any PIN. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}

/** The token of a session, of a launch or of an approval: 32 random bytes. */
const token = /(?:^|[^\w/-])[\w-]{43}(?:$|[^\w-])/u;

/** Fails with the line in which one of `words`, or a token, stands. */
export function expectNothingPersonal(lines: readonly string[], words: readonly string[]): void {
  for (const line of lines) {
    const texts = textsIn(JSON.parse(line)).join('\n').toLocaleLowerCase();
    const found = words.filter((word) => texts.includes(word.toLocaleLowerCase()));
    expect({ line, found, hasToken: token.test(texts) }).toEqual({ line, found: [], hasToken: false });
  }
}
