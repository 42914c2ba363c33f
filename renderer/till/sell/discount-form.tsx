import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SaleId } from '../../../shared/ids.ts';
import { Button, MoneyField, SegmentedControl, TextField, useFormat } from '../../ui/index.ts';
import { ApprovalDock } from '../approval/approval-dock.tsx';
import { useApproved } from '../approval/use-approved.ts';
import type { Basket, BasketLineAnswer, Given } from '../data/operations.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { Emphasis } from '../frame/emphasis.tsx';
import { Fit } from '../frame/fit.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useReason } from '../frame/use-reason.ts';
import s from '../frame/page.module.css';

export interface DiscountFormProps {
  readonly basket: Basket;
  readonly id: SaleId;
  readonly line: BasketLineAnswer;
  readonly onClose: () => void;
}

type Discount = NonNullable<Given<'basket.discount'>['discount']>;
const whole_millionths = 1_000_000;

/** Takes something off a line or off the whole basket, by per cent or by amount, for a reason. */
export function DiscountForm({ basket, id, line, onClose }: DiscountFormProps): ReactNode {
  const { t } = useTranslation(['sell', 'common', 'refund']);
  const format = useFormat();
  const failureText = useFailureText();
  const { session } = useAtTheTill();
  const [of, setOf] = useState<'line' | 'basket'>('line');
  const [kind, setKind] = useState<'percent' | 'amount'>('percent');
  const [text, setText] = useState('');
  const [isTried, setIsTried] = useState(false);
  const { ask, field, reason } = useReason(t('lineDialog.reasonMissing'));
  const onLine = useApproved('basket.discount_line', 'sale.discount', onClose);
  const onBasket = useApproved('basket.discount', 'sale.discount', onClose);
  const command = of === 'line' ? onLine : onBasket;
  const discount = read();
  const given = of === 'line' ? line.discounts : basket.basket_discounts;

  function read(): Discount | undefined {
    if (kind === 'percent') {
      const rate = format.readRate(text);
      if (!rate.ok || rate.value < 1 || rate.value > whole_millionths) return undefined;
      return { kind, rate_millionths: rate.value, reason };
    }
    const amount = format.readMoney(text);
    return amount.ok && amount.value > 0 ? { kind, amount_minor: amount.value, reason } : undefined;
  }
  const start = async (wanted: Discount | null): Promise<void> => {
    if (of === 'line') await onLine.start({ basket: id, line: line.line, discount: wanted });
    else await onBasket.start({ basket: id, discount: wanted });
  };
  const give = async (): Promise<void> => {
    setIsTried(true);
    if (discount !== undefined && ask()) await start(discount);
  };
  const words = (one: Discount): string =>
    one.kind === 'percent' ? format.rate(one.rate_millionths) : format.amount(one.amount_minor);
  const notADiscount =
    discount !== undefined || (text === '' && !isTried)
      ? undefined
      : t(kind === 'percent' ? 'discountDialog.notPercent' : 'discountDialog.notAmount');

  if (onLine.waiting !== null || onBasket.waiting !== null) {
    const waiting = onLine.waiting?.discount ?? onBasket.waiting?.discount ?? null;
    const what = of === 'line' ? line.name : t('discountDialog.ofBasket');
    const about = (
      <>
        <Emphasis>
          {waiting === null
            ? t('discountDialog.askBack', { what })
            : t('discountDialog.ask', { what, discount: words(waiting) })}
        </Emphasis>{' '}
        {reason.trim() === ''
          ? t('common:approval.asks', { name: session.name })
          : t('refund:asks', { name: session.name, reason })}
      </>
    );
    return of === 'line' ? (
      <ApprovalDock approved={onLine}>{about}</ApprovalDock>
    ) : (
      <ApprovalDock approved={onBasket}>{about}</ApprovalDock>
    );
  }
  return (
    <div className={s['form']}>
      <Fit>
        <SegmentedControl
          choices={[
            { id: 'line', label: t('discountDialog.ofLine') },
            { id: 'basket', label: t('discountDialog.ofBasket') },
          ]}
          isLabelShown
          label={t('discountDialog.of')}
          onChange={setOf}
          value={of}
        />
      </Fit>
      <p>
        {of === 'line'
          ? t('discountDialog.lineIs', { name: line.name, amount: format.amount(line.total_minor) })
          : t('discountDialog.basketIs', {
              lines: t('common:lines', { count: basket.lines.length }),
              amount: format.amount(basket.total_minor),
            })}
      </p>
      <div className={s['pair']}>
        <Fit>
          <SegmentedControl
            choices={[
              { id: 'percent', label: t('discountDialog.percent') },
              { id: 'amount', label: t('discountDialog.amount') },
            ]}
            isLabelShown
            label={t('discountDialog.kind')}
            onChange={setKind}
            value={kind}
          />
        </Fit>
        {kind === 'percent' ? (
          <TextField
            after="%"
            autoFocus
            error={failureText(command.failure) ?? notADiscount}
            inputMode="numeric"
            isCode
            label={t('discountDialog.percentLabel')}
            maxLength={8}
            onChange={setText}
            onSubmit={() => void give()}
            value={text}
          />
        ) : (
          <MoneyField
            autoFocus
            error={failureText(command.failure) ?? (isTried ? notADiscount : undefined)}
            label={t('discountDialog.amountLabel')}
            onChange={setText}
            onSubmit={() => void give()}
            value={text}
          />
        )}
      </div>
      <ReasonField
        {...field}
        label={t('discountDialog.reason')}
        onSubmit={() => void give()}
        usual={[
          t('discountDialog.reasons.damaged'),
          t('discountDialog.reasons.regular'),
          t('discountDialog.reasons.staff'),
          t('discountDialog.reasons.goodwill'),
        ]}
      />
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        {given.length > 0 && (
          <Button isPending={command.isPending} onPress={() => void start(null)}>
            {t('discountDialog.takeBack')}
          </Button>
        )}
        <Button isPending={command.isPending} onPress={() => void give()} shortcut="confirm" variant="primary">
          {t('discountDialog.give')}
        </Button>
      </div>
    </div>
  );
}
