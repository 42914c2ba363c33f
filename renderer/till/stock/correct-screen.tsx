import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Checkbox, Dialog, Notice, PageHeader } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import { ReasonField } from '../frame/reason-field.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { useReason } from '../frame/use-reason.ts';
import { GoodsPanel } from './goods-panel.tsx';
import type { Goods } from './goods-draft.ts';
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
  const list = useGoods(
    `correct.${number}.${String(written_milli)}`,
    shown.lines.map(({ name, own_milli, product, sku, unit }) => {
      return { product, sku, name, unit, quantity_milli: own_milli, sent_milli: own_milli };
    }),
  );
  const wrong = list.goods.filter(({ quantity_milli, sent_milli }) => quantity_milli !== sent_milli);
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          <Button isDisabled={wrong.length === 0} onPress={() => setIsAsking(true)} variant="primary">
            {t('transfers.correct')}
          </Button>
        }
        onBack={() => goTo(`/stock/transfers/${number}`)}
        title={t('transfers.correctTitle', { number })}
      />
      <Notice severity="info" title={t('transfers.correctHint')} />
      <GoodsPanel list={list} sentTitle={t('transfers.writtenDown')} title={t('transfers.goods')} />
      <Dialog isOpen={isAsking} onClose={() => setIsAsking(false)} title={t('transfers.correctTitle', { number })}>
        <ReasonForm goods={wrong} onClose={() => setIsAsking(false)} sendOff={list.sendOff} shown={shown} />
      </Dialog>
    </div>
  );
}

function ReasonForm(props: {
  readonly goods: readonly Goods[];
  readonly shown: Shown;
  readonly sendOff: GoodsList['sendOff'];
  readonly onClose: () => void;
}): ReactNode {
  const { goods, onClose, sendOff, shown } = props;
  const { t } = useTranslation(['stock', 'common']);
  const [, goTo] = useLocation();
  const failureText = useFailureText();
  const correct = useCommand('transfer.correct');
  const { ask, asked, isMissing, reason, setReason } = useReason();
  const [awaitsMore, setAwaitsMore] = useState(shown.state !== 'received');
  const save = async (): Promise<void> => {
    if (correct.isPending || !ask()) return;
    const lines = goods.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
    const input = { number: shown.number, reason, lines, awaits_more: awaitsMore };
    const result = await sendOff(input, (command) => correct.run(input, { command }));
    if (result.ok) goTo(`/stock/transfers/${shown.number}`, { replace: true });
  };
  return (
    <div className={s['form']}>
      {correct.failure !== undefined && <Notice severity="bad" title={failureText(correct.failure)} />}
      <ReasonField
        asked={asked}
        error={isMissing ? t('adjust.reasonMissing') : undefined}
        label={t('adjust.reason')}
        onChange={setReason}
        onSubmit={() => void save()}
        usual={[t('transfers.reasons.miscounted'), t('transfers.reasons.mistyped'), t('transfers.reasons.other')]}
        value={reason}
      />
      <Checkbox isSelected={awaitsMore} onChange={setAwaitsMore}>
        {t('transfers.awaitsMore')}
      </Checkbox>
      <div className={s['actions']}>
        <Button onPress={onClose} shortcut="Escape" shortcutInFields>
          {t('common:actions.cancel')}
        </Button>
        <Button isPending={correct.isPending} onPress={() => void save()} variant="primary">
          {t('transfers.correct')}
        </Button>
      </div>
    </div>
  );
}
