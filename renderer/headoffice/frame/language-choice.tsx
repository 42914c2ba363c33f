import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../i18n/languages.ts';
import { languageOf, switchLanguage } from '../../i18n/set-up.ts';
import { SegmentedControl } from '../../ui/index.ts';

/** The language of the screens, each in its own words. */
export function LanguageChoice(): ReactNode {
  const { i18n, t } = useTranslation('common');
  return (
    <SegmentedControl
      choices={languages.map((id) => ({ id, label: languageNames[id] }))}
      label={t('language')}
      onChange={(language) => void switchLanguage(i18n, language)}
      value={languageOf(i18n)}
    />
  );
}
