/** Where the next page of a list begins: the last row's own values, as a word that only the server reads. */
import { fail } from './failure.ts';

export type PageKey = readonly (string | number)[];

export function writePageKey(key: PageKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The values of a key that was handed out. Fails with `input.malformed` for any other text; what they are is not looked at. */
export function readPageKey(text: string): readonly unknown[] {
  const parts: unknown = parse(text);
  return Array.isArray(parts) ? parts : failKey();
}

/** An instant with microseconds as PostgreSQL writes it in UTC. Fails as {@link readPageKey} does. */
export function keyInstant(value: unknown): string {
  return typeof value === 'string' && /^\d{4,}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/.test(value)
    ? value
    : failKey();
}

export function failKey(): never {
  return fail('input.malformed', { where: 'after' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
