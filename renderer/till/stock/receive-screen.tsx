import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, Checkbox, ConfirmDialog, Notice, PageHeader } from '../../ui/index.ts';
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
    // What an earlier delivery brought is no longer expected.
    const expected = shown.data.lines
      .map(({ received_milli, sent_milli, ...line }) => ({ ...line, left_milli: sent_milli - (received_milli ?? 0) }))
      .filter(({ left_milli }) => left_milli > 0)
      .map(({ left_milli, name, product, sku, unit }) => {
        return { product, sku, name, unit, quantity_milli: 0, sent_milli: left_milli };
      });
    return <Receive expected={expected} isAnnounced={shown.data.store_name !== null} number={shown.data.number} />;
  }
  if (failureOf(shown.error)?.code === 'record.not_found')
    return <Receive expected={[]} isAnnounced={false} number={number} />;
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo('/stock/transfers')} title={t('transfers.receiveTitle', { number })} />
      <Unanswered asked={shown} failed={t('transfers.failed')} />
    </div>
  );
}

function Receive(props: {
  readonly expected: readonly Goods[];
  readonly isAnnounced: boolean;
  readonly number: string;
}): ReactNode {
  const { expected, isAnnounced, number } = props;
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const failureText = useFailureText();
  const list = useGoods(`receive.${number}`, expected);
  const receive = useCommand('transfer.receive');
  const [isAsking, setIsAsking] = useState(false);
  const [awaitsMore, setAwaitsMore] = useState(false);
  const different = list.goods.filter(
    ({ quantity_milli, sent_milli }) => sent_milli !== null && quantity_milli !== sent_milli,
  ).length;
  const isShort = list.goods.some(({ quantity_milli, sent_milli }) => quantity_milli < (sent_milli ?? 0));
  const mayAwait = isShort || !isAnnounced;
  const submit = async (): Promise<void> => {
    const lines = list.goods.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
    const input = { number, lines, awaits_more: mayAwait && awaitsMore };
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
      {!isAnnounced && (
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
        {mayAwait && (
          <Checkbox isSelected={awaitsMore} onChange={setAwaitsMore}>
            {t('transfers.awaitsMore')}
          </Checkbox>
        )}
        <p>
          {mayAwait && awaitsMore
            ? t('transfers.restAwaited')
            : different === 0
              ? t('transfers.agrees')
              : t('transfers.differs', { count: different })}
        </p>
      </ConfirmDialog>
    </div>
  );
}
