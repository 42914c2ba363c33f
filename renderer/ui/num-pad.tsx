import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { useFormat } from './format-context.tsx';
import { KeyCap } from './key-cap.tsx';
import type { NumPadKey } from './num-pad-keys.ts';
import s from './num-pad.module.css';
import type { ShortcutKeys } from './shortcuts.ts';

/** A further key: an amount to add (+10), the password instead of the PIN. */
export interface PadExtra {
  readonly id: string;
  readonly label: ReactNode;
  readonly onPress: () => void;
  /** The key that does the same on a keyboard. */
  readonly keys?: ShortcutKeys | undefined;
}

export interface NumPadProps {
  readonly onKey: (key: NumPadKey) => void;
  /**
   * `money`: 7 8 9 on top, a fourth column with backspace, clear and up to two extras, and 0 00 · below.
   * `count`: the same without a point, 0 of double width, one tall extra (Next).
   * `pin`: 1 2 3 on top, as on a terminal, with one extra beside 0.
   */
  readonly layout: 'money' | 'count' | 'pin';
  readonly extras?: readonly PadExtra[] | undefined;
  readonly label?: string | undefined;
  readonly isDisabled?: boolean | undefined;
}

const digitsDown = ['7', '8', '9', '4', '5', '6', '1', '2', '3'] as const;
const digitsUp = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits to touch. Never mirrored: a number pad is the same hand in every language. */
export function NumPad(props: NumPadProps): ReactNode {
  const { extras = [], isDisabled = false, layout, onKey } = props;
  const { t } = useTranslation('common');
  const format = useFormat();
  const digits = layout === 'pin' ? digitsUp : digitsDown;
  const press = (key: NumPadKey, words: ReactNode, className?: string, label?: string): ReactNode => (
    <Button
      {...(label === undefined ? {} : { 'aria-label': label })}
      className={classNames(s['key'], className)}
      excludeFromTabOrder={layout !== 'pin' && /^\d/u.test(key)}
      isDisabled={isDisabled}
      key={key}
      onPress={() => onKey(key)}
      preventFocusOnPress
    >
      {words}
    </Button>
  );
  const figure = (key: '0' | '00' | (typeof digitsUp)[number]): ReactNode =>
    press(key, key === '00' ? format.integer(0).repeat(2) : format.integer(Number(key)), s[`k${key}`]);
  const backspace = press(
    'backspace',
    <Delete aria-hidden="true" className={s['icon']} />,
    classNames(s['side'], s['backspace']),
    t('backspace'),
  );
  const shown = extras.slice(0, layout === 'money' ? 2 : 1);
  return (
    <div aria-label={props.label ?? t('pin.pad')} className={classNames(s['pad'], s[layout])} dir="ltr" role="group">
      {digits.map((digit) => figure(digit))}
      {figure('0')}
      {layout !== 'pin' && figure('00')}
      {layout === 'money' &&
        press('.', format.decimals === 0 ? '' : format.decimalSign, s['point'], format.decimalSign)}
      {backspace}
      {layout !== 'pin' && press('clear', t('actions.clear'), classNames(s['side'], s['clear']))}
      {shown.map((extra, at) => (
        <Button
          className={classNames(s['key'], s['side'], s[`extra${at}`])}
          isDisabled={isDisabled}
          key={extra.id}
          onPress={extra.onPress}
          preventFocusOnPress
        >
          {extra.label}
          {extra.keys !== undefined && <KeyCap keys={extra.keys} />}
        </Button>
      ))}
    </div>
  );
}
