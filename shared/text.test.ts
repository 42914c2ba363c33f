import { describe, expect, it } from 'vitest';
import { isPlainLine, isPlainText, plainSearch } from './text.ts';

const unsound: readonly (readonly [string, string])[] = [
  ['NUL', '\u0000'],
  ['a bell', '\u0007'],
  ['an escape', '\u001b'],
  ['a group separator', '\u001d'],
  ['a tabulator', '\t'],
  ['a carriage return', '\r'],
  ['delete', '\u007f'],
  ['a C1 control', '\u0085'],
  ['the last C1 control', '\u009f'],
  ['a line separator', '\u2028'],
  ['a paragraph separator', '\u2029'],
  ['half of a pair', '\ud83e'],
  ['the other half', '\udc00'],
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'].map(
    (sign) => [`U+${sign.charCodeAt(0).toString(16)}`, sign] as const,
  ),
];
const sound = [
  'Ceramic mug, 350 ml',
  'خبز عربي \u200f(500 غ)\u200e',
  '緑茶',
  'Glühwein 🍷 0,2 l',
  'Family 👨‍👩‍👧',
  '−5 % “today”',
  'no\u00a0break',
];

describe('a line of text', () => {
  it.each(unsound)('refuses %s', (_, sign) => {
    expect(isPlainLine(`Tea${sign}cup`)).toBe(false);
    expect(isPlainText(`Tea${sign}cup`)).toBe(false);
    expect(plainSearch(`Tea${sign}cup`)).toBe('Tea cup');
  });

  it('takes every script and symbol, and the marks that only order them', () => {
    for (const text of sound) {
      expect(isPlainLine(text)).toBe(true);
      expect(isPlainText(text)).toBe(true);
      expect(plainSearch(text)).toBe(text);
    }
  });

  it('is one line; a text may have several', () => {
    expect(isPlainLine('two\nlines')).toBe(false);
    expect(isPlainText('two\nlines')).toBe(true);
  });
});
