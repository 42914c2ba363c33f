import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { differenceMilli } from '../../../shared/stock/transfer.ts';
import {
  Button,
  type Column,
  ConfirmDialog,
  Notice,
  PageHeader,
  Panel,
  Table,
  useFormat,
  withPlus,
} from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { useFailureText } from '../frame/failure-text.ts';
import s from '../frame/page.module.css';
import { useAtTheTill } from '../frame/session-context.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { useQuantityText } from './quantity-text.ts';
import { TransferState } from './transfer-state.tsx';

type Shown = Answer<'transfer.show'>;

/** One transfer: its number for the paper, what was sent, and what has arrived. */
export function TransferScreen({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  const [, goTo] = useLocation();
  const { can } = useAtTheTill();
  const failureText = useFailureText();
  const shown = useAsk('transfer.show', { number });
  const listed = useAsk('transfer.list', {});
  const cancel = useCommand('transfer.cancel');
  const end = useCommand('transfer.receive');
  const [asked, setAsked] = useState<'cancel' | 'end' | null>(null);
  const { data } = shown;
  const canCancel = listed.data?.outgoing.some((one) => one.number === number && one.can_cancel) === true;
  const isAwaited = data?.is_incoming === true && (data.state === 'on_the_way' || data.state === 'partly');
  const confirmCancel = async (): Promise<void> => {
    await cancel.run({ number });
    setAsked(null);
  };
  const confirmEnd = async (): Promise<void> => {
    const lines = (data?.lines ?? []).map(({ product }) => ({ product, quantity_milli: 0 }));
    await end.run({ number, lines });
    setAsked(null);
  };
  const failure = cancel.failure ?? end.failure;
  return (
    <div className={s['page']}>
      <PageHeader
        actions={
          can('stock.transfer') && (
            <>
              {canCancel && <Button onPress={() => setAsked('cancel')}>{t('transfers.cancel')}</Button>}
              {data?.can_correct === true && (
                <Button onPress={() => goTo(`/stock/transfers/${number}/correct`)}>{t('transfers.correct')}</Button>
              )}
              {isAwaited && data.state === 'partly' && (
                <Button onPress={() => setAsked('end')}>{t('transfers.end')}</Button>
              )}
              {isAwaited && (
                <Button onPress={() => goTo(`/stock/transfers/${number}/receive`)} variant="primary">
                  {t('transfers.receive')}
                </Button>
              )}
            </>
          )
        }
        detail={data === undefined ? undefined : `${data.store_name ?? '–'} · ${format.dateTime(data.at)}`}
        onBack={() => goTo('/stock/transfers')}
        title={t('transfers.one', { number })}
      />
      {failure !== undefined && <Notice severity="bad" title={failureText(failure)} />}
      {data?.is_incoming === false && data.state === 'on_the_way' && (
        <Notice severity="info" title={t('transfers.paper', { number })}>
          {t('transfers.paperHint')}
        </Notice>
      )}
      <Panel actions={data !== undefined && <TransferState of={data} />} isFilling title={t('transfers.goods')}>
        <Unanswered asked={shown} failed={t('transfers.failed')}>
          {data !== undefined && <Lines shown={data} />}
        </Unanswered>
      </Panel>
      <ConfirmDialog
        cancelLabel={t('transfers.keep')}
        confirmLabel={t('transfers.cancel')}
        isDangerous
        isOpen={asked === 'cancel'}
        isPending={cancel.isPending}
        onCancel={() => setAsked(null)}
        onConfirm={() => void confirmCancel()}
        title={t('transfers.cancelTitle', { number })}
      >
        {t('transfers.cancelBody')}
      </ConfirmDialog>
      <ConfirmDialog
        confirmLabel={t('transfers.end')}
        isOpen={asked === 'end'}
        isPending={end.isPending}
        onCancel={() => setAsked(null)}
        onConfirm={() => void confirmEnd()}
        title={t('transfers.endTitle', { number })}
      >
        {t('transfers.endBody')}
      </ConfirmDialog>
    </div>
  );
}

function Lines({ shown }: { readonly shown: Shown }): ReactNode {
  const { t } = useTranslation('stock');
  const quantity = useQuantityText();
  const difference: Column<Shown['lines'][number]> = {
    id: 'difference',
    title: t('takes.difference'),
    isFigure: true,
    render: (line) => {
      const difference_milli = differenceMilli(shown.state, line);
      if (difference_milli === 0) return '–';
      return (
        <b>
          <bdi className={s['nowrap']}>{withPlus(difference_milli, quantity(difference_milli, line.unit))}</bdi>
        </b>
      );
    },
  };
  return (
    <Table<Shown['lines'][number]>
      columns={[
        { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
        { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={s['nowrap']}>{sku}</bdi> },
        {
          id: 'sent',
          title: t('transfers.sent'),
          isFigure: true,
          render: ({ sent_milli, unit }) => <bdi className={s['nowrap']}>{quantity(sent_milli, unit)}</bdi>,
        },
        {
          id: 'received',
          title: t('transfers.received'),
          isFigure: true,
          render: ({ received_milli, unit }) =>
            received_milli === null ? '–' : <bdi className={s['nowrap']}>{quantity(received_milli, unit)}</bdi>,
        },
        ...(shown.differs ? [difference] : []),
      ]}
      isRoomy
      label={t('transfers.goods')}
      rowId={({ product }) => product}
      rows={shown.lines}
    />
  );
}
