/** Every text in a call's input, with signs in it that nobody types. */

/** One of each sort that shared/text.ts refuses. */
export const unsoundSigns: readonly string[] = ['\u0000', '\u001b', '\u0085', '\ud83e', '\u202e', '\u2066'];

/** The path of every text within a value: `['lines', '0', 'reason']`. */
export function textPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'string') return [[...path]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textPaths(inner, [...path, key]));
}

/** A copy of a value in which the text at a path has the sign in its middle. */
export function withSign(value: unknown, path: readonly string[], sign: string): unknown {
  const [key, ...rest] = path;
  if (typeof value === 'string') {
    const middle = Math.ceil(value.length / 2);
    return `${value.slice(0, middle)}${sign}${value.slice(middle)}`;
  }
  if (typeof value !== 'object' || value === null || key === undefined) throw new TypeError('no text at this path');
  const copy: Record<string, unknown> = { ...value };
  copy[key] = withSign(copy[key], rest, sign);
  return Array.isArray(value) ? Object.values(copy) : copy;
}
