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

/** Asks once about a price that is far above the one before; another amount is asked about anew. */
export function useFarPrice(typed: string, before_minor: number | null): FarPrice {
  const { t } = useTranslation('common');
  const format = useFormat();
  const meant = useRef<string | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const reading = typed === '' ? undefined : format.readMoney(typed);
  const isFar = reading?.ok === true && isFarPrice(reading.value, before_minor);
  return {
    isMeant: () => {
      if (!isFar || meant.current === typed) return true;
      setAsked(typed);
      return false;
    },
    question: (onYes) =>
      isFar && asked === typed ? (
        <Notice
          actions={
            <Button
              onPress={() => {
                meant.current = typed;
                setAsked(null);
                onYes();
              }}
              size="small"
            >
              {t('farPrice.yes')}
            </Button>
          }
          severity="warn"
          title={t('farPrice.ask', { price: format.money(reading.value) })}
        >
          {before_minor === null ? t('farPrice.new') : t('farPrice.before', { price: format.money(before_minor) })}
        </Notice>
      ) : null,
  };
}
