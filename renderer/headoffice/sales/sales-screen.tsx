import { ReceiptText } from 'lucide-react';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { StoreId, TillId } from '../../../shared/ids.ts';
import {
  AmountText,
  Button,
  EmptyState,
  PageHeader,
  SearchField,
  Select,
  Table,
  Tag,
  useFormat,
} from '../../ui/index.ts';
import { useMay, useSession } from '../data/office-context.tsx';
import type { SaleRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { useAskPages } from '../data/use-ask-pages.ts';
import { FilterRow } from '../frame/columns.tsx';
import { DayField } from '../frame/day-field.tsx';
import { EndlessList } from '../frame/endless-list.tsx';
import { useStoreTime } from '../frame/store-time.ts';
import { TwoLines } from '../frame/two-lines.tsx';
import { useTenderName } from '../frame/use-words.ts';
import s from './sales-screen.module.css';

interface Filters {
  readonly store: StoreId | null;
  readonly till: TillId | null;
  readonly day: string | null;
  readonly tender: string | null;
  readonly text: string;
}

const everything: Filters = { store: null, till: null, day: null, tender: null, text: '' };

/** Sales and refunds, the newest first. New ones appear above by themselves. */
export function SalesScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const [filters, setFilters] = useState<Filters>(everything);
  const text = useDeferredValue(filters.text);
  const sales = useAskPages('sale.list', { ...filters, text, limit: 50 }, 20);
  const isFiltered = JSON.stringify(filters) !== JSON.stringify(everything);
  const change = (changes: Partial<Filters>): void => setFilters((held) => ({ ...held, ...changes }));
  return (
    <>
      <PageHeader detail={t('sales.hint')} title={t('nav.sales')} />
      <FilterBar filters={filters} isFiltered={isFiltered} onChange={change} />
      <EndlessList loading={t('sales.loading')} more={t('sales.more')} of={sales}>
        {(pages) => <SalesTable isFiltered={isFiltered} rows={pages.flatMap((page) => page.sales)} />}
      </EndlessList>
    </>
  );
}

function FilterBar(props: {
  readonly filters: Filters;
  readonly isFiltered: boolean;
  readonly onChange: (changes: Partial<Filters>) => void;
}): ReactNode {
  const { filters, isFiltered, onChange } = props;
  const { t } = useTranslation(['headoffice', 'common']);
  const { stores } = useSession();
  const mayLook = useMay('sync.view');
  const tills = useAsk('till.list', { store: filters.store }, { isEnabled: mayLook, keepsPrevious: true });
  const tenderName = useTenderName();
  const all = { id: '' as const, label: t('common:all') };
  return (
    <FilterRow>
      <div className={s['search']}>
        <SearchField
          label={t('sales.search')}
          onChange={(text) => onChange({ text })}
          onClear={() => onChange({ text: '' })}
          value={filters.text}
        />
      </div>
      {stores.length > 1 && (
        <Select<StoreId | ''>
          choices={[all, ...stores.map(({ store, store_name }) => ({ id: store, label: store_name }))]}
          label={t('common.store')}
          onChange={(store) => onChange({ store: store === '' ? null : store, till: null })}
          value={filters.store ?? ''}
        />
      )}
      {mayLook && (
        <Select<TillId | ''>
          choices={[
            all,
            ...(tills.data?.tills ?? [])
              .toSorted((a, b) => a.till_code.localeCompare(b.till_code))
              .map(({ till, till_code, till_name }) => ({ id: till, label: till_code, detail: till_name })),
          ]}
          label={t('common.till')}
          onChange={(till) => onChange({ till: till === '' ? null : till })}
          value={filters.till ?? ''}
        />
      )}
      <Select<'' | 'cash' | 'card'>
        choices={[all, { id: 'cash', label: tenderName('cash') }, { id: 'card', label: tenderName('card') }]}
        label={t('common.tender')}
        onChange={(tender) => onChange({ tender: tender === '' ? null : tender })}
        value={filters.tender === 'cash' || filters.tender === 'card' ? filters.tender : ''}
      />
      <DayField label={t('common.day')} onChange={(day) => onChange({ day })} value={filters.day ?? ''} />
      {isFiltered && <Button onPress={() => onChange(everything)}>{t('sales.showAll')}</Button>}
    </FilterRow>
  );
}

function SalesTable({
  isFiltered,
  rows,
}: {
  readonly rows: readonly SaleRow[];
  readonly isFiltered: boolean;
}): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const time = useStoreTime();
  const tenderName = useTenderName();
  const [, go] = useLocation();
  return (
    <Table<SaleRow>
      columns={[
        {
          id: 'time',
          title: t('sales.sold'),
          render: (row) => <TwoLines detail={time.day(row)} title={<bdi>{time.time(row)}</bdi>} />,
          width: 'narrow',
        },
        {
          id: 'receipt',
          title: t('sales.receipt'),
          render: (row) => (
            <span className={s['receipt']}>
              <bdi>{row.receipt_number}</bdi>
              {row.kind === 'refund' && <Tag tone="neutral">{t('sales.refund')}</Tag>}
            </span>
          ),
          isRowName: true,
        },
        {
          id: 'till',
          title: t('common.till'),
          render: (row) => <TwoLines detail={row.store_name} title={row.till_name} />,
        },
        { id: 'cashier', title: t('sales.cashier'), render: ({ cashier }) => cashier ?? '–' },
        {
          id: 'lines',
          title: t('sales.lines'),
          render: ({ line_count }) => format.integer(line_count),
          isFigure: true,
        },
        {
          id: 'tenders',
          title: t('common.tender'),
          render: ({ tenders }) => tenders.map(tenderName).join(', ') || '–',
        },
        {
          id: 'total',
          title: t('sales.total'),
          render: (row) => <AmountText amount_minor={row.total_minor} currency={row.currency} isStrong />,
          isFigure: true,
        },
      ]}
      label={t('nav.sales')}
      onRowPress={({ sale, store }) => go(`/sales/${store}/${sale}`)}
      placeholder={
        isFiltered ? (
          <EmptyState icon={ReceiptText} title={t('sales.noneFound')}>
            {t('sales.noneFoundHint')}
          </EmptyState>
        ) : (
          <EmptyState icon={ReceiptText} title={t('sales.none')}>
            {t('sales.noneHint')}
          </EmptyState>
        )
      }
      rowId={({ sale, store }) => `${store} ${sale}`}
      rows={rows}
    />
  );
}
