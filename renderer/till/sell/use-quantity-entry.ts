import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';

/** The largest quantity of one line that the till takes: a million units. */
const most_milli = 1_000_000_000;

export interface QuantityEntry {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** What was typed; undefined for what can't be a quantity of something sold. */
  readonly quantity_milli: number | undefined;
  /** Why it can't be taken, in words; undefined while nothing is wrong, or it is still being typed. */
  readonly fault: string | undefined;
  /** Enter: what is wrong is told now, also half a quantity. */
  readonly tell: () => void;
}

/** A quantity while it is typed, above zero and as fine as a scale weighs. */
export function useQuantityEntry(): QuantityEntry {
  const { t } = useTranslation('common');
  const format = useFormat();
  const [text, setText] = useState('');
  const [isTold, setIsTold] = useState(false);
  const reading = format.readQuantity(text);
  const quantity_milli = reading.ok && reading.value > 0 && reading.value <= most_milli ? reading.value : undefined;

  function wrong(): string | undefined {
    if (quantity_milli !== undefined) return undefined;
    if (text === '') return isTold ? t('field.quantityMissing') : undefined;
    if (reading.ok) {
      if (reading.value > most_milli) return t('field.quantityTooLarge');
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
