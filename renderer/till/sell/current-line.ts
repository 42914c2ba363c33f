import type { LineId } from '../../../shared/ids.ts';

/**
 * The line that is spoken of: the one chosen or put in last, else the newest. It is tinted in the basket, and it is what
 * F5, F6, + − and Delete act on. Undefined for an empty basket.
 */
export function currentLine<Line extends { readonly line: LineId }>(
  lines: readonly Line[],
  spokenOf: LineId | null,
): Line | undefined {
  return lines.find(({ line }) => line === spokenOf) ?? lines.at(-1);
}
