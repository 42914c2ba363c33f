import type { TFunction } from 'i18next';
import { use, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import s from './key-cap.module.css';
import { KeyboardLayoutContext, printedLetter, type KeyboardLayout } from './keyboard-layout.ts';
import type { ShortcutKeys } from './shortcuts.ts';

const named: Readonly<Record<string, 'enter' | 'escape' | 'delete' | 'up' | 'down' | 'left' | 'right'>> = {
  Enter: 'enter',
  Escape: 'escape',
  Delete: 'delete',
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** What is printed on a key cap, in the language of the screen: `Ctrl Z`, `Strg Y`, `⇧ F4`, `Entf`. */
function printedKeys(keys: ShortcutKeys, t: TFunction, layout: KeyboardLayout): string {
  const letter = /^Ctrl\+([A-Z])$/u.exec(keys)?.[1];
  if (letter !== undefined) return `${t('keys.ctrl')}\u00a0${printedLetter(layout, letter)}`;
  if (keys.startsWith('Shift+')) return `${t('keys.shift')}\u00a0${keys.slice('Shift+'.length)}`;
  const name = named[keys];
  return name === undefined ? keys : t(`keys.${name}`);
}

/** Writes keys as this device's keyboard has them, in the language of the screen. */
export function usePrintedKeys(): (keys: ShortcutKeys) => string {
  const { t } = useTranslation('common');
  const layout = use(KeyboardLayoutContext);
  return (keys) => printedKeys(keys, t, layout);
}

/** The same in the form that `aria-keyshortcuts` wants. */
export function ariaKeys(keys: ShortcutKeys): string {
  return keys.replace('Ctrl+', 'Control+');
}

export interface KeyCapProps {
  readonly keys: ShortcutKeys;
  /** The key is what is spoken of: shown also where buttons show none. */
  readonly isSubject?: boolean | undefined;
}

/** A key printed on what it presses. Decoration for the eye: the element itself carries `aria-keyshortcuts`. */
export function KeyCap({ isSubject = false, keys }: KeyCapProps): ReactNode {
  const printed = usePrintedKeys();
  return (
    <kbd aria-hidden="true" className={classNames(s['cap'], isSubject && s['subject'])} dir="ltr">
      {printed(keys)}
    </kbd>
  );
}
