import { useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageOf } from '../../i18n/set-up.ts';
import type { Language } from '../../i18n/languages.ts';

/** Which country's way of a language the console writes, where no store of that language says. */
const usual: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar' };

/**
 * The BCP 47 tag in which the console writes dates, times and numbers: in the language of whoever reads it, as the store
 * does where it speaks the same one. Else the store lends its digits and its clock of 12 or 24 hours: a receipt's figures
 * must be found again on the paper. Without a store it is the usual one of the language.
 */
export function officeLocale(language: Language, store: string | null): string {
  if (store === null) return usual[language];
  if (new Intl.Locale(store).language === language) return store;
  const { hourCycle, numberingSystem } = new Intl.DateTimeFormat(store, { hour: 'numeric' }).resolvedOptions();
  return new Intl.Locale(usual[language], { hourCycle: hourCycle ?? 'h23', numberingSystem }).toString();
}

/** The tag for a store, in the language that is chosen now. */
export function useOfficeLocale(store: string | null): string {
  const { i18n } = useTranslation();
  return officeLocale(languageOf(i18n), store);
}

/** Makes numbers inside texts follow the same tag, as soon as the store is known (undefined until then); false until they do. */
export function useOfficeNumbers(store: string | null | undefined): boolean {
  const { i18n } = useTranslation();
  const [isSet, setIsSet] = useState(false);
  useLayoutEffect(() => {
    if (store === undefined) return;
    i18n.services.formatter?.add('num', (value: unknown) =>
      typeof value === 'number' || typeof value === 'bigint'
        ? new Intl.NumberFormat(officeLocale(languageOf(i18n), store)).format(value)
        : String(value),
    );
    setIsSet(true);
  }, [i18n, store]);
  return isSet;
}
