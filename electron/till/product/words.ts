/** The words of a text as FTS5's unicode61 tokenizer makes them, so that each can be quoted as one token. */

/**
 * Letters, digits and private characters, and the diacritics that unicode61 takes as part of the token they stand in;
 * without the few letters that its tables (of an older Unicode) separate at. A run of these is one token for FTS5 too:
 * two tokens in one quotation would be a phrase, which an index without positions refuses.
 */
const run =
  /[[\p{L}\p{N}\p{Co}\u0300-\u0304\u0306-\u030c\u030f\u0311\u031b\u0323-\u0328\u032d\u032e\u0330\u0331]--[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]]+/gv;

/** More words than this are not looked for. */
const maxWords = 8;

/** The words that a typed text is looked for by, in Unicode's composed form. */
export function wordsOf(text: string): string[] {
  return runsOf(text).slice(0, maxWords);
}

const plain = /^\p{ASCII}*$/u;
const plainRun = /[A-Za-z0-9]+/g;

function runsOf(text: string): string[] {
  // The same runs, found far sooner, in most of the names that there are.
  return (plain.test(text) ? text.match(plainRun) : text.normalize('NFC').match(run)) ?? [];
}

/**
 * What FTS5 is asked for words: rows that have, for each of them, one that begins with it. Every word is quoted, so that
 * none is read as FTS5's own syntax. With `letters` only so many of each word's first letters count.
 */
export function matchOf(words: readonly string[], letters = Number.POSITIVE_INFINITY): string {
  return words.map((word) => `"${Array.from(word).slice(0, letters).join('')}"*`).join(' AND ');
}

const latin = /\p{Script=Latin}/u;

/**
 * A word without case, and in Latin script without accents, as the index compares it: whatever unicode61 takes for the
 * same letter is the same here (its tables were asked, letter by letter). By way of the upper case, which knows that ς is
 * σ and ſ is s; but not where that is another number of letters (ß, SS).
 */
export function foldWord(word: string): string {
  if (plain.test(word)) return word.toLowerCase();
  let folded = '';
  for (const letter of word.normalize('NFC')) {
    const parts = latin.test(letter) ? letter.normalize('NFD') : letter;
    // A mark on any other letter that did not compose with it is left out by the index too.
    const base = parts.replaceAll(/\p{M}+/gu, '');
    const turned = base.toUpperCase().toLowerCase();
    folded += turned.length === base.length ? turned : base.toLowerCase();
  }
  return folded;
}

/** Whether a text has, for each of some folded words, a word that begins with it. */
export function hasWords(text: string, folded: readonly string[]): boolean {
  const own = runsOf(text).map(foldWord);
  return folded.every((wanted) => own.some((word) => word.startsWith(wanted)));
}
