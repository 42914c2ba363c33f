import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { directionOf, isLanguage, pickLanguage, type Language } from './languages.ts';

const storageKey = 'evertill.language';

/** Wraps a value so that its direction neither takes from nor gives to the text around it (Unicode FSI, PDI). */
export function isolate(value: string): string {
  return `\u2068${value}\u2069`;
}

/**
 * Starts i18next with every catalog in the bundle: no request, no waiting, no fallback to a raw key.
 * Whatever is put into a text is isolated in a right-to-left language, numbers above all.
 */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  instance.use(initReactI18next);
  void instance.init({
    resources: { en, de, ar },
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    initAsync: false,
    interpolation: {
      // React escapes; this hook is used for direction instead.
      escapeValue: true,
      escape: (value: string) => (directionOf(languageOf(instance)) === 'rtl' ? isolate(value) : value),
    },
    react: { useSuspense: false },
  });
  setStoreLocale(instance, language);
  return instance;
}

/**
 * Numbers in texts are written `{{count, num}}` and follow the store's locale (its digits, its grouping), whatever
 * language the screens are in. Call it when the store is known, with a BCP 47 tag such as `ar-KW-u-nu-latn`.
 */
export function setStoreLocale(instance: i18n, locale: string): void {
  const numbers = new Intl.NumberFormat(locale);
  instance.services.formatter?.add('num', (value: unknown) =>
    typeof value === 'number' || typeof value === 'bigint' ? numbers.format(value) : String(value),
  );
}

/** The language that an instance speaks now. */
export function languageOf(instance: i18n): Language {
  return pickLanguage([instance.language]);
}

/** The language chosen on this device, else the browser's, else English. */
export function rememberedLanguage(storage: Pick<Storage, 'getItem'>, wanted: readonly string[]): Language {
  const kept = storage.getItem(storageKey);
  return isLanguage(kept) ? kept : pickLanguage(wanted);
}

/** Puts language and direction on the root element, where CSS and screen readers look for them. */
export function applyLanguage(language: Language, root: HTMLElement): void {
  root.lang = language;
  root.dir = directionOf(language);
}

/** Switches the language now and on this device's next start. */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  applyLanguage(language, document.documentElement);
  await instance.changeLanguage(language);
}

/** What a page does first: reads the language, sets `lang` and `dir`, returns the instance. */
export function startI18n(): i18n {
  const language = rememberedLanguage(localStorage, navigator.languages);
  applyLanguage(language, document.documentElement);
  return createI18n(language);
}
