import { describe, expect, it } from 'vitest';
import { parseProductName, parseSku } from './naming.ts';

describe('parseSku', () => {
  it('trims, and keeps the case', () => {
    expect(parseSku(' 22423A ')).toEqual({ ok: true, value: '22423A' });
    expect(parseSku('22423a')).toEqual({ ok: true, value: '22423a' });
    expect(parseSku('gift 0001_20')).toEqual({ ok: true, value: 'gift 0001_20' });
    expect(parseSku('x'.repeat(64)).ok).toBe(true);
  });

  it.each([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['x'.repeat(65), 'too_long'],
    ['a\u0000b', 'bad_character'],
    ['a\tb', 'bad_character'],
    ['a\nb', 'bad_character'],
    ['a\u007fb', 'bad_character'],
    ['a\u0085b', 'bad_character'],
    ['a\u2028b', 'bad_character'],
    ['a\ud800b', 'bad_character'],
  ])('refuses %j: %s', (text, fault) => {
    expect(parseSku(text)).toEqual({ ok: false, code: `sku.${fault}` });
  });
});

describe('parseProductName', () => {
  it('takes every script and symbol, in composed form', () => {
    for (const name of ['Ceramic mug, 350 ml', 'خبز عربي', '緑茶', 'Gluhwein 🍷 0,2 l']) {
      expect(parseProductName(` ${name}\u00a0`)).toEqual({ ok: true, value: name });
    }
    expect(parseProductName('Cafe\u0301')).toEqual({ ok: true, value: 'Caf\u00e9' });
  });

  it('refuses nothing, too much, and what can’t be printed', () => {
    expect(parseProductName('  ')).toEqual({ ok: false, code: 'name.empty' });
    expect(parseProductName('n'.repeat(200)).ok).toBe(true);
    expect(parseProductName('n'.repeat(201))).toEqual({ ok: false, code: 'name.too_long' });
    expect(parseProductName('two\nlines')).toEqual({ ok: false, code: 'name.bad_character' });
    expect(parseProductName('half\udc00')).toEqual({ ok: false, code: 'name.bad_character' });
  });
});
