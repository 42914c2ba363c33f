import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { Button, NumPad, TextField, typeKey, useFormat } from '../../ui/index.ts';
import type { ProductHit } from '../data/operations.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from './forms.module.css';
import { useQuantityEntry } from './use-quantity-entry.ts';
import { useRingUp } from './use-ring-up.ts';

export interface WeighFormProps {
  readonly product: Pick<ProductHit, 'product' | 'name' | 'unit' | 'price_minor'>;
  readonly onClose: () => void;
}

/** How much of something that is weighed or measured. */
export function WeighForm({ onClose, product }: WeighFormProps): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const format = useFormat();
  const failureText = useFailureText();
  const { add } = useRingUp();
  const { fault, quantity_milli, setText, tell, text } = useQuantityEntry();
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const unit = t(`unit.${product.unit}`);
  const change = (typed: string): void => {
    setText(typed);
    setFailure(undefined);
  };
  const take = async (): Promise<void> => {
    tell();
    if (quantity_milli === undefined) return;
    const refused = await add(product, quantity_milli);
    setFailure(refused);
    if (refused === undefined) onClose();
  };
  return (
    <div className={s['form']}>
      <p>{t('weighDialog.body', { name: product.name, price: format.amount(product.price_minor ?? 0), unit })}</p>
      <TextField
        after={unit}
        autoFocus
        error={failureText(failure) ?? fault}
        inputMode="numeric"
        isCode
        label={t('weighDialog.label', { unit })}
        onChange={change}
        onSubmit={() => void take()}
        value={text}
      />
      <NumPad
        layout="money"
        onKey={(key) => change(typeKey(text, key, { decimals: 3, decimalSign: format.decimalSign, digits: 10 }))}
      />
      <div className={s['actions']}>
        <Button onPress={onClose} shortcut="Escape" shortcutInFields>
          {t('common:actions.cancel')}
        </Button>
        <Button onPress={() => void take()} shortcut="Enter" variant="primary">
          {t('weighDialog.add')}
        </Button>
      </div>
    </div>
  );
}
