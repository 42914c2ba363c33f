/**
 * What a text that a person types may hold. One rule for till and head office: what passes here can be kept in the
 * journal, in SQLite and in PostgreSQL, and looks on a receipt as it looked when it was typed.
 *
 * Refused are signs that nobody types on purpose and no font shows:
 * - U+0000 and halves of a surrogate pair, which PostgreSQL and the journal's format can't hold;
 * - the other control characters (C0, U+007F, C1), which a terminal or a printer takes for commands;
 * - the line breaks beside U+000A that readers disagree on (U+2028, U+2029);
 * - the embeddings, overrides and isolates of bidirectional text (U+202A to U+202E, U+2066 to U+2069), with which a name
 *   reads as another one. The marks U+200E, U+200F and U+061C stay: they order a text and can't turn it round.
 */
const unsoundInLine = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const unsoundInText = /[[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]--\n]/v;

/** Whether a text may stand where one line is meant: names, reasons, SKUs, barcodes, a line of an address. */
export function isPlainLine(text: string): boolean {
  return !unsoundInLine.test(text);
}

/** Whether a text may come in at all: several lines, parted by U+000A, are meant at the foot of a receipt. */
export function isPlainText(text: string): boolean {
  return !unsoundInText.test(text);
}

/**
 * A text to look for, with a space in place of each sign that no line holds: nothing could be found by it, and what was
 * pasted or scanned with such a sign around it is still found.
 */
export function plainSearch(text: string): string {
  return text.replaceAll(new RegExp(unsoundInLine, 'gu'), ' ');
}
