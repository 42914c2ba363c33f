import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { Button, useFormat } from '../../ui/index.ts';
import type { ProductHit } from '../data/operations.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import { QuantityPad } from '../frame/quantity-pad.tsx';
import { useQuantityEntry } from '../frame/use-quantity-entry.ts';
import { useRingUp } from './use-ring-up.ts';

export interface WeighFormProps {
  readonly product: Pick<ProductHit, 'product' | 'name' | 'unit' | 'price_minor'>;
  readonly onClose: () => void;
}

/** How much of something that is weighed or measured. */
export function WeighForm({ onClose, product }: WeighFormProps): ReactNode {
  const { t } = useTranslation('sell');
  const format = useFormat();
  const failureText = useFailureText();
  const { add } = useRingUp();
  const entry = useQuantityEntry();
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const unit = t(`unit.${product.unit}`);
  const change = (typed: string): void => {
    entry.setText(typed);
    setFailure(undefined);
  };
  const take = async (): Promise<void> => {
    entry.tell();
    if (entry.quantity_milli === undefined) return;
    const refused = await add(product, entry.quantity_milli);
    setFailure(refused);
    if (refused === undefined) onClose();
  };
  return (
    <div className={s['form']}>
      <p>{t('weighDialog.body', { name: product.name, price: format.amount(product.price_minor ?? 0), unit })}</p>
      <QuantityPad
        entry={{ text: entry.text, setText: change, fault: failureText(failure) ?? entry.fault }}
        label={t('weighDialog.label', { unit })}
        onSubmit={() => void take()}
        unit={unit}
      />
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button onPress={() => void take()} shortcut="confirm" variant="primary">
          {t('weighDialog.add')}
        </Button>
      </div>
    </div>
  );
}
