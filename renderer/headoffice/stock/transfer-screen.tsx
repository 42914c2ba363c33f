import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isDifferent } from '../../../shared/stock/transfer.ts';
import {
  Button,
  EmptyState,
  Notice,
  PageHeader,
  Panel,
  Stat,
  StatRow,
  Table,
  useFormat,
  withPlus,
} from '../../ui/index.ts';
import { failureOf } from '../../line/line.ts';
import { useMay } from '../data/office-context.tsx';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useCommand } from '../data/use-command.ts';
import { FailureNotice } from '../frame/failure-notice.tsx';
import { Answered } from '../frame/section.tsx';
import { useStoreTime } from '../frame/store-time.ts';
import { TwoLines } from '../frame/two-lines.tsx';
import { useQuantity } from '../frame/use-words.ts';
import { ProductLines } from './product-lines.tsx';
import { TransferState } from './transfer-state.tsx';

type Transfer = Answer<'stock.transfer'>;

const list = '/stock/transfers';

/** What has not come is missing nowhere yet. */
const isAwaited = ({ state }: Pick<Transfer, 'state'>): boolean => state === 'on_the_way' || state === 'partly';

/** One transfer: what was sent and what came of each product, and who said so at which till. */
export function TransferScreen({ number }: { readonly number: string }): ReactNode {
  const { t } = useTranslation('headoffice');
  const [, go] = useLocation();
  const shown = useAsk('stock.transfer', { number });
  if (failureOf(shown.error)?.code === 'record.not_found') {
    return (
      <>
        <PageHeader onBack={() => go(list)} title={t('stock.transfers.unknown')} />
        <EmptyState title={t('stock.transfers.unknown')}>{t('stock.transfers.unknownHint')}</EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        detail={shown.data === undefined ? undefined : <Way of={shown.data} />}
        onBack={() => go(list)}
        state={shown.data !== undefined && <TransferState of={shown.data} />}
        title={t('stock.transfers.one', { number })}
      />
      <Answered of={shown}>{(found) => <TransferPage of={found} />}</Answered>
    </>
  );
}

function Way({ of }: { readonly of: Transfer }): ReactNode {
  const { t } = useTranslation('headoffice');
  return t('stock.transfers.way', {
    from: of.from_store ?? t('stock.transfers.nobody'),
    to: of.to_store ?? t('stock.transfers.nobody'),
  });
}

function TransferPage({ of }: { readonly of: Transfer }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const different = of.lines.filter((line) => isDifferent(of.state, line)).length;
  return (
    <>
      <Difference of={of} />
      <StatRow>
        <Stat label={t('stock.lines')} value={format.integer(of.products)} />
        <Stat label={t('stock.different')} value={isAwaited(of) && different === 0 ? '–' : format.integer(different)} />
      </StatRow>
      <Panel title={t('stock.transfers.goods')}>
        <Lines of={of} />
      </Panel>
      <Panel detail={t('stock.transfers.stepsHint')} title={t('stock.transfers.steps')}>
        <Steps of={of} />
      </Panel>
    </>
  );
}

/** What is not as it was sent, and who has looked at it. */
function Difference({ of }: { readonly of: Transfer }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const mayNote = useMay('product.edit');
  const note = useCommand('stock.note_transfer');
  const { difference, elsewhere_store, noted, number } = of;
  if (difference === null) return null;
  return (
    <>
      <FailureNotice failure={note.failure} />
      <Notice
        actions={
          noted === null &&
          mayNote && (
            <Button isPending={note.isPending} onPress={() => void note.run({ number })} size="small">
              {t('inbox.noted')}
            </Button>
          )
        }
        severity={noted === null ? 'bad' : 'info'}
        title={t(`inbox.transfer.${difference}`, { number })}
      >
        {[
          ...(elsewhere_store === null ? [] : [t('stock.transfers.elsewhere', { store: elsewhere_store })]),
          noted === null
            ? t('stock.transfers.notNoted')
            : t('stock.transfers.notedBy', { name: noted.by ?? '–', time: format.dateTime(noted.at) }),
        ].join(' ')}
      </Notice>
    </>
  );
}

function Lines({ of }: { readonly of: Transfer }): ReactNode {
  const { t } = useTranslation('headoffice');
  const quantity = useQuantity();
  const awaited = isAwaited(of);
  const isElsewhere = of.lines.some(({ elsewhere_milli }) => elsewhere_milli !== 0);
  return (
    <ProductLines<Transfer['lines'][number]>
      figures={[
        {
          id: 'sent',
          title: t('stock.transfers.sent'),
          render: ({ sent_milli, unit }) => <bdi>{quantity(sent_milli, unit)}</bdi>,
        },
        {
          id: 'received',
          title: t('stock.transfers.received'),
          render: ({ received_milli, unit }) =>
            of.received === null ? '–' : <bdi>{quantity(received_milli, unit)}</bdi>,
        },
        ...(isElsewhere
          ? [
              {
                id: 'elsewhere',
                title: t('stock.transfers.inOther'),
                render: ({ elsewhere_milli, unit }: Transfer['lines'][number]) => (
                  <bdi>{quantity(elsewhere_milli, unit)}</bdi>
                ),
              },
            ]
          : []),
        {
          id: 'difference',
          title: t(awaited ? 'stock.transfers.awaited' : 'stock.difference'),
          render: ({ due_milli, received_milli, unit }) => {
            const more_milli = received_milli - due_milli;
            const words = awaited ? quantity(-more_milli, unit) : withPlus(more_milli, quantity(more_milli, unit));
            // Bold is what somebody has to look at.
            return more_milli === 0 ? (
              <bdi>{words}</bdi>
            ) : (
              <b>
                <bdi>{words}</bdi>
              </b>
            );
          },
        },
      ]}
      label={t('stock.transfers.goods')}
      lines={of.lines}
    />
  );
}

function Steps({ of }: { readonly of: Transfer }): ReactNode {
  const { t } = useTranslation('headoffice');
  const time = useStoreTime();
  return (
    <Table<Transfer['steps'][number]>
      columns={[
        {
          id: 'what',
          title: t('stock.transfers.what'),
          isRowName: true,
          render: (step) => (
            <TwoLines
              detail={step.reason ?? (step.awaits_more ? t('stock.transfers.more_comes') : undefined)}
              title={t(`stock.transfers.did.${step.what}`)}
            />
          ),
        },
        {
          id: 'where',
          title: t('common.till'),
          render: ({ store_name, till_code, till_name }) => (
            <TwoLines detail={store_name} title={`${till_code} ${till_name}`} />
          ),
        },
        { id: 'by', title: t('stock.by'), render: ({ by }) => <bdi>{by ?? '–'}</bdi> },
        {
          id: 'when',
          title: t('stock.transfers.when'),
          render: (step) => <TwoLines detail={time.day(step)} title={<bdi>{time.time(step)}</bdi>} />,
        },
        {
          id: 'products',
          title: t('stock.transfers.moved'),
          render: ({ products }) => t('stock.transfers.products', { count: products }),
        },
      ]}
      label={t('stock.transfers.steps')}
      placeholder={<EmptyState title={t('stock.transfers.noSteps')} />}
      rowId={({ seq, till }) => `${till} ${String(seq)}`}
      rows={of.steps}
    />
  );
}
