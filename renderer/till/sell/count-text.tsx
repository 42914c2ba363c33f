import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BasketLineAnswer } from '../data/operations.ts';

type Counted = Pick<BasketLineAnswer, 'quantity_milli' | 'unit'>;

/** Pieces one by one; what is weighed or measured counts as one, however much it is. */
export function countItems(lines: readonly Counted[]): number {
  let items = 0;
  for (const { quantity_milli, unit } of lines)
    items += unit === 'piece' ? Math.trunc(Math.abs(quantity_milli) / 1000) : 1;
  return items;
}

/** "6 lines, 14 items" */
export function CountText({ lines }: { readonly lines: readonly Counted[] }): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  return t('basket.linesAndItems', {
    lines: t('common:lines', { count: lines.length }),
    items: t('common:items', { count: countItems(lines) }),
  });
}
