import { Minus, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button, Group, Input, Label, TextField as AriaTextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { classNames } from './class-names.ts';
import { useFormat } from './format-context.tsx';
import { hiddenFromSight } from './hidden.ts';
import s from './quantity-field.module.css';

export interface QuantityFieldProps {
  readonly label: string;
  /** The label stands beside or above it in the screen already. */
  readonly isLabelHidden?: boolean | undefined;
  readonly quantity_milli: number;
  readonly onChange: (quantity_milli: number) => void;
  readonly min_milli?: number | undefined;
  readonly max_milli?: number | undefined;
  /** What − and + change; one piece when not said. */
  readonly step_milli?: number | undefined;
  /** Pieces only: a fraction is not taken. */
  readonly isWhole?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
}

/** A quantity in thousandths with − and + at its sides. What can't be read or lies outside the limits is put back. */
export function QuantityField(props: QuantityFieldProps): ReactNode {
  const { isDisabled = false, label, quantity_milli, step_milli = 1000 } = props;
  const { min_milli = 0, max_milli = 9_999_999_999 } = props;
  const { t } = useTranslation('common');
  const format = useFormat();
  const [typed, setTyped] = useState<string | null>(null);
  const clamp = (milli: number): number => Math.min(max_milli, Math.max(min_milli, milli));
  const change = (milli: number): void => {
    setTyped(null);
    if (milli !== quantity_milli) props.onChange(milli);
  };
  const take = (): void => {
    if (typed === null) return;
    const reading = format.readQuantity(typed);
    const isTaken = reading.ok && !(props.isWhole === true && reading.value % 1000 !== 0);
    change(isTaken ? clamp(reading.value) : quantity_milli);
  };
  return (
    <AriaTextField
      className={s['field'] ?? ''}
      isDisabled={isDisabled}
      onChange={setTyped}
      value={typed ?? format.quantity(quantity_milli)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape' && typed !== null) setTyped(null);
        else if (event.key === 'ArrowUp') change(clamp(quantity_milli + step_milli));
        else if (event.key === 'ArrowDown') change(clamp(quantity_milli - step_milli));
        else event.continuePropagation();
      }}
    >
      <Label className={props.isLabelHidden === true ? hiddenFromSight : (s['label'] ?? '')}>{label}</Label>
      <Group className={s['box'] ?? ''} isDisabled={isDisabled}>
        <Button
          aria-label={`${label}: ${t('decrease')}`}
          className={classNames(s['step'])}
          isDisabled={isDisabled || quantity_milli <= min_milli}
          onPress={() => change(clamp(quantity_milli - step_milli))}
          preventFocusOnPress
        >
          <Minus aria-hidden="true" className={s['icon']} />
        </Button>
        <Input
          className={s['input'] ?? ''}
          data-scan="never"
          dir="ltr"
          inputMode={props.isWhole === true ? 'numeric' : 'decimal'}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          aria-label={`${label}: ${t('increase')}`}
          className={classNames(s['step'])}
          isDisabled={isDisabled || quantity_milli >= max_milli}
          onPress={() => change(clamp(quantity_milli + step_milli))}
          preventFocusOnPress
        >
          <Plus aria-hidden="true" className={s['icon']} />
        </Button>
      </Group>
    </AriaTextField>
  );
}
