import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';

type Line = Sale['lines'][number];

/** Why a line came to what it did: its discounts, its share of the basket's, a price that is not the catalogue's. */
export function useLineWords(): (line: Line) => string[] {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  return (line) => {
    const words: string[] = line.discounts.map(({ given_minor, kind, rate_millionths, reason }) =>
      kind === 'percent' && rate_millionths !== undefined
        ? t('line.percent', { rate: format.rate(rate_millionths), amount: format.amount(-given_minor), reason })
        : t('line.amount', { amount: format.amount(-given_minor), reason }),
    );
    if (line.basket_discount_minor !== 0) {
      words.push(t('line.basket', { amount: format.amount(-line.basket_discount_minor) }));
    }
    if (line.price_source === 'override') {
      const before = line.list_price_minor === null ? '–' : format.amount(line.list_price_minor);
      words.push(t('line.override', { before, reason: line.price_reason ?? '–' }));
    }
    if (line.price_source === 'open') words.push(t('line.open'));
    if (line.price_source === 'label') words.push(t('line.label'));
    return words;
  };
}
