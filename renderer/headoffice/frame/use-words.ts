import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/index.ts';

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;
const day_ms = 24 * hour_ms;

/** How long something took or has been so, in the two largest units: `2 h 11 min`. */
export function useDuration(): (duration_ms: number) => string {
  const { t } = useTranslation('common');
  return (duration_ms) => {
    const whole = (unit_ms: number) => Math.floor(Math.max(0, duration_ms) / unit_ms);
    if (duration_ms < minute_ms) return t('seconds', { count: whole(1000) });
    if (duration_ms < hour_ms) return t('minutes', { count: whole(minute_ms) });
    if (duration_ms < day_ms) {
      const minutes = Math.floor((duration_ms % hour_ms) / minute_ms);
      const hours = t('hours', { count: whole(hour_ms) });
      return minutes === 0 ? hours : `${hours} ${t('minutes', { count: minutes })}`;
    }
    return t('days', { count: whole(day_ms) });
  };
}

/** The word for a kind of tender; a kind that a newer till knows stands as it is. */
export function useTenderName(): (kind: string) => string {
  const { t } = useTranslation('headoffice');
  return (kind) => (kind === 'cash' || kind === 'card' ? t(`tender.${kind}`) : kind);
}

/** The word for a unit behind a quantity; pieces have none. */
export function useQuantity(): (quantity_milli: number, unit: string) => string {
  const format = useFormat();
  return (quantity_milli, unit) => {
    const shown = unit === 'piece' ? undefined : unit === 'm2' ? 'm²' : unit;
    return format.quantity(quantity_milli, shown, shown !== undefined);
  };
}
