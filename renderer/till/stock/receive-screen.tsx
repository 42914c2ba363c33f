import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { transfer } from '../../../shared/contract/till/transfer.ts';
import { Button, Checkbox, ConfirmDialog, EmptyState, Notice, PageHeader } from '../../ui/index.ts';
import type { ProductId } from '../../../shared/ids.ts';
import { failureOf } from '../../line/line.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import s from '../frame/page.module.css';
import { Unanswered } from '../frame/unanswered.tsx';
import { GoodsPanel } from './goods-panel.tsx';
import type { Goods } from './goods-draft.ts';
import { SentOffNotice } from './sent-off-notice.tsx';
import { useGoods } from './use-goods.ts';

/** Goods that arrived: counted against what was sent, or written down where nobody has announced them yet. */
export function ReceiveScreen({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const shown = useAsk('transfer.show', { number });
  if (shown.data?.is_incoming === false) return <SentHere number={shown.data.number} />;
  if (shown.data !== undefined) {
    const { lines, state, store_name } = shown.data;
    const isCancelled = state === 'cancelled';
    // What an earlier delivery brought is no longer expected, and nothing of what was cancelled.
    const expected = lines
      .map(({ due_milli, received_milli, ...line }) => ({ ...line, left_milli: due_milli - (received_milli ?? 0) }))
      .filter(({ left_milli }) => left_milli > 0)
      .map(({ left_milli, name, product, sku, unit }) => {
        return { product, sku, name, unit, quantity_milli: 0, sent_milli: left_milli };
      });
    const sent = store_name === null && !isCancelled ? null : lines.filter(({ due_milli }) => due_milli > 0);
    return (
      <Receive
        expected={expected}
        isCancelled={isCancelled}
        // Cancelled meanwhile: what was counted stays, and is compared with nothing.
        key={isCancelled ? 'cancelled' : 'awaited'}
        number={shown.data.number}
        sent={sent && new Set(sent.map(({ product }) => product))}
      />
    );
  }
  if (failureOf(shown.error)?.code === 'record.not_found')
    return <Receive expected={[]} isCancelled={false} key="awaited" number={number} sent={null} />;
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo('/stock/transfers')} title={t('transfers.receiveTitle', { number })} />
      <Unanswered asked={shown} failed={t('transfers.failed')} />
    </div>
  );
}

/** This store's own goods come back by being cancelled, not by being received. */
function SentHere({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation(['stock', 'errors']);
  const [, goTo] = useLocation();
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo('/stock/transfers')} title={t('transfers.receiveTitle', { number })} />
      <EmptyState
        action={
          <Button onPress={() => goTo(`/stock/transfers/${number}`)} variant="primary">
            {t('transfers.one', { number })}
          </Button>
        }
        title={t('transfers.sentHere')}
      >
        {t('errors:transfer.sent_here')}
      </EmptyState>
    </div>
  );
}

function Receive(props: {
  readonly expected: readonly Goods[];
  readonly isCancelled: boolean;
  readonly number: string;
  /** What was sent; null where this till has not heard of it. */
  readonly sent: ReadonlySet<ProductId> | null;
}): ReactNode {
  const { expected, isCancelled, number, sent } = props;
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const receive = useCommand('transfer.receive');
  const list = useGoods({
    name: `receive.${number}`,
    input: transfer.receive.input,
    expected,
    command: receive,
    onDone: () => goTo(`/stock/transfers/${number}`, { replace: true }),
  });
  const [isAsking, setIsAsking] = useState(false);
  const isShort = list.goods.some(({ quantity_milli, sent_milli }) => quantity_milli < (sent_milli ?? 0));
  const mayAwait = isShort || sent === null;
  const awaitsMore = mayAwait && list.choices.awaits_more === true;
  const submit = async (): Promise<void> => {
    const lines = list.goods.map(({ product, quantity_milli }) => ({ product, quantity_milli }));
    await list.sendOff({ number, lines, awaits_more: awaitsMore });
    setIsAsking(false);
  };
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          <>
            {expected.length > 0 && (
              <Button isDisabled={list.isLocked} onPress={list.asSent}>
                {t('transfers.asSent')}
              </Button>
            )}
            <Button
              isDisabled={list.goods.length === 0 || list.isLocked}
              onPress={() => setIsAsking(true)}
              variant="primary"
            >
              {t('transfers.receive')}
            </Button>
          </>
        }
        onBack={() => goTo('/stock/transfers')}
        title={t('transfers.receiveTitle', { number })}
      />
      <SentOffNotice list={list} />
      {sent === null && (
        <Notice severity="info" title={t('transfers.unannounced')}>
          {t('transfers.unannouncedHint')}
        </Notice>
      )}
      {isCancelled && (
        <Notice severity="warn" title={t('transfers.wasCancelled')}>
          {t('transfers.wasCancelledHint')}
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
          <Checkbox isSelected={awaitsMore} onChange={(awaits_more) => list.choose({ awaits_more })}>
            {t('transfers.awaitsMore')}
          </Checkbox>
        )}
        {isCancelled ? (
          <p>{t('transfers.cancelledCame')}</p>
        ) : (
          <Meaning awaitsMore={awaitsMore} goods={list.goods} sent={sent} />
        )}
      </ConfirmDialog>
    </div>
  );
}

/** What the head office will make of these goods, as far as this till knows what was sent. */
function Meaning(props: {
  readonly awaitsMore: boolean;
  readonly goods: readonly Goods[];
  readonly sent: ReadonlySet<ProductId> | null;
}): ReactNode {
  const { awaitsMore, goods, sent } = props;
  const { t } = useTranslation('stock');
  const came = goods.filter(({ quantity_milli }) => quantity_milli > 0);
  const unsent = sent === null ? 0 : came.filter(({ product }) => !sent.has(product)).length;
  // Of what was sent and had all come before, anything is too much; what is awaited is missing nowhere yet.
  const different =
    sent === null
      ? 0
      : goods.filter(({ product, quantity_milli, sent_milli }) => {
          const left_milli = sent_milli ?? 0;
          return sent.has(product) && (quantity_milli > left_milli || (!awaitsMore && quantity_milli < left_milli));
        }).length;
  return (
    <>
      {unsent > 0 && <p>{t('transfers.unsent', { count: unsent })}</p>}
      {different > 0 && <p>{t('transfers.differs', { count: different })}</p>}
      {awaitsMore ? <p>{t('transfers.restAwaited')}</p> : unsent + different === 0 && <p>{t('transfers.agrees')}</p>}
    </>
  );
}
