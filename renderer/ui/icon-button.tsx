import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import s from './icon-button.module.css';
import type { KeyAction } from './key-actions.ts';
import { useKeysOf } from './key-bindings-context.tsx';
import { ariaKeys } from './key-cap.tsx';
import { useShortcut } from './shortcut-context.tsx';

export interface IconButtonProps {
  readonly icon: LucideIcon;
  /** What a screen reader says. Only lock, plus, minus, close, back and backspace may stand without words. */
  readonly label: string;
  readonly onPress?: (() => void) | undefined;
  readonly variant?: 'plain' | 'quiet' | undefined;
  readonly size?: 'small' | 'default' | 'scan' | undefined;
  /** Bound and announced; an icon button has no room to print it. */
  readonly shortcut?: KeyAction | undefined;
  readonly shortcutThroughLayers?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly keepsFocus?: boolean | undefined;
}

/** A button that is a sign alone. */
export function IconButton(props: IconButtonProps): ReactNode {
  const { icon, isDisabled = false, label, onPress, shortcut } = props;
  const press = (): void => {
    if (!isDisabled) onPress?.();
  };
  useShortcut(shortcut, press, { throughLayers: props.shortcutThroughLayers });
  const keys = useKeysOf(shortcut);
  return (
    <AriaButton
      aria-label={label}
      className={classNames(s['button'], s[props.variant ?? 'plain'], s[props.size ?? 'default'])}
      isDisabled={isDisabled}
      onPress={press}
      preventFocusOnPress={props.keepsFocus ?? false}
      render={(own) => <button {...own} {...(keys === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })} />}
    >
      <Icon className={s['icon']} icon={icon} />
    </AriaButton>
  );
}
