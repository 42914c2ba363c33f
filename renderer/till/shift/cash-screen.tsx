import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, MoneyField, Notice, Panel, useFormat } from '../../ui/index.ts';
import { ApprovalDock } from '../approval/approval-dock.tsx';
import { useApproved } from '../approval/use-approved.ts';
import { AmountPad } from '../frame/amount-pad.tsx';
import { useAmountText } from '../frame/amount-text.ts';
import { Emphasis } from '../frame/emphasis.tsx';
import { useFailureText } from '../frame/failure-text.ts';
import { ReasonField } from '../frame/reason-field.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { useReason } from '../frame/use-reason.ts';
import s from './cash-screen.module.css';

/** Cash into or out of the drawer without a sale. */
export function CashScreen({ direction }: { readonly direction: 'in' | 'out' }): ReactNode {
  const { t } = useTranslation(['shift', 'common', 'refund']);
  const format = useFormat();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const { session } = useAtTheTill();
  const [, goTo] = useLocation();
  const [amount, setAmount] = useState('');
  const [isTried, setIsTried] = useState(false);
  const { ask, field, reason, reset } = useReason(t('cash.reasonMissing'));
  const [moved_minor, setMoved] = useState<number | null>(null);
  const finish = ({ amount_minor }: { readonly amount_minor: number }): void => {
    setMoved(amount_minor);
    setAmount('');
    setIsTried(false);
    reset();
  };
  const payIn = useApproved('shift.pay_in', 'drawer.move_cash', finish);
  const payOut = useApproved('shift.pay_out', 'drawer.move_cash', finish);
  const isIn = direction === 'in';
  const command = isIn ? payIn : payOut;
  const submit = (): void => {
    setIsTried(true);
    setMoved(null);
    if (amount === '' || !ask()) return;
    void command.start({ amount: amountText(amount), reason });
  };
  const usual = isIn
    ? [t('cash.reasonsIn.change'), t('cash.reasonsIn.found')]
    : [t('cash.reasonsOut.bank'), t('cash.reasonsOut.goods')];
  const waiting = payIn.waiting ?? payOut.waiting;
  const reading = waiting === null ? undefined : format.readMoney(amount);
  return (
    <div className={s['page']}>
      <div className={s['columns']}>
        <Panel hasPadding>
          <h1 className={s['title']}>{isIn ? t('cash.inTitle') : t('cash.outTitle')}</h1>
          {moved_minor !== null && (
            <Notice
              severity="ok"
              title={t(isIn ? 'cash.doneIn' : 'cash.doneOut', { amount: format.money(moved_minor) })}
            >
              {t('cash.saved')}
            </Notice>
          )}
          <MoneyField
            autoFocus
            error={failureText(command.failure) ?? (isTried && amount === '' ? t('cash.amountMissing') : undefined)}
            isDisabled={waiting !== null}
            isEntry
            label={t('cash.amount')}
            onChange={(typed) => {
              setAmount(typed);
              command.clear();
            }}
            onSubmit={submit}
            value={amount}
          />
          <div className={s['pad']}>
            <AmountPad entry={amount} onEntry={setAmount} />
          </div>
          <ReasonField {...field} label={t('cash.reason')} onSubmit={submit} usual={usual} />
          <div className={s['actions']}>
            <Button onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
              {t('common:actions.back')}
            </Button>
            <Button
              isDisabled={waiting !== null}
              isPending={command.isPending}
              isWide
              onPress={submit}
              shortcut="confirm"
              size="function"
              variant="primary"
            >
              {isIn ? t('cash.putIn') : t('cash.takeOut')}
            </Button>
          </div>
        </Panel>
        {waiting !== null && (
          <div className={s['dock']}>
            {isIn ? (
              <ApprovalDock approved={payIn}>
                <Emphasis>
                  {t('cash.askIn', { amount: reading?.ok === true ? format.money(reading.value) : amount })}
                </Emphasis>{' '}
                {t('refund:asks', { name: session.name, reason })}
              </ApprovalDock>
            ) : (
              <ApprovalDock approved={payOut}>
                <Emphasis>
                  {t('cash.askOut', { amount: reading?.ok === true ? format.money(reading.value) : amount })}
                </Emphasis>{' '}
                {t('refund:asks', { name: session.name, reason })}
              </ApprovalDock>
            )}
          </div>
        )}
      </div>
    </div>
  );
}
