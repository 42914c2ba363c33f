import { allKeyActions, keyOf, type KeyAction, useKeyBindings, usePrintedKeys } from '../../ui/index.ts';
import { useKeyNames } from './use-key-names.ts';

/** The actions that a text finds: by their names, by where they are, by their keys. All of them where nothing is typed. */
export function useKeysFound(text: string): readonly KeyAction[] {
  const names = useKeyNames();
  const printed = usePrintedKeys();
  const { changes } = useKeyBindings();
  const wanted = plain(text);
  return allKeyActions.filter((action) => {
    const keys = keyOf(changes, action);
    if (keys !== undefined && plain(printed(keys)) === wanted) return true;
    return plain(names.action(action)).includes(wanted) || plain(names.where(action)).includes(wanted);
  });
}

/** As people type it: `Ctrl Z` with an ordinary space, in small letters. */
function plain(text: string): string {
  return text.trim().replaceAll(/\s+/gu, ' ').toLocaleLowerCase();
}
