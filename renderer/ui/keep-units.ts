/** Ties a number to its unit by a no-break space, in a name that somebody typed: `350 ml` never breaks in two. */
export function keepUnits(text: string): string {
  return text.replace(/(\p{Nd}) (?=\p{L}{1,3}(?:$|[\s,;.)]))/gu, '$1\u00a0');
}
