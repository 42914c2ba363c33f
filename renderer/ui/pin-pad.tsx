import type { ReactNode } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { NumPad } from './num-pad.tsx';
import s from './pin-pad.module.css';

export interface PinPadProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Enter. */
  readonly onSubmit?: ((pin: string) => void) | undefined;
  /** Whose PIN it is: "Priya’s PIN". */
  readonly label?: string | undefined;
  /** How many places are drawn; more may be typed up to `maxDigits`. */
  readonly digits?: number | undefined;
  readonly maxDigits?: number | undefined;
  readonly onUsePassword?: (() => void) | undefined;
  readonly error?: string | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly autoFocus?: boolean | undefined;
}

/** A PIN by touch or by keyboard; only how many digits there are is ever shown. Scans are kept from it. */
export function PinPad(props: PinPadProps): ReactNode {
  const { digits = 6, isDisabled = false, maxDigits = 8, onSubmit, onUsePassword, value } = props;
  const { t } = useTranslation('common');
  const label = props.label ?? t('pin.label');
  const places = Math.max(digits, value.length);
  const take = (text: string): void => props.onChange(text.replace(/\D/gu, '').slice(0, maxDigits));
  return (
    <div className={s['pin']}>
      <TextField
        autoComplete="off"
        autoFocus={props.autoFocus ?? false}
        className={s['entry'] ?? ''}
        inputMode="none"
        isDisabled={isDisabled}
        isInvalid={props.error !== undefined}
        onChange={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && onSubmit !== undefined) onSubmit(value);
          else event.continuePropagation();
        }}
        type="password"
        validationBehavior="aria"
        value={value}
      >
        <Label className={s['label'] ?? ''}>{label}</Label>
        <span className={classNames(s['frame'], props.error !== undefined && s['invalid'])}>
          <Input className={s['input'] ?? ''} data-framed="" data-scan="never" />
          <span aria-hidden="true" className={s['dots']} dir="ltr">
            {Array.from({ length: places }, (_, at) => (
              // The places of a PIN have no other name than where they stand.
              <span className={classNames(s['dot'], at < value.length && s['full'])} key={`place-${String(at)}`} />
            ))}
          </span>
        </span>
      </TextField>
      {props.error !== undefined && (
        <p className={s['error']} role="alert">
          {props.error}
        </p>
      )}
      <NumPad
        extras={
          onUsePassword === undefined ? [] : [{ id: 'password', label: t('pin.usePassword'), onPress: onUsePassword }]
        }
        isDisabled={isDisabled}
        layout="pin"
        onKey={(key) => take(key === 'backspace' ? value.slice(0, -1) : key === 'clear' ? '' : `${value}${key}`)}
      />
    </div>
  );
}
