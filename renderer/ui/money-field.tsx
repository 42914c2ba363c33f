import { useState, type ReactNode } from 'react';
import { Input, TextField as AriaTextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ParseCode } from '../../shared/money/parse.ts';
import { ariaField, fieldClass, FieldFrame, FieldLabel, FieldNotes, framedFigures, type FieldProps } from './field.tsx';
import { useFormat } from './format-context.tsx';
import { useFieldFault } from './marked-fields.tsx';

export interface MoneyFieldProps extends FieldProps {
  /** What is typed, in the store's writing. `useFormat().readMoney` reads it, exactly or not at all. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: (() => void) | undefined;
  readonly allowsNegative?: boolean | undefined;
  /** 40 px, for the one amount that a screen is about. */
  readonly isEntry?: boolean | undefined;
}

/** What can be no part of an amount in any of our scripts, nor of one that is still being typed. */
const notOfAnAmount = /[^\d\u0660-\u0669\u06f0-\u06f9\p{Sc}.,'\s\u2019\u066b\u066c\u2212-]/u;
const lineBreaks = /\s*[\n\r\u2028\u2029]+\s*/gu;

/**
 * A field for money. What is typed or pasted stays as it is: it is read exactly, or refused in words, never made into
 * another amount. It says at once when an amount is finer than the currency. The scanner's keystrokes are kept from it
 * altogether (`data-scan`).
 */
export function MoneyField(props: MoneyFieldProps): ReactNode {
  const { allowsNegative = false, onSubmit, value } = props;
  const { t, i18n } = useTranslation('common');
  const format = useFormat();
  const [isLeft, setIsLeft] = useState(false);
  const reading = value === '' ? undefined : format.readMoney(value);
  const texts: Readonly<Record<ParseCode<'money'>, string>> = {
    'money.malformed': t('field.notANumber'),
    'money.too_fine': t('field.tooManyDecimals', {
      count: format.decimals,
      currency: format.currencyName(i18n.language),
    }),
    'money.too_large': t('field.tooLarge'),
  };
  const isNegative = reading?.ok === true && reading.value < 0 && !allowsNegative;
  // Half an amount (a lone sign) is no fault while somebody is still typing it.
  const isTold = reading?.ok === false && (isLeft || reading.code !== 'money.malformed' || notOfAnAmount.test(value));
  const fault = isTold ? texts[reading.code] : isNegative ? t('field.negative') : undefined;
  const marked = useFieldFault(props, value, 'line');
  const error = props.error ?? fault ?? marked;
  return (
    <AriaTextField
      {...ariaField({ ...props, error })}
      autoComplete="off"
      className={fieldClass}
      inputMode="decimal"
      onBlur={() => setIsLeft(true)}
      onChange={props.onChange}
      onFocus={() => setIsLeft(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || onSubmit === undefined) return event.continuePropagation();
        // Else the same stroke would press whatever the answer to it gives the focus to.
        event.preventDefault();
        setIsLeft(true);
        onSubmit();
      }}
      validationBehavior="aria"
      value={value}
    >
      <FieldLabel isLabelHidden={props.isLabelHidden} label={props.label} />
      <FieldFrame before={<bdi aria-hidden="true">{format.currencySign}</bdi>} isTall={props.isEntry}>
        <Input
          {...framedFigures}
          data-scan="never"
          onFocus={(event) => event.currentTarget.select()}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text').trim();
            if (!/[\n\r\u2028\u2029]/u.test(pasted)) return;
            // A browser leaves line breaks out, and would make one amount of two.
            event.preventDefault();
            props.onChange(pasted.replace(lineBreaks, ' / '));
          }}
        />
      </FieldFrame>
      <FieldNotes description={props.description} error={error} />
    </AriaTextField>
  );
}
