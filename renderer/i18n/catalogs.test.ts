import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { kinds } from '../../shared/journal/kinds.ts';
import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { errorText } from './error-text.ts';
import { languages, pickLanguage, type Language } from './languages.ts';
import { createI18n, rememberedLanguage, setStoreLocale } from './set-up.ts';

const catalogs: Readonly<Record<Language, object>> = { en, de, ar };
const pluralForm = /_(?:zero|one|two|few|many|other)$/u;

/** Every text of a catalog by its key, `sell.scan.hint`. */
function flatten(texts: object, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const name = `${prefix}${key}`;
    if (typeof value === 'string') flat.set(name, value);
    else for (const [inner, text] of flatten(value as object, `${name}.`)) flat.set(inner, text);
  }
  return flat;
}

function variables(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^,}\s]+)/gu)].map((found) => found[1] ?? '').toSorted();
}

describe('the catalogs', () => {
  it('are empty only where English is, and name every thing that the English text names', () => {
    const source = flatten(en);
    expect(source.size).toBeGreaterThan(100);
    for (const language of languages) {
      for (const [key, text] of flatten(catalogs[language])) {
        const english = source.get(key) ?? source.get(key.replace(pluralForm, '_other')) ?? '';
        // Pieces have no unit to show, in any language.
        expect(text.trim() === '', `${language} ${key}`).toBe(english === '');
        // One or two of something may be said in words.
        const optional = pluralForm.test(key) ? ['count'] : [];
        const wanted = variables(english).filter((name) => !optional.includes(name));
        const found = variables(text).filter((name) => !optional.includes(name));
        expect(found, `${language} ${key}`).toEqual(wanted);
      }
    }
  });

  it('have every plural form that their language uses', () => {
    for (const language of languages) {
      const texts = flatten(catalogs[language]);
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const key of flatten(en).keys()) {
        if (!key.endsWith('_other')) continue;
        for (const form of forms) {
          expect(texts.has(key.replace(/other$/u, form)), `${language} ${key} ${form}`).toBe(true);
        }
      }
    }
  });

  it('call one thing by one word', () => {
    const others: Readonly<Partial<Record<Language, RegExp>>> = {
      // A category is a Warengruppe at the till and at the head office, a till a Kasse, a receipt a Beleg, a shop a Laden.
      de: /kategorie|kassenplatz|kassenterminal|\bbons?\b|\bbonnummer|strichcode|\bSKU\b|geschäft(?!stag)/iu,
      // A till is «نقطة بيع»: «صندوق» is a box, that of the inbox. The head office is «الإدارة العامة».
      ar: /صندوق(?! الوارد)|صناديق|المكتب الرئيسي/u,
    };
    for (const [language, other] of Object.entries(others))
      for (const [key, text] of flatten(catalogs[language as Language]))
        expect(text.replaceAll(/\{\{.*?\}\}/gu, '…'), key).not.toMatch(other);
  });

  it('have words for every kind of entry', () => {
    for (const language of languages) {
      const texts = flatten(catalogs[language]);
      for (const kind of Object.keys(kinds))
        expect(texts.get(`entries.kinds.${kind.replace('.', '_')}`), `${language} ${kind}`).toEqual(expect.any(String));
    }
  });

  it('write no exclamation mark and no straight apostrophe', () => {
    for (const language of languages) {
      for (const [key, text] of flatten(catalogs[language])) expect(text, `${language} ${key}`).not.toMatch(/[!']/u);
    }
  });
});

describe('the text of an error', () => {
  it('exists in every language for every code of the contract', () => {
    for (const language of languages) {
      const i18n = createI18n(language);
      const fallback = errorText(i18n, { code: 'no.such_code' });
      for (const code of errorCodes) {
        const text = errorText(i18n, { code });
        if (code === 'fault.unknown') expect(text).toBe(fallback);
        else expect(text, `${language} ${code}`).not.toBe(fallback);
      }
    }
  });

  it('gives the incident of an unknown fault', () => {
    const text = errorText(createI18n('en'), { code: 'fault.unknown', data: { incident: '7F3K' } });
    expect(text).toBe('That did not work. Try again, or call with incident 7F3K.');
  });

  it('never shows a branch of the catalog as a text', () => {
    const i18n = createI18n('en');
    expect(errorText(i18n, { code: 'shift' })).toBe('That did not work. Try again.');
  });
});

describe('the language', () => {
  it('is the one chosen on this device, else the first that is wanted and spoken', () => {
    const kept = (value: string | null) => ({ getItem: () => value });
    expect(rememberedLanguage(kept('ar'), ['de-AT'])).toBe('ar');
    expect(rememberedLanguage(kept(null), ['fr', 'de-AT', 'en'])).toBe('de');
    expect(rememberedLanguage(kept('tlh'), ['fr'])).toBe('en');
    expect(pickLanguage([])).toBe('en');
  });

  it('isolates what is put into an Arabic text, and nothing in English', () => {
    expect(createI18n('ar').t('bar.till', { number: 'HS2' })).toBe('نقطة البيع \u2068HS2\u2069');
    expect(createI18n('en').t('bar.till', { number: '<2> & 3/4' })).toBe('Till <2> & 3/4');
  });

  it('writes numbers with the digits of the store, not of the language', () => {
    const i18n = createI18n('en');
    setStoreLocale(i18n, 'ar-EG-u-nu-arab');
    expect(i18n.t('lines', { count: 12 })).toBe('١٢ lines');
    setStoreLocale(i18n, 'en-GB');
    expect(i18n.t('lines', { count: 1234 })).toBe('1,234 lines');
  });
});
