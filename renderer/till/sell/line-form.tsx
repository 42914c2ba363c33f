import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleId } from '../../../shared/ids.ts';
import { Button, MoneyField, QuantityField, useFarPrice, useFormat } from '../../ui/index.ts';
import { ApprovalDock } from '../approval/approval-dock.tsx';
import { useApproved } from '../approval/use-approved.ts';
import type { BasketLineAnswer } from '../data/operations.ts';
import { useAmountText } from '../frame/amount-text.ts';
import { Emphasis } from '../frame/emphasis.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useReason } from '../frame/use-reason.ts';
import s from '../frame/page.module.css';
import { useRingUp } from './use-ring-up.ts';

export interface LineFormProps {
  readonly basket: SaleId;
  readonly line: BasketLineAnswer;
  readonly onClose: () => void;
}

/** Changes one line: how much of it, and at another price than the catalogue's, for a reason. */
export function LineForm({ basket, line, onClose }: LineFormProps): ReactNode {
  const { t } = useTranslation(['sell', 'common', 'refund']);
  const format = useFormat();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const { session } = useAtTheTill();
  const { setQuantity } = useRingUp();
  const [price, setPrice] = useState('');
  const { ask, field, reason } = useReason(t('lineDialog.reasonMissing'));
  const override = useApproved('basket.override_price', 'sale.override_price', onClose);
  const typed = format.readMoney(price);
  const far = useFarPrice(price, line.unit_price_minor);
  const isPieces = line.unit === 'piece';
  const save = async (): Promise<void> => {
    if (price === '') return onClose();
    if (!far.isMeant() || !ask()) return;
    await override.start({ basket, line: line.line, price: amountText(price), reason });
  };
  if (override.waiting !== null) {
    return (
      <ApprovalDock approved={override}>
        <Emphasis>
          {t('lineDialog.ask', {
            name: line.name,
            from: format.amount(line.unit_price_minor),
            to: typed.ok ? format.amount(typed.value) : price,
          })}
        </Emphasis>{' '}
        {t('refund:asks', { name: session.name, reason })}
      </ApprovalDock>
    );
  }
  return (
    <div className={s['form']}>
      <div className={s['pair']}>
        <QuantityField
          isWhole={isPieces}
          label={t('lineDialog.quantity')}
          min_milli={isPieces ? 1000 : 1}
          onChange={(quantity_milli) => void setQuantity(line, quantity_milli)}
          quantity_milli={line.quantity_milli}
          step_milli={isPieces ? 1000 : 100}
        />
        <MoneyField
          autoFocus
          description={t('lineDialog.priceNow', { price: format.money(line.unit_price_minor) })}
          error={failureText(override.failure)}
          label={t('lineDialog.price')}
          onChange={(text) => {
            setPrice(text);
            override.clear();
          }}
          onSubmit={() => void save()}
          value={price}
        />
      </div>
      {far.question(() => void save())}
      {price !== '' && (
        <ReasonField
          {...field}
          label={t('lineDialog.reason')}
          onSubmit={() => void save()}
          usual={[
            t('lineDialog.reasons.damaged'),
            t('lineDialog.reasons.matched'),
            t('lineDialog.reasons.agreed'),
            t('lineDialog.reasons.shelf'),
          ]}
        />
      )}
      <div className={s['actions']}>
        <Button onPress={onClose} shortcut="cancel" shortcutInFields>
          {price === '' ? t('common:actions.close') : t('common:actions.cancel')}
        </Button>
        <Button
          isDisabled={price === ''}
          isPending={override.isPending}
          onPress={() => void save()}
          shortcut="confirm"
          variant="primary"
        >
          {t('lineDialog.save')}
        </Button>
      </div>
    </div>
  );
}
