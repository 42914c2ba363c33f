import { useTranslation } from 'react-i18next';
import { sync } from '../../i18n/en/sync.ts';

type KindKey = keyof typeof sync.kinds;

/** Kinds of entry in words. One that this screen has no word for is named as it is. */
export function useKindText(): (kind: string) => string {
  const { t } = useTranslation('sync');
  return (kind) => {
    const key = kind.replace('.', '_');
    // Its own key of the catalogue, as was just asked.
    return Object.hasOwn(sync.kinds, key) ? t(`kinds.${key as KindKey}`, { kind }) : t('kinds.other', { kind });
  };
}
