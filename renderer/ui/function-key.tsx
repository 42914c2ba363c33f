import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, TooltipTrigger } from 'react-aria-components';
import { classNames } from './class-names.ts';
import s from './function-key.module.css';
import { Icon } from './icon.tsx';
import type { KeyAction } from './key-actions.ts';
import { useKeysOf } from './key-bindings-context.tsx';
import { ariaKeys, KeyCap } from './key-cap.tsx';
import { useShortcut } from './shortcut-context.tsx';
import { Tip } from './tip.tsx';

export interface FunctionKeyProps {
  readonly icon: LucideIcon;
  readonly children: ReactNode;
  readonly shortcut?: KeyAction | undefined;
  readonly onPress: () => void;
  /** Why it does nothing now; it keeps its place and says so on focus. */
  readonly disabledReason?: string | undefined;
}

/** A key of the row beneath the tiles: 64 px, its key and its sign above the word; icon over word on a tablet. */
export function FunctionKey(props: FunctionKeyProps): ReactNode {
  const { children, disabledReason, icon, onPress, shortcut } = props;
  const isBlocked = disabledReason !== undefined;
  const press = (): void => {
    if (!isBlocked) onPress();
  };
  useShortcut(shortcut, press);
  const keys = useKeysOf(shortcut);
  const button = (
    <AriaButton
      {...(isBlocked ? { 'aria-disabled': true } : {})}
      className={classNames(s['key'], isBlocked && s['blocked'])}
      onPress={press}
      preventFocusOnPress
      render={(own) => <button {...own} {...(keys === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })} />}
    >
      <span className={s['top']}>
        {keys !== undefined && <KeyCap keys={keys} />}
        <Icon className={s['icon']} icon={icon} />
      </span>
      <span className={s['word']}>{children}</span>
    </AriaButton>
  );
  if (!isBlocked) return button;
  return (
    <TooltipTrigger delay={200}>
      {button}
      <Tip>{disabledReason}</Tip>
    </TooltipTrigger>
  );
}

/** The row of function keys. */
export function FunctionRow({ children, label }: { readonly children: ReactNode; readonly label: string }): ReactNode {
  return (
    <div aria-label={label} className={s['row']} role="toolbar">
      {children}
    </div>
  );
}
