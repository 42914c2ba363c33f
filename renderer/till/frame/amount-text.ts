import { useCallback } from 'react';
import { decimalText } from '../../../shared/money/decimal-text.ts';
import { useFormat } from '../../ui/index.ts';

/**
 * What was typed in the store's writing, in the decimal text with a point that the till reads. An amount that can't be
 * read here goes to the till as it was typed (no longer than it takes): it is the till that says what is wrong with it.
 */
export function useAmountText(): (typed: string) => string {
  const format = useFormat();
  return useCallback(
    (typed) => {
      const reading = format.readMoney(typed);
      if (reading.ok) return decimalText(reading.value, format.decimals);
      // Too fine for the currency: the digits as they are, with a point, so that the till names the right fault.
      return typed.trim().replace(format.decimalSign, '.').slice(0, 32);
    },
    [format],
  );
}
