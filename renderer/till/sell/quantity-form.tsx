import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, NumPad, TextField, typeKey, useFormat } from '../../ui/index.ts';
import s from './forms.module.css';
import { useSellStore } from './sell-store.tsx';
import { useQuantityEntry } from './use-quantity-entry.ts';

const maxDigits = 10;

/** The quantity of what comes next, for those without a `*` key. */
export function QuantityForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const format = useFormat();
  const store = useSellStore();
  const { fault, quantity_milli, setText, tell, text } = useQuantityEntry();
  const take = (): void => {
    tell();
    if (quantity_milli === undefined) return;
    store.getState().change({ next_milli: quantity_milli, text: '' });
    onClose();
  };
  return (
    <div className={s['form']}>
      <p>{t('quantityDialog.body')}</p>
      <TextField
        autoFocus
        error={fault}
        inputMode="numeric"
        isCode
        label={t('quantityDialog.label')}
        onChange={setText}
        onSubmit={take}
        value={text}
      />
      <NumPad
        layout="money"
        onKey={(key) =>
          setText(typeKey(text, key, { decimals: 3, decimalSign: format.decimalSign, digits: maxDigits }))
        }
      />
      <div className={s['actions']}>
        <Button onPress={onClose} shortcut="Escape" shortcutInFields>
          {t('common:actions.cancel')}
        </Button>
        <Button onPress={take} shortcut="Enter" variant="primary">
          {t('quantityDialog.take')}
        </Button>
      </div>
    </div>
  );
}
