import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mulDiv } from '../../../shared/money/mul-div.ts';
import { AmountText, Bar, Panel, Table, useFormat, type Column } from '../../ui/index.ts';
import type { Today } from '../data/operations.ts';
import { useQuantity, useTenderName } from '../frame/use-words.ts';
import { changeOf, useWeekday } from './stats.tsx';

interface PanelProps {
  readonly currency: string;
  readonly today: Today;
}

/** A length from 0 to 1; for drawing only. */
function shareOf(part_minor: number, whole_minor: number): number {
  return whole_minor <= 0 ? 0 : part_minor / whole_minor;
}

/** By store, or by till where there is one store. */
export function StoresPanel({ currency, today }: PanelProps): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const weekday = useWeekday(today.before_day);
  const stores = today.stores.filter((one) => one.currency === currency);
  const tills = today.tills.filter((one) => one.currency === currency);
  const isByStore = stores.length > 1;
  type Row = {
    readonly id: string;
    readonly name: string;
    readonly sales: { readonly count: number; readonly total_minor: number };
    readonly average_minor: number | null;
    readonly before_minor: number | null;
  };
  const rows: Row[] = isByStore
    ? stores.map((one) => ({ ...one, id: one.store, name: one.store_name }))
    : tills.map((one) => ({
        ...one,
        id: one.till,
        name: `${one.till_code} · ${one.till_name}`,
        average_minor: one.sales.count === 0 ? null : mulDiv(one.sales.total_minor, 1, one.sales.count),
        before_minor: null,
      }));
  const most = Math.max(0, ...rows.map(({ sales }) => sales.total_minor));
  const change = ({ before_minor, sales }: Row): string => {
    const found = changeOf(sales.total_minor, before_minor);
    if (found === null) return '–';
    const rounded = mulDiv(found, 1, 1000) * 1000;
    return `${rounded > 0 ? '+' : ''}${format.rate(rounded).replace('-', '−')}`;
  };
  const columns: Column<Row>[] = [
    { id: 'name', title: t(isByStore ? 'common.store' : 'common.till'), render: ({ name }) => name, isRowName: true },
    {
      id: 'sales',
      title: t('today.sales'),
      render: ({ sales }) => <AmountText amount_minor={sales.total_minor} currency={currency} isStrong />,
      isFigure: true,
    },
    { id: 'bar', title: t('today.share'), render: ({ sales }) => <Bar share={shareOf(sales.total_minor, most)} /> },
    { id: 'receipts', title: t('today.receipts'), render: ({ sales }) => format.integer(sales.count), isFigure: true },
    {
      id: 'average',
      title: t('today.average'),
      render: ({ average_minor }) =>
        average_minor === null ? '–' : <AmountText amount_minor={average_minor} currency={currency} />,
      isFigure: true,
    },
    ...(isByStore
      ? [
          {
            id: 'change',
            title: t('today.against', { day: weekday }),
            render: (row: Row) => <bdi>{change(row)}</bdi>,
            isFigure: true,
          } as const,
        ]
      : []),
  ];
  const title = t(isByStore ? 'today.byStore' : 'today.byTill');
  return (
    <Panel title={title}>
      <Table columns={columns} label={title} rowId={({ id }) => id} rows={rows} />
    </Panel>
  );
}

/** By the kind of tender: what is in the drawers, and what the card's bank owes. */
export function TendersPanel({ currency, today }: PanelProps): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const tenderName = useTenderName();
  const rows = today.tenders.filter((one) => one.currency === currency);
  const most = Math.max(0, ...rows.map(({ amount_minor }) => amount_minor));
  return (
    <Panel detail={t('today.tendersDetail')} title={t('today.byTender')}>
      <Table
        columns={[
          { id: 'kind', title: t('common.tender'), render: ({ kind }) => tenderName(kind), isRowName: true },
          {
            id: 'amount',
            title: t('common.amount'),
            render: ({ amount_minor }) => <AmountText amount_minor={amount_minor} currency={currency} isStrong />,
            isFigure: true,
          },
          {
            id: 'bar',
            title: t('today.share'),
            render: ({ amount_minor }) => <Bar share={shareOf(amount_minor, most)} />,
          },
          { id: 'count', title: t('common.count'), render: ({ count }) => format.integer(count), isFigure: true },
        ]}
        label={t('today.byTender')}
        rowId={({ kind }) => kind}
        rows={rows}
      />
    </Panel>
  );
}

/** What sold most, by money. */
export function TopProductsPanel({ currency, today }: PanelProps): ReactNode {
  const { t } = useTranslation('headoffice');
  const quantity = useQuantity();
  const rows = today.products.filter((one) => one.currency === currency).slice(0, 5);
  const most = Math.max(0, ...rows.map(({ total_minor }) => total_minor));
  return (
    <Panel detail={t('today.topDetail')} title={t('today.top')}>
      <Table
        columns={[
          { id: 'name', title: t('common.product'), render: ({ name }) => name, isRowName: true, width: 'wide' },
          {
            id: 'quantity',
            title: t('common.quantity'),
            render: ({ quantity_milli, unit }) => <bdi>{quantity(quantity_milli, unit)}</bdi>,
            isFigure: true,
          },
          {
            id: 'bar',
            title: t('today.share'),
            render: ({ total_minor }) => <Bar share={shareOf(total_minor, most)} />,
          },
          {
            id: 'amount',
            title: t('today.sales'),
            render: ({ total_minor }) => <AmountText amount_minor={total_minor} currency={currency} isStrong />,
            isFigure: true,
          },
        ]}
        label={t('today.top')}
        rowId={({ product }) => product}
        rows={rows}
      />
    </Panel>
  );
}
