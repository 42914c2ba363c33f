import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTillFile, type TillFile } from '../../electron/till/db/open.ts';
import { transact } from '../../electron/till/db/transact.ts';
import { productKey } from '../../electron/till/product/key.ts';
import { putProduct } from '../../electron/till/product/repository.ts';
import { findAmongCandidates, rebuildSearch, searchProducts } from '../../electron/till/product/search.ts';
import { foldWord, hasWords, wordsOf } from '../../electron/till/product/words.ts';
import { tillMigrations } from '../../migrations/till/list.ts';
import { seededRandom, uuidAt } from './support/till.ts';

const names = [
  'Chocolat noir 70%',
  'CHOCOLATE spread',
  'Chorizo, mild',
  'Chocó-crème',
  'Choux à la crème',
  'Tomato & chilli chutney',
  'Tomatoes, chopped',
  'Crème fraîche',
  'CRÈME brûlée',
  'Straße Kaffee',
  'STRASSENBROT',
  'ΟΔΟΣ καφές',
  'Οδός 12',
  'Čaj zelený',
  'Чай зелёный',
  'شاي أخضر',
  'हिन्दी चाय',
  '緑茶 百グラム',
  'İstanbul lokum',
  'Smørrebrød',
  'ﬁne tea',
  '½ loaf',
];

const folder = mkdtempSync(join(tmpdir(), 'evertill-search-'));
let file: TillFile;

beforeAll(() => {
  file = openTillFile(join(folder, 'till.db'), { create: true, migrations: tillMigrations });
  const random = seededRandom('goods');
  transact(file.writer, () => {
    for (const [i, name] of names.entries()) {
      const key = productKey(file.writer, uuidAt(0, random));
      const rest = { version: 1, unit: 'piece' as const, price_minor: 100, category: null, taxes: [], stocked: true };
      putProduct(file.writer, { key, sku: `S-${i}`, name, barcodes: [], active: true, ...rest });
    }
    rebuildSearch(file.writer, 0);
  });
});

afterAll(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

const bySearch = (text: string) => searchProducts(file.reader, text, 20);
const byCandidates = (text: string) => {
  const { keys, isComplete } = findAmongCandidates(file.reader, wordsOf(text), 20);
  expect(isComplete).toBe(true);
  return keys;
};

describe('a large catalogue', () => {
  it.each([
    'chocolat',
    'choco',
    'crème',
    'creme brul',
    'tomat chil',
    'strasse',
    'Straße',
    'οδος',
    'ΟΔΌΣ',
    'ЗЕЛЁ',
    'ISTANB',
  ])('finds %s among the words that begin alike as the index does', (text) => {
    expect(bySearch(text).length).toBeGreaterThan(0);
    expect(byCandidates(text)).toEqual(bySearch(text));
  });

  it('finds whatever is typed of a name as the index does', () => {
    const part = fc
      .record({
        name: fc.constantFrom(...names),
        from: fc.nat(12),
        length: fc.integer({ min: 1, max: 12 }),
        upper: fc.boolean(),
      })
      .map(({ name, from, length, upper }) => {
        const text = name.slice(from, from + length);
        return upper ? text.toUpperCase() : text;
      })
      .filter((text) => wordsOf(text).length > 0);
    fc.assert(
      fc.property(part, (text) => {
        expect(byCandidates(text)).toEqual(bySearch(text));
      }),
      { numRuns: 500, seed: 20_261_121 },
    );
  });
});

describe('words', () => {
  it('are compared without accents and case', () => {
    expect(['Müsli', 'ΟΔΟΣ', 'οδος', 'ſalz', 'İ'].map(foldWord)).toEqual(['musli', 'οδοσ', 'οδοσ', 'salz', 'i']);
    expect(foldWord('ẞ')).toBe(foldWord('ß'));
  });

  it('count where they begin, never in their middle', () => {
    expect(hasWords('Green tea, loose', ['tea', 'gr'])).toBe(true);
    expect(hasWords('Steak', ['tea'])).toBe(false);
    expect(hasWords('Ste\u0301ak', ['eak'])).toBe(false);
  });
});
