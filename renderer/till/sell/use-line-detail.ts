import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';
import type { BasketLineAnswer } from '../data/operations.ts';

export interface LineDetail {
  /** "6 × 2.55", "0.624 kg × 3.49 / kg"; nothing where it would only repeat the amount. */
  readonly detail: string | undefined;
  /** What it would cost without what was taken off; nothing where nothing was. */
  readonly before_minor: number | undefined;
}

/** What stands beneath a line's name. Every figure in it came from the till. */
export function useLineDetail(
  line: Pick<BasketLineAnswer, 'quantity_milli' | 'unit' | 'unit_price_minor' | 'gross_minor' | 'total_minor'>,
): LineDetail {
  const { t } = useTranslation('sell');
  const format = useFormat();
  const isPieces = line.unit === 'piece';
  const unit = t(`unit.${line.unit}`);
  const price = format.amount(line.unit_price_minor);
  const isPlain = isPieces && line.quantity_milli === 1000;
  const before_minor = line.total_minor === line.gross_minor ? undefined : line.gross_minor;
  const detail = isPlain
    ? undefined
    : isPieces
      ? t('line.at', { quantity: format.quantity(line.quantity_milli), price })
      : t('line.weighed', { quantity: format.quantity(line.quantity_milli, unit, true), price, unit });
  return { detail, before_minor };
}
