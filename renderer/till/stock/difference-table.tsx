import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountText, EmptyState, Stat, StatRow, Table, useFormat } from '../../ui/index.ts';
import type { StockDifference } from '../data/operations.ts';
import { useQuantityText } from './quantity-text.ts';
import s from './stock.module.css';

/** What was counted beside what was expected, line by line. */
export function DifferenceTable(props: {
  readonly lines: readonly StockDifference[];
  readonly placeholder?: ReactNode;
}): ReactNode {
  const { t } = useTranslation('stock');
  const quantity = useQuantityText();
  return (
    <Table<StockDifference>
      columns={[
        { id: 'name', title: t('name'), isRowName: true, width: 'wide', render: ({ name }) => name },
        { id: 'sku', title: t('sku'), render: ({ sku }) => <bdi className={s['nowrap']}>{sku}</bdi> },
        {
          id: 'expected',
          title: t('takes.expected'),
          isFigure: true,
          render: ({ known_milli, unit }) => <bdi className={s['nowrap']}>{quantity(known_milli, unit)}</bdi>,
        },
        {
          id: 'counted',
          title: t('takes.counted'),
          isFigure: true,
          render: ({ counted_milli, unit }) => <bdi className={s['nowrap']}>{quantity(counted_milli, unit)}</bdi>,
        },
        {
          id: 'difference',
          title: t('takes.difference'),
          isFigure: true,
          render: ({ counted_milli, known_milli, unit }) => (
            <bdi className={s['nowrap']}>{quantity(counted_milli - known_milli, unit)}</bdi>
          ),
        },
        {
          id: 'worth',
          title: t('takes.worth'),
          isFigure: true,
          render: ({ difference_minor, price_minor }) =>
            price_minor === null ? '–' : <AmountText amount_minor={difference_minor} isStrong />,
        },
      ]}
      isRoomy
      label={t('takes.differences')}
      placeholder={props.placeholder ?? <EmptyState title={t('takes.noDifferences')} />}
      rowId={({ product }) => product}
      rows={props.lines}
    />
  );
}

/** What a stock take comes to. */
export function DifferenceSums(props: {
  readonly counted: number;
  readonly different: number;
  readonly surplus_minor: number;
  readonly missing_minor: number;
}): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  return (
    <StatRow>
      <Stat label={t('takes.lines')} value={format.integer(props.counted)} />
      <Stat label={t('takes.different')} value={format.integer(props.different)} />
      <Stat label={t('takes.surplus')} value={<AmountText amount_minor={props.surplus_minor} />} />
      <Stat label={t('takes.missing')} value={<AmountText amount_minor={props.missing_minor} />} />
    </StatRow>
  );
}
