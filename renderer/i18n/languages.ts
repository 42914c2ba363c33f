/** The languages that Evertill speaks, in the order in which a chooser lists them. */
export const languages = ['en', 'de', 'ar'] as const;

export type Language = (typeof languages)[number];

/** How each language names itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The direction in which a language is read. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** The first of the wanted BCP 47 tags whose language Evertill speaks, else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    if (isLanguage(language)) return language;
  }
  return 'en';
}
