import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip, EmptyState, Panel, type Severity, Table, useFormat } from '../../ui/index.ts';
import type { Answer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Answered } from '../frame/section.tsx';
import { TabPage } from '../frame/tab-page.tsx';

type Transfer = Answer<'stock.transfers'>['transfers'][number];

const severities: Readonly<Record<Transfer['state'], Severity>> = {
  on_the_way: 'warn',
  received: 'ok',
  cancelled: 'info',
};

/** What is on the way between stores, and what arrived. */
export function TransfersPage(): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const transfers = useAsk('stock.transfers', {});
  return (
    <TabPage>
      <Answered of={transfers}>
        {(found) => (
          <Panel>
            <Table<Transfer>
              columns={[
                {
                  id: 'number',
                  title: t('stock.transfers.number'),
                  isRowName: true,
                  render: ({ number }) => <bdi>{number}</bdi>,
                },
                {
                  id: 'from',
                  title: t('stock.transfers.from'),
                  render: ({ from_store }) => <bdi>{from_store ?? '–'}</bdi>,
                },
                { id: 'to', title: t('stock.transfers.to'), render: ({ to_store }) => <bdi>{to_store ?? '–'}</bdi> },
                {
                  id: 'sentAt',
                  title: t('stock.transfers.sentAt'),
                  render: ({ sent_at }) => (sent_at === null ? '–' : format.dateTime(sent_at)),
                },
                {
                  id: 'lines',
                  title: t('stock.lines'),
                  isFigure: true,
                  render: ({ products }) => format.integer(products),
                },
                {
                  id: 'sent',
                  title: t('stock.transfers.sent'),
                  isFigure: true,
                  render: ({ sent_milli }) => format.quantity(sent_milli),
                },
                {
                  id: 'received',
                  title: t('stock.transfers.received'),
                  isFigure: true,
                  render: ({ received_at, received_milli }) =>
                    received_at === null ? '–' : format.quantity(received_milli),
                },
                {
                  id: 'state',
                  title: t('stock.transfers.state'),
                  render: ({ state }) => (
                    <Chip severity={severities[state]}>{t(`stock.transfers.states.${state}`)}</Chip>
                  ),
                  width: 'narrow',
                },
              ]}
              label={t('stock.transfers.title')}
              placeholder={<EmptyState title={t('stock.transfers.none')} />}
              rowId={({ number }) => number}
              rows={found.transfers}
            />
          </Panel>
        )}
      </Answered>
    </TabPage>
  );
}
