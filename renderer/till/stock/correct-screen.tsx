import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { transfer } from '../../../shared/contract/till/transfer.ts';
import { Button, Checkbox, Dialog, Notice, PageHeader } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import s from '../frame/page.module.css';
import { ReasonField } from '../frame/reason-field.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { useReason } from '../frame/use-reason.ts';
import { GoodsPanel } from './goods-panel.tsx';
import { SentOffNotice } from './sent-off-notice.tsx';
import { type GoodsList, useGoods } from './use-goods.ts';

type Shown = Answer<'transfer.show'>;

/** What this till wrote down of the goods of a transfer, to be put right. */
export function CorrectScreen({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const shown = useAsk('transfer.show', { number });
  if (shown.data !== undefined) return <Correct shown={shown.data} />;
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo(`/stock/transfers/${number}`)} title={t('transfers.correctTitle', { number })} />
      <Unanswered asked={shown} failed={t('transfers.failed')} />
    </div>
  );
}

function Correct({ shown }: { readonly shown: Shown }): ReactNode {
  const { number } = shown;
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const [isAsking, setIsAsking] = useState(false);
  // What was written while something else was down here is not what is to be put right now.
  const written_milli = shown.lines.reduce((sum, { own_milli }) => sum + own_milli, 0);
  const correct = useCommand('transfer.correct');
  const list = useGoods({
    name: `correct.${number}`,
    corrects: String(written_milli),
    input: transfer.correct.input,
    expected: shown.lines.map(({ name, own_milli, product, sku, unit }) => {
      return { product, sku, name, unit, quantity_milli: own_milli, sent_milli: own_milli };
    }),
    command: correct,
    onDone: () => goTo(`/stock/transfers/${number}`, { replace: true }),
  });
  const wrong = list.goods.filter(({ quantity_milli, sent_milli }) => quantity_milli !== sent_milli);
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          <Button isDisabled={wrong.length === 0 || list.isLocked} onPress={() => setIsAsking(true)} variant="primary">
            {t('transfers.correct')}
          </Button>
        }
        onBack={() => goTo(`/stock/transfers/${number}`)}
        title={t('transfers.correctTitle', { number })}
      />
      {isAsking ? null : <SentOffNotice list={list} />}
      <Notice severity="info" title={t('transfers.correctHint')} />
      <GoodsPanel list={list} title={t('transfers.goods')} />
      <Dialog isOpen={isAsking} onClose={() => setIsAsking(false)} title={t('transfers.correctTitle', { number })}>
        <ReasonForm
          isPending={correct.isPending}
          list={list}
          onClose={() => setIsAsking(false)}
          onSave={async (said) => {
            const lines = wrong.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
            const state = await list.sendOff({ ...said, number, lines });
            if (state === 'open') setIsAsking(false);
          }}
          shown={shown}
        />
      </Dialog>
    </div>
  );
}

function ReasonForm(props: {
  readonly isPending: boolean;
  readonly list: GoodsList;
  readonly onClose: () => void;
  readonly onSave: (said: { readonly reason: string; readonly awaits_more: boolean }) => Promise<void>;
  readonly shown: Shown;
}): ReactNode {
  const { isPending, list, onClose, onSave, shown } = props;
  const { t } = useTranslation('stock');
  const { ask, field, reason } = useReason(t('adjust.reasonMissing'));
  // Nothing of what was cancelled is to come.
  const mayAwait = shown.state !== 'cancelled';
  const awaits_more = mayAwait && (list.choices.awaits_more ?? shown.state !== 'received');
  const save = async (): Promise<void> => {
    if (isPending || !ask()) return;
    await onSave({ reason, awaits_more });
  };
  return (
    <div className={s['form']}>
      <SentOffNotice list={list} />
      <ReasonField
        {...field}
        label={t('adjust.reason')}
        onSubmit={() => void save()}
        usual={[t('transfers.reasons.miscounted'), t('transfers.reasons.mistyped'), t('transfers.reasons.other')]}
      />
      {mayAwait && (
        <Checkbox isSelected={awaits_more} onChange={(more) => list.choose({ awaits_more: more })}>
          {t('transfers.awaitsMore')}
        </Checkbox>
      )}
      <div className={s['actions']}>
        <CancelButton onPress={onClose} />
        <Button isPending={isPending} onPress={() => void save()} variant="primary">
          {t('transfers.correct')}
        </Button>
      </div>
    </div>
  );
}
