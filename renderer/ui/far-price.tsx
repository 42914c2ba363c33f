import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isFarPrice } from '../../shared/money/far-price.ts';
import { Button } from './button.tsx';
import { useFormat } from './format-context.tsx';
import { Notice } from './notice.tsx';

export interface FarPrice {
  /** Whether the form may go on. Where it may not, the question stands beside the field from now on. */
  readonly isMeant: () => boolean;
  /** The question, to be put beneath the field; null while there is none. `onYes` goes on with the form. */
  readonly question: (onYes: () => void) => ReactNode;
}

/** A price that somebody types, in the place of another. */
export interface TypedPrice {
  readonly typed: string;
  readonly before_minor: number | null;
}

/** Asks once about a price that is far above the one before; another amount is asked about anew. */
export function useFarPrice(typed: string, before_minor: number | null): FarPrice {
  return useFarPrices([{ typed, before_minor }]);
}

/** The same of several prices, one after another. */
export function useFarPrices(prices: readonly TypedPrice[]): FarPrice {
  const { t } = useTranslation('common');
  const format = useFormat();
  const meant = useRef<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<string | null>(null);
  const far = prices.flatMap(({ before_minor, typed }) => {
    const reading = typed === '' ? undefined : format.readMoney(typed);
    if (reading?.ok !== true || !isFarPrice(reading.value, before_minor)) return [];
    return [{ id: `${before_minor ?? ''} ${typed}`, price_minor: reading.value, before_minor }];
  });
  const shown = far.find(({ id }) => id === asked);
  return {
    isMeant: () => {
      const open = far.find(({ id }) => !meant.current.has(id));
      if (open !== undefined) setAsked(open.id);
      return open === undefined;
    },
    question: (onYes) =>
      shown === undefined ? null : (
        <Notice
          actions={
            <Button
              onPress={() => {
                meant.current = new Set([...meant.current, shown.id]);
                setAsked(null);
                onYes();
              }}
              size="small"
            >
              {t('farPrice.yes')}
            </Button>
          }
          severity="warn"
          title={t('farPrice.ask', { price: format.money(shown.price_minor) })}
        >
          {shown.before_minor === null
            ? t('farPrice.new')
            : t('farPrice.before', { price: format.money(shown.before_minor) })}
        </Notice>
      ),
  };
}
