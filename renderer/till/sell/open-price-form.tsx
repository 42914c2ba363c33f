import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { Button, MoneyField, useFarPrice, useFormat } from '../../ui/index.ts';
import type { ProductHit } from '../data/operations.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useAmountText } from '../frame/amount-text.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import { useRingUp } from './use-ring-up.ts';

export interface OpenPriceFormProps {
  readonly product: Pick<ProductHit, 'product' | 'name' | 'unit'>;
  readonly quantity_milli: number;
  readonly onClose: () => void;
}

/** What an open-price product costs today. The till decides whether that can be a price. */
export function OpenPriceForm({ onClose, product, quantity_milli }: OpenPriceFormProps): ReactNode {
  const { t } = useTranslation('sell');
  const format = useFormat();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const { add } = useRingUp();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isPending, setIsPending] = useState(false);
  const far = useFarPrice(text, null);
  const take = async (): Promise<void> => {
    if (text === '' || isPending || !far.isMeant()) return;
    setIsPending(true);
    const refused = await add(product, quantity_milli, amountText(text));
    setIsPending(false);
    setFailure(refused);
    if (refused === undefined) onClose();
  };
  const isPieces = product.unit === 'piece';
  return (
    <div className={s['form']}>
      <p>{t('openPrice.body', { name: product.name })}</p>
      <MoneyField
        autoFocus
        error={failureText(failure)}
        isEntry
        label={isPieces ? t('openPrice.labelPiece') : t('openPrice.label', { unit: t(`unit.${product.unit}`) })}
        onChange={(typed) => {
          setText(typed);
          setFailure(undefined);
        }}
        onSubmit={() => void take()}
        value={text}
      />
      {far.question(() => void take())}
      {quantity_milli !== 1000 && <p>{t('scan.times', { quantity: format.quantity(quantity_milli) })}</p>}
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button
          isDisabled={text === ''}
          isPending={isPending}
          onPress={() => void take()}
          shortcut="confirm"
          variant="primary"
        >
          {t('openPrice.add')}
        </Button>
      </div>
    </div>
  );
}
