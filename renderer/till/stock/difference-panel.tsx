import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  AmountText,
  Checkbox,
  EmptyState,
  type FetchedRows,
  Panel,
  Stat,
  StatRow,
  Table,
  useFormat,
} from '../../ui/index.ts';
import type { StockDifference } from '../data/operations.ts';
import s from '../frame/page.module.css';
import { Unanswered, type UnansweredProps } from '../frame/unanswered.tsx';
import { useQuantityText } from './quantity-text.ts';

export interface DifferencePanelProps {
  /** A stock take's products. */
  readonly rows: FetchedRows<StockDifference>;
  /** What all of it comes to. */
  readonly sums: DifferenceSumsProps | undefined;
  readonly asked: UnansweredProps['asked'];
  /** Whether what does not differ is shown too. */
  readonly isAll: boolean;
  readonly onAll: (isAll: boolean) => void;
}

/** What a stock take comes to, and what was counted beside what was expected, line by line. */
export function DifferencePanel({ asked, isAll, onAll, rows, sums }: DifferencePanelProps): ReactNode {
  const { t } = useTranslation('stock');
  return (
    <>
      {sums !== undefined && <DifferenceSums {...sums} />}
      <Panel isFilling label={t('takes.differences')}>
        <DifferenceTable
          placeholder={
            <Unanswered asked={asked} failed={t('takes.failed')}>
              <EmptyState title={t('takes.noDifferences')} />
            </Unanswered>
          }
          rows={rows}
        />
        <footer className={s['foot']}>
          <Checkbox isSelected={!isAll} onChange={(onlyDifferent) => onAll(!onlyDifferent)}>
            {t('takes.onlyDifferent')}
          </Checkbox>
        </footer>
      </Panel>
    </>
  );
}

function DifferenceTable(props: {
  readonly rows: FetchedRows<StockDifference>;
  readonly placeholder: ReactNode;
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
      placeholder={props.placeholder}
      rowId={({ product }) => product}
      rows={props.rows}
    />
  );
}

interface DifferenceSumsProps {
  readonly counted: number;
  readonly different: number;
  readonly surplus_minor: number;
  readonly missing_minor: number;
}

function DifferenceSums(props: DifferenceSumsProps): ReactNode {
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
