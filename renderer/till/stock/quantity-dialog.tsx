import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, NumPad, TextField, typeKey, useFormat } from '../../ui/index.ts';
import type { Goods } from './use-goods.ts';
import s from './stock.module.css';

const maxDigits = 10;

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
  const { t } = useTranslation(['stock', 'common']);
  const format = useFormat();
  const [text, setText] = useState('');
  const [isTold, setIsTold] = useState(false);
  const reading = format.readQuantity(text);
  const quantity_milli = reading.ok && reading.value >= 0 ? reading.value : undefined;
  const take = (): void => {
    setIsTold(true);
    if (quantity_milli !== undefined) onTake(quantity_milli);
  };
  return (
    <div className={s['form']}>
      <TextField
        autoFocus
        error={isTold && quantity_milli === undefined ? t('common:field.notAQuantity') : undefined}
        inputMode="numeric"
        isCode
        label={t('adjust.quantity')}
        onChange={(typed) => {
          setText(typed);
          setIsTold(false);
        }}
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
        <Button onPress={take} variant="primary">
          {t('transfers.take')}
        </Button>
      </div>
    </div>
  );
}
