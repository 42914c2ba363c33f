import { useTranslation } from 'react-i18next';
import { rulesOf, type KeyAction, type KeyPlace } from '../../ui/index.ts';
import { screenActions } from '../frame/screen-actions.ts';

export interface KeyNames {
  action(action: KeyAction): string;
  /** Of several, one after the other. */
  actions(actions: readonly KeyAction[]): string;
  where(action: KeyAction): string;
  place(place: KeyPlace): string;
}

/** What actions and places are called in the language of the screen. A screen has the name that it has among the actions. */
export function useKeyNames(): KeyNames {
  const { i18n, t } = useTranslation(['keys', 'sell']);
  const together = (words: readonly string[]): string => new Intl.ListFormat(i18n.language).format(words);
  const place = (one: KeyPlace): string => t(`keys:place.${one}`);
  const action = (one: KeyAction): string => {
    const screen = screenActions.find(({ key }) => key === one && key.startsWith('go'));
    return screen === undefined ? t(`keys:action.${one}`, { defaultValue: one }) : t(`sell:more.${screen.name}`);
  };
  return {
    action,
    actions: (all) => together([...new Set(all.map((one) => action(one)))]),
    place,
    where: (one) => together(rulesOf(one).places.map((where) => place(where))),
  };
}
