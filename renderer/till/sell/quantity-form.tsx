import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/index.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import s from '../frame/page.module.css';
import { QuantityPad } from '../frame/quantity-pad.tsx';
import { useQuantityEntry } from '../frame/use-quantity-entry.ts';
import { useSellStore } from './sell-store.tsx';

/** The quantity of what comes next, for those without a `*` key. */
export function QuantityForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('sell');
  const store = useSellStore();
  const entry = useQuantityEntry();
  const take = (): void => {
    entry.tell();
    if (entry.quantity_milli === undefined) return;
    store.getState().change({ next_milli: entry.quantity_milli, text: '' });
    onClose();
  };
  return (
    <div className={s['form']}>
      <p>{t('quantityDialog.body')}</p>
      <QuantityPad entry={entry} label={t('quantityDialog.label')} onSubmit={take} />
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button onPress={take} shortcut="confirm" variant="primary">
          {t('quantityDialog.take')}
        </Button>
      </div>
    </div>
  );
}
