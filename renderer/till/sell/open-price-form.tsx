import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/errors.ts';
import { Button, MoneyField, useFormat } from '../../ui/index.ts';
import type { ProductHit } from '../data/operations.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from './forms.module.css';
import { useSell } from './sell-store.tsx';
import { useRingUp } from './use-ring-up.ts';

export interface OpenPriceFormProps {
  readonly product: Pick<ProductHit, 'product' | 'name' | 'unit'>;
  readonly onClose: () => void;
}

/** What an open-price product costs today. The till decides whether that can be a price. */
export function OpenPriceForm({ onClose, product }: OpenPriceFormProps): ReactNode {
  const { t } = useTranslation(['sell', 'common']);
  const format = useFormat();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const next_milli = useSell((state) => state.next_milli);
  const { add } = useRingUp();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const [isPending, setIsPending] = useState(false);
  const take = async (): Promise<void> => {
    if (text === '' || isPending) return;
    setIsPending(true);
    const refused = await add(product, next_milli ?? 1000, amountText(text));
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
      {next_milli !== null && <p>{t('scan.timesNext', { quantity: format.quantity(next_milli) })}</p>}
      <div className={s['actions']}>
        <Button onPress={onClose} shortcut="Escape" shortcutInFields>
          {t('common:actions.cancel')}
        </Button>
        <Button
          isDisabled={text === ''}
          isPending={isPending}
          onPress={() => void take()}
          shortcut="Enter"
          variant="primary"
        >
          {t('openPrice.add')}
        </Button>
      </div>
    </div>
  );
}
