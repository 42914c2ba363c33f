import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDialog, EmptyState, LoadingState, MoneyField, Panel, useFormat } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { AmountPad } from '../frame/amount-pad.tsx';
import { useAmountText } from '../frame/amount-text.ts';
import { useFailureText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import s from './open-shift-screen.module.css';

/** Before the first sale of the day: how much cash is in the drawer. */
export function OpenShiftScreen(): ReactNode {
  const { t } = useTranslation('shift');
  const format = useFormat();
  const { can } = useAtTheTill();
  const amountText = useAmountText();
  const failureText = useFailureText();
  const current = useAsk('shift.current', {});
  const open = useCommand('shift.open');
  const [float, setFloat] = useState('');
  const [isTried, setIsTried] = useState(false);
  const isFar = open.failure?.code === 'shift.date_far';
  if (current.data === undefined) return <LoadingState />;
  const { last_business_date: last, today } = current.data;
  if (!can('shift.open')) {
    return <EmptyState title={t('noneOpen')}>{t('open.mayNot')}</EmptyState>;
  }
  const submit = async (confirmed: boolean): Promise<void> => {
    setIsTried(true);
    // An empty drawer is counted too: nothing typed is not 0.
    if (float === '' || open.isPending) return;
    await open.run({ float: amountText(float), ...(confirmed ? { confirm_date: today } : {}) });
  };
  return (
    <div className={s['page']}>
      <div className={s['sheet']}>
        <Panel hasPadding>
          <div>
            <h1 className={s['title']}>{t('open.title')}</h1>
            <p className={s['body']}>{t('open.body')}</p>
          </div>
          <MoneyField
            autoFocus
            description={t('open.date', { date: format.businessDate(today) })}
            error={isTried && float === '' ? t('open.floatMissing') : isFar ? undefined : failureText(open.failure)}
            isEntry
            label={t('open.float')}
            onChange={(typed) => {
              setFloat(typed);
              open.clear();
            }}
            onSubmit={() => void submit(false)}
            value={float}
          />
          <div className={s['pad']}>
            <AmountPad entry={float} onEntry={setFloat} />
          </div>
          <Button
            isPending={open.isPending}
            isWide
            onPress={() => void submit(false)}
            shortcut="confirm"
            size="tender"
            variant="primary"
          >
            {t('open.open')}
          </Button>
        </Panel>
      </div>
      <ConfirmDialog
        confirmLabel={t('open.confirm', { today: format.businessDate(today) })}
        isOpen={isFar}
        isPending={open.isPending}
        onCancel={open.clear}
        onConfirm={() => void submit(true)}
        title={t('open.farTitle')}
      >
        {t('open.farBody', {
          last: last === null ? t('noneOpen') : format.businessDate(last),
          today: format.businessDate(today),
        })}
      </ConfirmDialog>
    </div>
  );
}
