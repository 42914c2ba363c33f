import { Store } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreId } from '../../../shared/ids.ts';
import {
  AmountText,
  Button,
  EmptyState,
  PageHeader,
  Panel,
  Select,
  Table,
  useFormat,
  type Column,
} from '../../ui/index.ts';
import { useSession } from '../data/office-context.tsx';
import type { Totals } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { FilterRow } from '../frame/columns.tsx';
import { DayField } from '../frame/day-field.tsx';
import { Answered } from '../frame/section.tsx';
import { TwoLines } from '../frame/two-lines.tsx';
import { useTenderName } from '../frame/use-words.ts';
import s from './reports-screen.module.css';

type Figures = Totals['totals'][number];

/** Totals by store, till, day, tender and tax. Confirmed money only. */
export function ReportsScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const { stores } = useSession();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [store, setStore] = useState<StoreId | 'all'>('all');
  // Two days that cross each other are what somebody is still choosing.
  const isCrossed = from !== null && to !== null && from > to;
  const totals = useAsk(
    'report.totals',
    { from, to, store: store === 'all' ? null : store },
    { isEnabled: !isCrossed, keepsPrevious: true },
  );
  return (
    <>
      <PageHeader detail={t('reports.hint')} title={t('nav.reports')} />
      <FilterRow>
        {stores.length > 1 && (
          <Select
            choices={[
              { id: 'all' as const, label: t('today.allStores', { count: stores.length }) },
              ...stores.map((one) => ({ id: one.store, label: one.store_name })),
            ]}
            icon={Store}
            label={t('common.store')}
            onChange={setStore}
            value={store}
          />
        )}
        <DayField label={t('reports.from')} onChange={setFrom} value={from ?? ''} />
        <DayField label={t('reports.to')} onChange={setTo} value={to ?? ''} />
        {(from !== null || to !== null) && (
          <Button
            onPress={() => {
              setFrom(null);
              setTo(null);
            }}
          >
            {t('reports.allDays')}
          </Button>
        )}
      </FilterRow>
      <Answered of={totals}>
        {(value) => (value.totals.length === 0 ? <Nothing /> : <ReportTables totals={value} />)}
      </Answered>
    </>
  );
}

function Nothing(): ReactNode {
  const { t } = useTranslation('headoffice');
  return (
    <Panel>
      <EmptyState title={t('reports.none')}>{t('reports.noneHint')}</EmptyState>
    </Panel>
  );
}

/** The columns that every grouping has after its name. */
function useFigureColumns(): Column<Figures>[] {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  return [
    { id: 'receipts', title: t('today.receipts'), render: ({ sales }) => format.integer(sales.count), isFigure: true },
    {
      id: 'sales',
      title: t('today.sales'),
      render: ({ currency, sales }) => <AmountText amount_minor={sales.total_minor} currency={currency} />,
      isFigure: true,
    },
    {
      id: 'refunds',
      title: t('today.refunds'),
      render: ({ currency, refunds }) => <AmountText amount_minor={refunds.total_minor} currency={currency} />,
      isFigure: true,
    },
    {
      id: 'tax',
      title: t('reports.ofWhichTax'),
      render: ({ currency, tax_minor }) => <AmountText amount_minor={tax_minor} currency={currency} />,
      isFigure: true,
    },
    {
      id: 'total',
      title: t('sales.total'),
      render: ({ currency, total_minor }) => (
        <AmountText amount_minor={total_minor} currency={currency} hasSign isStrong />
      ),
      isFigure: true,
    },
  ];
}

function ReportTables({ totals }: { readonly totals: Totals }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const figures = useFigureColumns();
  return (
    <>
      <Panel title={t('reports.total')}>
        <Table
          columns={[
            { id: 'currency', title: t('common.currency'), render: ({ currency }) => currency, isRowName: true },
            ...figures,
          ]}
          label={t('reports.total')}
          rowId={({ currency }) => currency}
          rows={totals.totals}
        />
      </Panel>
      <Panel title={t('today.byStore')}>
        <Table
          columns={[
            { id: 'store', title: t('common.store'), render: ({ store_name }) => store_name, isRowName: true },
            ...figures,
          ]}
          label={t('today.byStore')}
          rowId={({ currency, store }) => `${store} ${currency}`}
          rows={totals.stores}
        />
      </Panel>
      <Panel title={t('today.byTill')}>
        <Table
          columns={[
            {
              id: 'till',
              title: t('common.till'),
              render: ({ store_name, till_code, till_name }) => (
                <TwoLines detail={store_name} title={`${till_code} ${till_name}`} />
              ),
              isRowName: true,
            },
            ...figures,
          ]}
          label={t('today.byTill')}
          rowId={({ currency, till }) => `${till} ${currency}`}
          rows={totals.tills}
        />
      </Panel>
      <div className={s['pair']}>
        <TendersTable totals={totals} />
        <TaxesTable totals={totals} />
      </div>
      <Panel title={t('reports.byDay')}>
        <div className={s['days']}>
          <Table
            columns={[
              {
                id: 'day',
                title: t('common.day'),
                render: ({ business_date }) => format.businessDate(business_date),
                isRowName: true,
              },
              ...figures,
            ]}
            label={t('reports.byDay')}
            rowId={({ business_date, currency }) => `${business_date} ${currency}`}
            rows={totals.days}
          />
        </div>
      </Panel>
    </>
  );
}

function TendersTable({ totals }: { readonly totals: Totals }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const tenderName = useTenderName();
  return (
    <Panel detail={t('today.tendersDetail')} title={t('today.byTender')}>
      <Table
        columns={[
          { id: 'kind', title: t('common.tender'), render: ({ kind }) => tenderName(kind), isRowName: true },
          { id: 'count', title: t('common.count'), render: ({ count }) => format.integer(count), isFigure: true },
          {
            id: 'amount',
            title: t('common.amount'),
            render: ({ amount_minor, currency }) => (
              <AmountText amount_minor={amount_minor} currency={currency} hasSign isStrong />
            ),
            isFigure: true,
          },
        ]}
        label={t('today.byTender')}
        rowId={({ currency, kind }) => `${kind} ${currency}`}
        rows={totals.tenders}
      />
    </Panel>
  );
}

function TaxesTable({ totals }: { readonly totals: Totals }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  return (
    <Panel title={t('reports.byTax')}>
      <Table
        columns={[
          {
            id: 'tax',
            title: t('reports.tax'),
            render: ({ code, rate_millionths }) => `${code} · ${format.rate(rate_millionths)}`,
            isRowName: true,
          },
          {
            id: 'base',
            title: t('reports.net'),
            render: ({ base_minor, currency }) => <AmountText amount_minor={base_minor} currency={currency} />,
            isFigure: true,
          },
          {
            id: 'amount',
            title: t('reports.tax'),
            render: ({ amount_minor, currency }) => (
              <AmountText amount_minor={amount_minor} currency={currency} hasSign isStrong />
            ),
            isFigure: true,
          },
        ]}
        label={t('reports.byTax')}
        rowId={({ currency, rate_millionths, tax }) => `${tax} ${String(rate_millionths)} ${currency}`}
        rows={totals.taxes}
      />
    </Panel>
  );
}
