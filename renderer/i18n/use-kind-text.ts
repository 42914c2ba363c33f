import { useTranslation } from 'react-i18next';
import { entries } from './en/entries.ts';

type KindKey = keyof typeof entries.kinds;

/** Kinds of entry in words. One that this version has no word for is named as it is. */
export function useKindText(): (kind: string) => string {
  const { t } = useTranslation('entries');
  return (kind) => {
    const key = kind.replace('.', '_');
    // Its own key of the catalogue, as was just asked.
    return Object.hasOwn(entries.kinds, key) ? t(`kinds.${key as KindKey}`, { kind }) : t('kinds.other', { kind });
  };
}
