/** A text out of a file that may be hostile, for a terminal: nothing in it moves the cursor, and it has an end. */
export function printable(text: string): string {
  const shown = text
    .slice(0, 300)
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return text.length > 300 ? `${shown}…` : shown;
}
