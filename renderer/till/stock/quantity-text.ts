import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';

/** A quantity with its unit, as it stands in lists of stock. */
export function useQuantityText(): (
  quantity_milli: number,
  unit: 'piece' | 'kg' | 'g' | 'l' | 'm' | 'm2' | 'h',
) => string {
  const { t } = useTranslation('sell');
  const format = useFormat();
  return (quantity_milli, unit) => format.quantity(quantity_milli, t(`unit.${unit}`));
}
