import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../i18n/languages.ts';
import { languageOf, switchLanguage } from '../../i18n/set-up.ts';
import { SegmentedControl } from '../../ui/index.ts';
import { Fit } from './fit.tsx';

/** The language of the screens, each in its own words. */
export function LanguageSegment({ label }: { readonly label: string }): ReactNode {
  const { i18n } = useTranslation();
  return (
    <Fit>
      <SegmentedControl
        choices={languages.map((id) => ({ id, label: languageNames[id] }))}
        label={label}
        onChange={(language) => void switchLanguage(i18n, language)}
        value={languageOf(i18n)}
      />
    </Fit>
  );
}
