import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';

/** The largest quantity of one line that the till takes: a million units. */
const most_milli = 1_000_000_000;

export interface QuantityEntryOptions {
  /** Nothing at all is a quantity too: of what is counted, or has arrived. */
  readonly canBeNone?: boolean;
}

export interface QuantityEntry {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What was typed; undefined for what can't be one. */
  readonly quantity_milli: number | undefined;
  /** Why it can't be taken, in words; undefined while nothing is wrong, or it is still being typed. */
  readonly fault: string | undefined;
  /** Enter: what is wrong is told now, also half a quantity. */
  readonly tell: () => void;
}

/** A quantity while it is typed, above zero unless it can be none, and as fine as a scale weighs. */
export function useQuantityEntry({ canBeNone = false }: QuantityEntryOptions = {}): QuantityEntry {
  const { t } = useTranslation('common');
  const format = useFormat();
  const [text, setText] = useState('');
  const [isTold, setIsTold] = useState(false);
  const reading = format.readQuantity(text);
  const least_milli = canBeNone ? 0 : 1;
  const isInBounds = reading.ok && reading.value >= least_milli && reading.value <= most_milli;
  const quantity_milli = isInBounds ? reading.value : undefined;

  function wrong(): string | undefined {
    if (quantity_milli !== undefined) return undefined;
    if (text === '') return isTold ? t('field.quantityMissing') : undefined;
    if (reading.ok) {
      if (reading.value > most_milli) return t('field.quantityTooLarge');
      if (canBeNone) return t('field.notAQuantity');
      // A zero may be the beginning of 0.5.
      return isTold || reading.value < 0 ? t('field.quantityNotAboveZero') : undefined;
    }
    if (reading.code === 'quantity.too_fine') return t('field.quantityDecimals');
    if (reading.code === 'quantity.too_large') return t('field.quantityTooLarge');
    return isTold ? t('field.notAQuantity') : undefined;
  }
  return {
    text,
    setText: (typed) => {
      setText(typed);
      setIsTold(false);
    },
    quantity_milli,
    fault: wrong(),
    tell: () => setIsTold(true),
  };
}
