import { useCallback } from 'react';
import { decimalText } from '../../../shared/money/decimal-text.ts';
import { useFormat } from '../../ui/index.ts';

/** What the till surely reads as no amount. */
const noAmount = '?';
/** The longest text that the till takes for an amount. */
const maxLength = 32;
/** Signs between groups of digits, in whatever writing. */
const groups = /[\s'\u2019\u066c]/gu;

/**
 * What was typed in the store's writing, in the decimal text with a point that the till reads. An amount that can't be
 * taken goes to the till all the same: it is the till that says what is wrong with it.
 */
export function useAmountText(): (typed: string) => string {
  const format = useFormat();
  return useCallback(
    (typed) => {
      const reading = format.readMoney(typed);
      if (reading.ok) return decimalText(reading.value, format.decimals);
      // Never as it was typed: with a point for the decimal sign, `1.5` is no amount in German and one and a half here.
      if (reading.code === 'money.malformed') return noAmount;
      // Too fine or too large: the figures, so that the till names the right fault.
      const figures = typed
        .trim()
        .replaceAll(format.decimalSign === ',' ? '.' : ',', '')
        .replace(groups, '')
        .replace(format.decimalSign, '.');
      return figures.length > maxLength ? noAmount : figures;
    },
    [format],
  );
}
