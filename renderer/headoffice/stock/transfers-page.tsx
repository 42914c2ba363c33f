import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StoreId } from '../../../shared/ids.ts';
import { Button, EmptyState, Select, Table, useFormat } from '../../ui/index.ts';
import { useSession } from '../data/office-context.tsx';
import type { Answer, Given } from '../data/operations.ts';
import { useAskPages } from '../data/use-ask-pages.ts';
import { FilterRow } from '../frame/columns.tsx';
import { EndlessList } from '../frame/endless-list.tsx';
import { type Stamp, useStoreTime } from '../frame/store-time.ts';
import { TabPage } from '../frame/tab-page.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { TransferState } from './transfer-state.tsx';

type Transfer = Answer<'stock.transfers'>['transfers'][number];
type Of = NonNullable<Given<'stock.transfers'>['of']>;

interface Filters {
  readonly store: StoreId | null;
  readonly of: Of;
}

const everything: Filters = { store: null, of: 'all' };
const kinds: readonly Of[] = ['all', 'on_the_way', 'received', 'different', 'cancelled'];

/** What is on the way between stores, what arrived, and what differs. */
export function TransfersPage(): ReactNode {
  const { t } = useTranslation(['headoffice', 'common']);
  const { stores } = useSession();
  const [filters, setFilters] = useState<Filters>(everything);
  const transfers = useAskPages('stock.transfers', { ...filters, limit: 50 }, 20);
  const isFiltered = filters.store !== null || filters.of !== 'all';
  return (
    <TabPage
      bar={
        <FilterRow>
          {stores.length > 1 && (
            <Select<StoreId | ''>
              choices={[
                { id: '' as const, label: t('common:all') },
                ...stores.map(({ store, store_name }) => ({ id: store, label: store_name })),
              ]}
              label={t('common.store')}
              onChange={(store) => setFilters((held) => ({ ...held, store: store === '' ? null : store }))}
              value={filters.store ?? ''}
            />
          )}
          <Select<Of>
            choices={kinds.map((id) => ({ id, label: t(`stock.transfers.of.${id}`) }))}
            label={t('stock.transfers.state')}
            onChange={(of) => setFilters((held) => ({ ...held, of }))}
            value={filters.of}
          />
          {isFiltered && <Button onPress={() => setFilters(everything)}>{t('sales.showAll')}</Button>}
        </FilterRow>
      }
    >
      <EndlessList loading={t('stock.transfers.loading')} more={t('stock.transfers.more')} of={transfers}>
        {(pages) => <TransfersTable isFiltered={isFiltered} rows={pages.flatMap((page) => page.transfers)} />}
      </EndlessList>
    </TabPage>
  );
}

function TransfersTable(props: { readonly rows: readonly Transfer[]; readonly isFiltered: boolean }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const [, go] = useLocation();
  return (
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
          render: ({ from_store }) => from_store ?? t('stock.transfers.nobody'),
        },
        { id: 'to', title: t('stock.transfers.to'), render: ({ to_store }) => to_store ?? '–' },
        { id: 'sentAt', title: t('stock.transfers.sentAt'), render: ({ sent }) => <StampText of={sent} /> },
        {
          id: 'receivedAt',
          title: t('stock.transfers.receivedAt'),
          render: ({ received }) => <StampText of={received} />,
        },
        {
          id: 'lines',
          title: t('stock.lines'),
          isFigure: true,
          render: ({ products }) => format.integer(products),
        },
        {
          id: 'state',
          title: t('stock.transfers.state'),
          render: (row) => <TransferState of={row} />,
          width: 'narrow',
        },
      ]}
      label={t('stock.transfers.title')}
      onRowPress={({ number }) => go(`/stock/transfers/${encodeURIComponent(number)}`)}
      placeholder={
        props.isFiltered ? (
          <EmptyState title={t('stock.transfers.noneFound')}>{t('stock.transfers.noneFoundHint')}</EmptyState>
        ) : (
          <EmptyState title={t('stock.transfers.none')}>{t('stock.transfers.noneHint')}</EmptyState>
        )
      }
      rowId={({ number }) => number}
      rows={props.rows}
    />
  );
}

/** On the wall of the shop where it happened. */
function StampText({ of }: { readonly of: Stamp | null }): ReactNode {
  const time = useStoreTime();
  return of === null ? '–' : <TwoLines detail={time.day(of)} title={<bdi>{time.time(of)}</bdi>} />;
}
