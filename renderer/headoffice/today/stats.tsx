import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { mulDiv } from '../../../shared/money/mul-div.ts';
import { AmountText, Stat, StatRow, useFormat } from '../../ui/index.ts';
import type { Today } from '../data/operations.ts';
import { useDuration } from '../frame/use-words.ts';
import s from './stats.module.css';

/** How far a figure lies from what it was, in millionths; null where there is nothing to compare with. */
export function changeOf(now_minor: number, before_minor: number | null): number | null {
  if (before_minor === null || before_minor <= 0) return null;
  return mulDiv(now_minor - before_minor, 1_000_000, before_minor);
}

/** Confirmed figures of the day, and what is still at the tills. */
export function DayStats({ currency, today }: { readonly currency: string; readonly today: Today }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const duration = useDuration();
  const totals = today.totals.find((one) => one.currency === currency);
  const sales = totals?.sales ?? { count: 0, total_minor: 0, tax_minor: 0 };
  const refunds = totals?.refunds ?? { count: 0, total_minor: 0, tax_minor: 0 };
  const before = totals?.before ?? null;
  const weekday = useWeekday(today.before_day);
  const { waiting } = today;
  const unseen = waiting.oldest_unseen_ms === null ? '' : duration(waiting.oldest_unseen_ms);
  return (
    <div className={s['stats']}>
      <StatRow>
        <Stat
          detail={<Change before_minor={before?.total_minor ?? null} now_minor={sales.total_minor} weekday={weekday} />}
          isMain
          label={t('today.salesConfirmed')}
          value={<AmountText amount_minor={sales.total_minor} currency={currency} hasSign />}
        />
        <Stat
          detail={
            before === null ? undefined : t('today.before', { value: format.integer(before.count), day: weekday })
          }
          label={t('today.receipts')}
          value={<bdi>{format.integer(sales.count)}</bdi>}
        />
        <Stat
          detail={
            before?.average_minor === undefined || before.average_minor === null
              ? undefined
              : t('today.before', { value: format.amount(before.average_minor, currency), day: weekday })
          }
          label={t('today.average')}
          value={
            totals?.average_minor === undefined || totals.average_minor === null ? (
              '–'
            ) : (
              <AmountText amount_minor={totals.average_minor} currency={currency} hasSign />
            )
          }
        />
        <Stat
          detail={t('today.refundCount', { count: refunds.count })}
          label={t('today.refunds')}
          value={<AmountText amount_minor={-refunds.total_minor} currency={currency} hasSign />}
        />
        <Stat
          detail={
            waiting.entries === 0 ? t('today.allHere') : t('today.atTills', { count: waiting.tills, duration: unseen })
          }
          label={t('today.notHere')}
          value={t('today.entries', { count: waiting.entries })}
        />
      </StatRow>
    </div>
  );
}

function Change(props: {
  readonly now_minor: number;
  readonly before_minor: number | null;
  readonly weekday: string;
}): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const change = changeOf(props.now_minor, props.before_minor);
  if (change === null) return t('today.nothingBefore', { day: props.weekday });
  // A tenth of a per cent is as fine as anybody reads.
  const rate = format.rate(mulDiv(Math.abs(change), 1, 1000) * 1000);
  return change < 0 ? t('today.under', { rate, day: props.weekday }) : t('today.over', { rate, day: props.weekday });
}

/** "Friday", for the day a week before. */
export function useWeekday(day: string): string {
  const { locale } = useFormat();
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}
