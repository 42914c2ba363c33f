import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog } from '../../ui/index.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import s from '../frame/page.module.css';
import { QuantityPad } from '../frame/quantity-pad.tsx';
import { useQuantityEntry } from '../frame/use-quantity-entry.ts';
import type { Goods } from './goods-draft.ts';

export interface QuantityDialogProps {
  readonly goods: Goods | null;
  readonly onClose: () => void;
  readonly onTake: (quantity_milli: number) => void;
}

/** Types how much of a product is sent or has arrived; nothing too. */
export function QuantityDialog(props: QuantityDialogProps): ReactNode {
  const { goods, onClose } = props;
  return (
    <Dialog isOpen={goods !== null} onClose={onClose} title={goods?.name ?? ''}>
      {goods !== null && <QuantityForm {...props} />}
    </Dialog>
  );
}

function QuantityForm({ onClose, onTake }: QuantityDialogProps): ReactNode {
  const { t } = useTranslation('stock');
  const entry = useQuantityEntry({ canBeNone: true });
  const take = (): void => {
    entry.tell();
    if (entry.quantity_milli !== undefined) onTake(entry.quantity_milli);
  };
  return (
    <div className={s['form']}>
      <QuantityPad entry={entry} label={t('adjust.quantity')} onSubmit={take} />
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button onPress={take} variant="primary">
          {t('transfers.take')}
        </Button>
      </div>
    </div>
  );
}
