import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, ConfirmDialog, Notice, PageHeader } from '../../ui/index.ts';
import { failureOf } from '../../line/line.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import { Unanswered } from '../frame/unanswered.tsx';
import { GoodsPanel } from './goods-panel.tsx';
import type { Goods } from './goods-draft.ts';
import { useGoods } from './use-goods.ts';

/** Goods that arrived: counted against what was sent, or written down where nobody has announced them yet. */
export function ReceiveScreen({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const shown = useAsk('transfer.show', { number });
  if (shown.data !== undefined) {
    const expected = shown.data.lines.map(({ name, product, sent_milli, sku, unit }) => {
      return { product, sku, name, unit, quantity_milli: 0, sent_milli };
    });
    return <Receive expected={expected} number={shown.data.number} />;
  }
  if (failureOf(shown.error)?.code === 'record.not_found') return <Receive expected={[]} number={number} />;
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo('/stock/transfers')} title={t('transfers.receiveTitle', { number })} />
      <Unanswered asked={shown} failed={t('transfers.failed')} />
    </div>
  );
}

function Receive({ expected, number }: { readonly expected: readonly Goods[]; readonly number: string }): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const failureText = useFailureText();
  const list = useGoods(`receive.${number}`, expected);
  const receive = useCommand('transfer.receive');
  const [isAsking, setIsAsking] = useState(false);
  const different = list.goods.filter(
    ({ quantity_milli, sent_milli }) => sent_milli !== null && quantity_milli !== sent_milli,
  ).length;
  const submit = async (): Promise<void> => {
    const lines = list.goods.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
    const input = { number, lines };
    const result = await list.sendOff(input, (command) => receive.run(input, { command }));
    setIsAsking(false);
    if (result.ok) goTo(`/stock/transfers/${result.value.number}`, { replace: true });
  };
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          <>
            {expected.length > 0 && <Button onPress={list.asSent}>{t('transfers.asSent')}</Button>}
            <Button isDisabled={list.goods.length === 0} onPress={() => setIsAsking(true)} variant="primary">
              {t('transfers.receive')}
            </Button>
          </>
        }
        onBack={() => goTo('/stock/transfers')}
        title={t('transfers.receiveTitle', { number })}
      />
      {receive.failure !== undefined && <Notice severity="bad" title={failureText(receive.failure)} />}
      {expected.length === 0 && (
        <Notice severity="info" title={t('transfers.unannounced')}>
          {t('transfers.unannouncedHint')}
        </Notice>
      )}
      <GoodsPanel list={list} title={t('transfers.goods')} />
      <ConfirmDialog
        confirmLabel={t('transfers.receive')}
        isOpen={isAsking}
        isPending={receive.isPending}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => void submit()}
        title={t('transfers.receiveAsk')}
      >
        {different === 0 ? t('transfers.agrees') : t('transfers.differs', { count: different })}
      </ConfirmDialog>
    </div>
  );
}
