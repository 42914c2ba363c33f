/** The words of a text as FTS5's unicode61 tokenizer makes them, so that each can be quoted as one token. */

/**
 * Letters, digits and private characters, and the diacritics that unicode61 takes as part of the token they stand in;
 * without the few letters that its tables (of an older Unicode) separate at. A run of these is one token for FTS5 too:
 * two tokens in one quotation would be a phrase, which an index without positions refuses.
 */
const run =
  /[[\p{L}\p{N}\p{Co}\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]--[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]]+/gv;

/** More words than this are not looked at. */
const maxWords = 8;

/** The words of a text, in Unicode's composed form, as they stand. */
export function wordsOf(text: string): string[] {
  return (text.normalize('NFC').match(run) ?? []).slice(0, maxWords);
}

/**
 * What FTS5 is asked for a text as somebody types it: rows that have, for each word, one that begins with it. Null when
 * the text has no word at all. Every word is quoted, so that none is read as FTS5's own syntax.
 */
export function matchOf(text: string): string | null {
  const words = wordsOf(text);
  return words.length === 0 ? null : words.map((word) => `"${word}"*`).join(' AND ');
}
