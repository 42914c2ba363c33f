import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AmountText, Panel, SumList, SumRow, Table, isolated, useFormat, hiddenFromSight } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { useStoreTime } from '../frame/store-time.ts';
import { TwoLines } from '../frame/two-lines.tsx';
import { useQuantity, useDuration, useTenderName } from '../frame/use-words.ts';
import { useLineWords } from './line-words.ts';
import s from './sale-lines.module.css';

/** What was sold, by whom, and how it was paid. */
export function SaleLines({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const quantity = useQuantity();
  const format = useFormat();
  const words = useLineWords();
  return (
    <Panel>
      <h2 className={hiddenFromSight}>{t('sale.lines')}</h2>
      <Facts sale={sale} />
      <Table
        columns={[
          {
            id: 'quantity',
            title: t('common.quantity'),
            render: ({ quantity_milli, unit }) => <bdi>{quantity(quantity_milli, unit)}</bdi>,
            isFigure: true,
            width: 'narrow',
          },
          {
            id: 'product',
            title: t('common.product'),
            render: (line) => <TwoLines detail={words(line).join(', ')} title={line.name} />,
            width: 'wide',
          },
          {
            id: 'unit',
            title: t('sale.unit'),
            render: ({ unit_price_minor }) => <AmountText amount_minor={unit_price_minor} />,
            isFigure: true,
          },
          {
            id: 'tax',
            title: t('sale.tax'),
            render: ({ taxes }) => taxes.map(({ rate_millionths }) => format.rate(rate_millionths)).join(' + ') || '–',
            isFigure: true,
          },
          {
            id: 'amount',
            title: t('common.amount'),
            render: ({ total_minor }) => <AmountText amount_minor={total_minor} isStrong />,
            isFigure: true,
          },
        ]}
        label={t('sale.lines')}
        rowId={({ line }) => line}
        rows={sale.lines}
      />
      <Sums sale={sale} />
    </Panel>
  );
}

function Facts({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const time = useStoreTime();
  const duration = useDuration();
  const late_ms = Date.parse(sale.received_at) - Date.parse(sale.at);
  const stamp = { at: sale.at, offset: sale.offset };
  return (
    <dl className={s['facts']}>
      <Fact label={t(sale.kind === 'sale' ? 'sale.sold' : 'sale.givenBackOn')}>
        <bdi>{time.moment(stamp)}</bdi>
      </Fact>
      <Fact label={t('sales.cashier')}>
        {sale.shift_number === null
          ? (sale.cashier ?? '–')
          : t('sale.cashierShift', { cashier: sale.cashier ?? '–', number: format.integer(sale.shift_number) })}
      </Fact>
      {sale.approver !== null && <Fact label={t('sale.approver')}>{sale.approver}</Fact>}
      {sale.reason !== null && <Fact label={t('sale.reason')}>{sale.reason}</Fact>}
      <Fact label={t('sale.reached')}>
        {late_ms < 1000 ? t('sale.atOnce') : t('sale.laterBy', { duration: duration(late_ms) })}
      </Fact>
      {sale.kind === 'sale' ? (
        <Fact label={t('sale.givenBack')}>
          {sale.refunds.length === 0
            ? t('sale.nothing')
            : sale.refunds.map((refund) => (
                <Link className={s['link']} href={`/sales/${sale.store}/${refund.sale}`} key={refund.sale}>
                  <bdi>{format.amount(refund.total_minor)}</bdi>
                </Link>
              ))}
        </Fact>
      ) : (
        <Fact label={t('sale.ofSale')}>
          {sale.of_sale === null ? (
            t('sale.noReceipt')
          ) : (
            <Link className={s['link']} href={`/sales/${sale.store}/${sale.of_sale.sale}`}>
              <bdi>{sale.of_sale.receipt_number}</bdi>
            </Link>
          )}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ children, label }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className={s['fact']}>
      <dt className={s['label']}>{label}</dt>
      <dd className={s['value']}>{isolated(children)}</dd>
    </div>
  );
}

function Sums({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const tenderName = useTenderName();
  return (
    <div className={s['sums']}>
      <SumList title={t(sale.prices_include_tax ? 'sale.taxIncluded' : 'sale.taxAdded')}>
        {sale.taxes.length === 0 && <SumRow label={t('sale.noTax')}>–</SumRow>}
        {sale.taxes.map(({ amount_minor, base_minor, rate_millionths, tax }) => (
          <SumRow
            amount_minor={amount_minor}
            key={`${tax} ${String(rate_millionths)}`}
            label={t('sale.rateOf', { rate: format.rate(rate_millionths), net: format.amount(base_minor) })}
          />
        ))}
      </SumList>
      <SumList title={t('sale.paid')}>
        {sale.paid.map(({ handed_minor, kind, tender }) => (
          <SumRow amount_minor={handed_minor} key={tender} label={tenderName(kind)} />
        ))}
        {sale.change_minor !== 0 && <SumRow amount_minor={-sale.change_minor} label={t('sale.change')} />}
        {sale.paid.length === 0 && <SumRow label={t('sale.nothing')}>–</SumRow>}
      </SumList>
      <div className={s['total']}>
        <h3 className={s['total-title']}>{t('sales.total')}</h3>
        <div className={s['total-row']}>
          <span className={s['saved']}>
            {sale.discount_minor !== 0 && t('sale.saved', { amount: format.amount(sale.discount_minor) })}
            {sale.rounding_minor !== 0 && t('sale.rounding', { amount: format.amount(sale.rounding_minor) })}
          </span>
          <span className={s['total-amount']}>
            <AmountText amount_minor={sale.total_minor} hasSign isStrong />
          </span>
        </div>
      </div>
    </div>
  );
}
