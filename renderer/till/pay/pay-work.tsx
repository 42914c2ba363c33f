import { Banknote, CreditCard } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { quickCash } from '../../../shared/sale/cash.ts';
import { formatMoneyShort } from '../../../shared/money/format.ts';
import type { SaleId } from '../../../shared/ids.ts';
import { Button, MoneyField, Notice, Slate, useFormat, type KeyAction } from '../../ui/index.ts';
import type { Basket } from '../data/operations.ts';
import { AmountPad } from '../frame/amount-pad.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import s from './pay-work.module.css';
import { usePayment, type TenderKind } from './use-payment.ts';

const quickKeys: readonly KeyAction[] = ['exact', 'quick1', 'quick2', 'quick3', 'quick4'];

export interface PayWorkProps {
  readonly basket: Basket;
  readonly id: SaleId;
  readonly kind: TenderKind;
  readonly onBack: () => void;
}

/** The work of taking money: the due amount, what is handed over, and what is given back for it. */
export function PayWork({ basket, id, kind: firstKind }: PayWorkProps): ReactNode {
  const { t } = useTranslation(['pay', 'common']);
  const format = useFormat();
  const failureText = useFailureText();
  const [kind, setKind] = useState<TenderKind>(firstKind);
  const [entry, setEntry] = useState('');
  const payment = usePayment(basket, id);
  const { due_minor } = basket;
  const wanted_minor = kind === 'cash' ? payment.dueInCash_minor : due_minor;
  // Nothing typed means exactly what is due: the most frequent case is one key.
  const reading = entry === '' ? undefined : format.readMoney(entry);
  const handed_minor = reading === undefined ? wanted_minor : reading.ok ? reading.value : undefined;
  const outcome = handed_minor === undefined ? undefined : payment.preview(kind, handed_minor);

  const choose = (next: TenderKind): void => {
    setKind(next);
    setEntry('');
    payment.clear();
  };
  const take = async (): Promise<void> => {
    if (payment.isPending) return;
    const isTaken = await payment.take(kind, entry === '' ? wanted_minor : entry);
    if (isTaken) setEntry('');
  };
  const isPaid = due_minor === 0;
  return (
    <section className={s['work']}>
      <Slate
        amount_minor={due_minor}
        detail={
          <>
            <span className={s['fact']}>{t('total', { amount: format.amount(basket.total_minor) })}</span>
            <span className={s['fact']}>{t('paid', { amount: format.amount(basket.paid_minor) })}</span>
            {!isPaid && payment.dueInCash_minor !== due_minor && (
              <span className={s['fact']}>{t('cashRounded', { amount: format.money(payment.dueInCash_minor) })}</span>
            )}
          </>
        }
        label={isPaid ? t('paidInFull') : t('stillDue')}
        size="due"
        tone="owed"
      />
      <div className={s['entry']}>
        <MoneyField
          autoFocus
          error={failureText(payment.failure)}
          isEntry
          key={kind}
          label={kind === 'cash' ? t('received') : t('cardAmount')}
          onChange={(typed) => {
            setEntry(typed);
            payment.clear();
          }}
          onSubmit={() => void take()}
          value={entry}
        />
        <AmountPad entry={entry} onEntry={setEntry} />
      </div>
      <div className={s['ways']}>
        <div aria-label={t('how')} className={s['kinds']} role="group">
          <Button
            align="spread"
            icon={Banknote}
            isSelected={kind === 'cash'}
            isWide
            keepsFocus
            onPress={() => choose('cash')}
            shortcut="cash"
            shortcutInFields
            size="function"
          >
            {t('cash')}
          </Button>
          <Button
            align="spread"
            icon={CreditCard}
            isSelected={kind === 'card'}
            isWide
            keepsFocus
            onPress={() => choose('card')}
            shortcut="card"
            shortcutInFields
            size="function"
          >
            {t('card')}
          </Button>
        </div>
        {kind === 'cash' ? (
          <QuickCash due_minor={payment.dueInCash_minor} handed_minor={handed_minor} onChoose={setEntry} />
        ) : (
          <div className={s['hint']}>
            <Notice severity="info" title={t('cardHint')} />
          </div>
        )}
      </div>
      <div className={s['change']}>
        {outcome === undefined || !outcome.isEnough ? (
          <Slate
            amount_minor={outcome?.missing_minor ?? wanted_minor}
            detail={t('afterThis')}
            label={t('stillMissing')}
            size="small"
            tone="owed"
          />
        ) : (
          <Slate
            amount_minor={outcome.change_minor}
            detail={outcome.change_minor === 0 ? undefined : t('toGive')}
            label={t('change')}
            size="small"
            tone="give"
            words={outcome.change_minor === 0 ? <span className={s['none']}>{t('common:none')}</span> : undefined}
          />
        )}
      </div>
      <div className={s['take']}>
        {isPaid ? (
          <Button
            isPending={payment.isPending}
            isWide
            onPress={() => void payment.complete()}
            shortcut="confirm"
            size="next"
            variant="primary"
          >
            {t('complete')}
          </Button>
        ) : (
          <Button
            disabledReason={handed_minor === undefined ? t('enterAmount') : undefined}
            isPending={payment.isPending}
            isWide
            keepsFocus
            onPress={() => void take()}
            shortcut="confirm"
            size="next"
            variant="primary"
          >
            {t(kind === 'cash' ? 'takeCash' : 'takeCard', { amount: format.money(handed_minor ?? 0) })}
          </Button>
        )}
      </div>
    </section>
  );
}

/** What a customer is likely to hand over; each a press and a key. */
function QuickCash(props: {
  readonly due_minor: number;
  readonly handed_minor: number | undefined;
  readonly onChoose: (entry: string) => void;
}): ReactNode {
  const { due_minor, handed_minor, onChoose } = props;
  const { t } = useTranslation('pay');
  const format = useFormat();
  const amounts = quickCash(due_minor, format.currency);
  return (
    <div aria-label={t('quick')} className={s['quick']} role="group">
      {amounts.map((amount, at) => (
        <Button
          align="spread"
          isSelected={amount === handed_minor}
          isWide
          keepsFocus
          key={amount}
          onPress={() => onChoose(format.amount(amount))}
          shortcut={quickKeys[at]}
          shortcutInFields
          size="tender"
        >
          {at === 0 ? t('exact') : formatMoneyShort(amount, format.currency, format.locale)}
        </Button>
      ))}
    </div>
  );
}
