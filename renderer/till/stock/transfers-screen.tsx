import { PackageCheck, Truck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { failureOf } from '../../line/line.ts';
import { Button, Dialog, EmptyState, Notice, PageHeader, Panel, Table, TextField, useFormat } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAccess } from '../data/till-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import { CancelButton } from '../frame/cancel-button.tsx';
import { useErrorText } from '../frame/failure-text.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import p from '../frame/page.module.css';
import s from './stock.module.css';
import { TransferState } from './transfer-state.tsx';

type Row = Answer<'transfer.list'>['incoming'][number];

/** Goods on their way to this store and from it. */
export function TransfersScreen(): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const { can } = useAtTheTill();
  const [isTyping, setIsTyping] = useState(false);
  const { data } = useAsk('transfer.list', {});
  return (
    <div className={p['page']}>
      <PageHeader
        actions={
          can('stock.transfer') && (
            <>
              <Button icon={PackageCheck} onPress={() => setIsTyping(true)}>
                {t('transfers.byNumber')}
              </Button>
              <Button
                icon={Truck}
                isDisabled={(data?.stores.length ?? 0) === 0}
                onPress={() => goTo('/stock/transfers/send')}
                variant="primary"
              >
                {t('transfers.sendTitle')}
              </Button>
            </>
          )
        }
        onBack={() => goTo('/stock')}
        title={t('transfers.title')}
      />
      <div className={s['halves']}>
        <Transfers empty={t('transfers.noneIn')} rows={data?.incoming ?? []} title={t('transfers.incoming')} />
        <Transfers empty={t('transfers.noneOut')} rows={data?.outgoing ?? []} title={t('transfers.outgoing')} />
      </div>
      <Dialog isOpen={isTyping} onClose={() => setIsTyping(false)} size="small" title={t('transfers.byNumber')}>
        <NumberForm onClose={() => setIsTyping(false)} />
      </Dialog>
    </div>
  );
}

function Transfers(props: {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly Row[];
}): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  const [, goTo] = useLocation();
  return (
    <Panel isFilling title={props.title}>
      <Table<Row>
        columns={[
          {
            id: 'number',
            title: t('transfers.number'),
            isRowName: true,
            render: ({ number }) => <bdi className={p['nowrap']}>{number}</bdi>,
          },
          { id: 'store', title: t('transfers.store'), render: ({ store_name }) => <bdi>{store_name ?? '–'}</bdi> },
          { id: 'at', title: t('transfers.at'), render: ({ at }) => format.dateTime(at) },
          { id: 'state', title: t('transfers.state'), render: (row) => <TransferState of={row} /> },
        ]}
        isRoomy
        label={props.title}
        onRowPress={({ number }) => goTo(`/stock/transfers/${number}`)}
        placeholder={<EmptyState title={props.empty} />}
        rowId={({ number }) => number}
        rows={props.rows}
      />
    </Panel>
  );
}

/**
 * The number on the paper that came with the goods. One that this till knows nothing of may be mistyped, or come before the
 * news of it: whoever has the paper in hand goes on by a press of its own.
 */
function NumberForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const { ask } = useAccess();
  const errorText = useErrorText();
  const [text, setText] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const [refused, setRefused] = useState<unknown>(undefined);
  const number = text.replaceAll(/\s+/gu, '').toUpperCase();
  const isUnknown = failureOf(refused)?.code === 'record.not_found';
  const receive = (): void => goTo(`/stock/transfers/${encodeURIComponent(number)}/receive`);
  const look = async (): Promise<void> => {
    if (number === '' || isAsking) return;
    setIsAsking(true);
    try {
      await ask('transfer.show', { number });
      receive();
    } catch (error) {
      setRefused(error);
      setIsAsking(false);
    }
  };
  return (
    <div className={p['form']}>
      <TextField
        autoFocus
        description={t('transfers.numberHint')}
        error={isUnknown ? undefined : errorText(refused)}
        isCode
        label={t('transfers.number')}
        maxLength={40}
        onChange={(typed) => {
          setText(typed);
          setRefused(undefined);
        }}
        onSubmit={() => void look()}
        path="number"
        value={text}
      />
      {isUnknown && (
        <Notice severity="warn" title={t('transfers.unknownNumber', { number })}>
          {t('transfers.unknownNumberHint')}
        </Notice>
      )}
      <div className={p['actions']}>
        <CancelButton onPress={onClose} />
        {isUnknown ? (
          <Button onPress={receive}>{t('transfers.onThePaper')}</Button>
        ) : (
          <Button isDisabled={number === ''} isPending={isAsking} onPress={() => void look()} variant="primary">
            {t('transfers.goOn')}
          </Button>
        )}
      </div>
    </div>
  );
}
