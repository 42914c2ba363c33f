import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, TooltipTrigger } from 'react-aria-components';
import s from './button.module.css';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import type { KeyAction } from './key-actions.ts';
import { useKeysOf } from './key-bindings-context.tsx';
import { ariaKeys, KeyCap } from './key-cap.tsx';
import { useShortcut } from './shortcut-context.tsx';
import type { ShortcutKeys } from './shortcuts.ts';
import { Tip } from './tip.tsx';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress?: (() => void) | undefined;
  /** `primary` is solid petrol: one group of it on a screen. */
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger' | undefined;
  /** 44, 48, 64, 76 and 88 px high. */
  readonly size?: 'small' | 'default' | 'function' | 'tender' | 'next' | undefined;
  readonly icon?: LucideIcon | undefined;
  /** What it does by key: the key that this device has for it is bound, and printed on it. */
  readonly shortcut?: KeyAction | undefined;
  /** A key that the button is about, and that doesn't press it. */
  readonly aboutKeys?: ShortcutKeys | undefined;
  /** The key works also while a text field has the focus. */
  readonly shortcutInFields?: boolean | undefined;
  /** A second, quieter line. */
  readonly detail?: ReactNode;
  /** Where the words stand when the button is wider than they are; `spread` puts the key at the far end. */
  readonly align?: 'center' | 'start' | 'spread' | undefined;
  /** Puts the key cap under the words: narrow buttons. */
  readonly isStacked?: boolean | undefined;
  readonly isWide?: boolean | undefined;
  /** Makes it a toggle: ink when chosen. */
  readonly isSelected?: boolean | undefined;
  /** What it began is still going on; it stays where it is and can't be pressed again. */
  readonly isPending?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Why it can't be pressed now: it keeps its place and its focus, and says this there. Implies disabled. */
  readonly disabledReason?: string | undefined;
  /** Leaves the focus where it is (in the scan field) when pressed by pointer. */
  readonly keepsFocus?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  readonly id?: string | undefined;
  readonly 'aria-label'?: string | undefined;
  readonly 'aria-describedby'?: string | undefined;
}

/** Every button of Evertill that has words on it. */
export function Button(props: ButtonProps): ReactNode {
  const { disabledReason, isDisabled = false, isPending = false, shortcut, isSelected, onPress } = props;
  const isBlocked = disabledReason !== undefined;
  const press = (): void => {
    if (!isBlocked && !isDisabled && !isPending) onPress?.();
  };
  // A blocked key is still swallowed: F5 must never reload the page because a button is not ready.
  useShortcut(shortcut, press, { inFields: props.shortcutInFields });
  const keys = useKeysOf(shortcut);

  const button = (
    <AriaButton
      {...(props.id === undefined ? {} : { id: props.id })}
      {...(props['aria-label'] === undefined ? {} : { 'aria-label': props['aria-label'] })}
      {...(props['aria-describedby'] === undefined ? {} : { 'aria-describedby': props['aria-describedby'] })}
      {...(isSelected === undefined ? {} : { 'aria-pressed': isSelected })}
      {...(isBlocked ? { 'aria-disabled': true } : {})}
      autoFocus={props.autoFocus ?? false}
      className={classNames(
        s['button'],
        s[props.variant ?? 'plain'],
        s[props.size ?? 'default'],
        s[`align-${props.align ?? 'center'}`],
        props.isStacked && s['stacked'],
        props.isWide && s['wide'],
        isSelected && s['selected'],
        isBlocked && s['blocked'],
      )}
      isDisabled={isDisabled && !isBlocked}
      isPending={isPending}
      onPress={press}
      preventFocusOnPress={props.keepsFocus ?? false}
      render={(own) => <button {...own} {...(keys === undefined ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })} />}
      type={props.type ?? 'button'}
    >
      <ButtonFace {...props} keys={keys} />
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

function ButtonFace(props: ButtonProps & { readonly keys: ShortcutKeys | undefined }): ReactNode {
  const { children, detail, icon, isPending = false, keys } = props;
  return (
    <>
      {isPending ? (
        <LoaderCircle aria-hidden="true" className={classNames(s['icon'], s['turning'])} />
      ) : (
        icon !== undefined && <Icon className={s['icon']} icon={icon} />
      )}
      {detail === undefined ? (
        <span className={s['words']}>{children}</span>
      ) : (
        <span className={s['words']}>
          <span className={s['title']}>{children}</span>
          <span className={s['detail']}>{detail}</span>
        </span>
      )}
      {keys !== undefined && <KeyCap keys={keys} />}
      {props.aboutKeys !== undefined && <KeyCap isSubject keys={props.aboutKeys} />}
    </>
  );
}
