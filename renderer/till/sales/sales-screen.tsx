import { CircleCheck, Clock, Printer, ReceiptText, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SaleId } from '../../../shared/ids.ts';
import { AmountText, Button, Chip, EmptyState, Panel, Table, useFormat } from '../../ui/index.ts';
import type { SaleRow } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { ListHeader } from '../frame/list-header.tsx';
import { usePrint } from '../device/printing.tsx';
import { Printout } from '../frame/printout.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { mostRows, ShowMore, useRowLimit } from '../frame/show-more.tsx';
import { Unanswered } from '../frame/unanswered.tsx';
import { SaleReceipt } from '../receipt/sale-receipt.tsx';
import s from './sales-screen.module.css';
import { useSale } from './use-sale.ts';

const pageSize = 50;

/** What was sold and given back at this till, the newest first, each with its receipt. */
export function SalesScreen({ sale: chosen }: { readonly sale: SaleId | null }): ReactNode {
  const { t } = useTranslation(['sales', 'common']);
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const limit = useRowLimit(pageSize);
  const list = useAsk(
    'sale.list',
    { text: text.trim(), before_seq: null, limit: limit.limit },
    { keepsPrevious: true },
  );
  const sales = list.data?.sales ?? [];
  const placeholder = (
    <Unanswered asked={list} failed={t('failed')} failedHint={t('failedHint')} loading={t('loading')}>
      {text === '' ? (
        <EmptyState icon={ReceiptText} title={t('none')}>
          {t('noneHint')}
        </EmptyState>
      ) : (
        <EmptyState icon={ReceiptText} title={t('noneFound', { text })} />
      )}
    </Unanswered>
  );
  return (
    <div className={s['sales']}>
      <section className={s['work']}>
        <ListHeader
          onText={setText}
          searchHint={t('searchHint')}
          searchLabel={t('search')}
          text={text}
          title={t('title')}
        />
        <Panel isFilling label={t('title')}>
          <SalesTable chosen={chosen} onChoose={(id) => goTo(`/sales/${id}`)} placeholder={placeholder} sales={sales} />
          {sales.length >= limit.limit && (
            <div className={s['more']}>
              <ShowMore label={t('more')} rows={limit} shown={sales.length}>
                {t('mostShown', { count: mostRows })}
              </ShowMore>
            </div>
          )}
        </Panel>
      </section>
      <ChosenSale id={chosen} />
    </div>
  );
}

export interface SalesTableProps {
  readonly sales: readonly SaleRow[];
  readonly chosen: SaleId | null;
  readonly onChoose: (sale: SaleId) => void;
  readonly placeholder: ReactNode;
}

/** Sales as rows; the refund's search shows the same. */
export function SalesTable({ chosen, onChoose, placeholder, sales }: SalesTableProps): ReactNode {
  const { t } = useTranslation('sales');
  const format = useFormat();
  const { status } = useAtTheTill();
  return (
    <Table
      columns={[
        {
          id: 'number',
          title: t('number'),
          isRowName: true,
          render: (sale) => <bdi className={s['whole']}>{sale.receipt_number}</bdi>,
        },
        {
          id: 'at',
          title: t('at'),
          // Where there is little room, the time goes beneath the date, and neither is torn.
          render: ({ at }) => (
            <>
              <bdi className={s['whole']}>{format.date(at)}</bdi> <bdi className={s['whole']}>{format.time(at)}</bdi>
            </>
          ),
        },
        { id: 'kind', title: t('kind'), render: (sale) => t(sale.kind) },
        { id: 'cashier', title: t('cashier'), render: (sale) => sale.cashier },
        // A till of its own has nobody who could confirm a sale.
        ...(status.authority === 'standalone'
          ? []
          : [{ id: 'state', title: t('state'), render: (sale: SaleRow) => <SaleState sale={sale} /> }]),
        {
          id: 'total',
          title: t('total'),
          isFigure: true,
          render: (sale) => <AmountText amount_minor={sale.total_minor} isStrong />,
        },
      ]}
      isRoomy
      label={t('title')}
      onRowPress={(sale) => onChoose(sale.sale)}
      placeholder={placeholder}
      rowId={(sale) => sale.sale}
      rows={sales}
      selected={chosen ?? undefined}
    />
  );
}

/** Whether the head office has it. */
function SaleState({ sale }: { readonly sale: SaleRow }): ReactNode {
  const { t } = useTranslation('sales');
  return sale.confirmed ? (
    <Chip icon={CircleCheck} severity="ok">
      {t('confirmed')}
    </Chip>
  ) : (
    <Chip icon={Clock} severity="warn">
      {t('waiting')}
    </Chip>
  );
}

function ChosenSale({ id }: { readonly id: SaleId | null }): ReactNode {
  const { t } = useTranslation('sales');
  const print = usePrint();
  const { hasShift, settings, status } = useAtTheTill();
  const [, goTo] = useLocation();
  const sale = useSale(id);
  return (
    <aside aria-label={t('number')} className={s['aside']}>
      <div className={s['paper']}>
        {id === null ? (
          <EmptyState icon={ReceiptText} title={t('choose')}>
            {t('chooseHint')}
          </EmptyState>
        ) : sale.data === undefined ? (
          <Unanswered asked={sale} failed={t('failed')} />
        ) : (
          <>
            <SaleReceipt sale={sale.data} settings={settings} status={status} />
            <Printout>
              <SaleReceipt sale={sale.data} settings={settings} status={status} />
            </Printout>
          </>
        )}
      </div>
      {sale.data !== undefined && (
        <div className={s['actions']}>
          <Button icon={Printer} isWide onPress={print} size="function">
            {t('print')}
          </Button>
          {sale.data.kind === 'sale' && (
            <Button
              disabledReason={hasShift ? undefined : t('noShift')}
              icon={Undo2}
              isWide
              onPress={() => goTo(`/refund/${String(id)}`)}
              shortcut="refund"
              size="function"
            >
              {t('giveBack')}
            </Button>
          )}
        </div>
      )}
    </aside>
  );
}
