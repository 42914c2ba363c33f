import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SumList, SumRow, useFormat } from '../../ui/index.ts';
import type { ShiftReport } from '../data/operations.ts';
import s from './report-sheet.module.css';

/** The figures of a shift, as X while it is open and as Z when it has closed. */
export function ReportSheet({ report }: { readonly report: ShiftReport }): ReactNode {
  const { t } = useTranslation('shift');
  const format = useFormat();
  const countAndSum = ({ count, total_minor }: { readonly count: number; readonly total_minor: number }): string =>
    t('x.countAndSum', { number: format.integer(count), amount: format.amount(total_minor) });
  return (
    <div className={s['sheet']}>
      <SumList title={t('x.numbers')}>
        <SumRow label={t('x.sales')}>
          <bdi>{countAndSum(report.sales)}</bdi>
        </SumRow>
        <SumRow label={t('x.refunds')}>
          <bdi>{countAndSum(report.refunds)}</bdi>
        </SumRow>
        <SumRow amount_minor={report.sales.tax_minor + report.refunds.tax_minor} label={t('x.tax')} />
      </SumList>
      {report.late.count > 0 && (
        <SumList title={t('x.late')}>
          <SumRow label={t('x.lateHint')}>
            <bdi>{countAndSum(report.late)}</bdi>
          </SumRow>
          <SumRow amount_minor={report.late.tax_minor} label={t('x.lateTax')} />
        </SumList>
      )}
      {report.tenders.length > 0 && (
        <SumList title={t('x.tenders')}>
          {report.tenders.map(({ amount_minor, kind }) => (
            <SumRow amount_minor={amount_minor} key={kind} label={kind === 'cash' ? t('x.cash') : t('x.card')} />
          ))}
        </SumList>
      )}
      <SumList title={t('x.drawer')}>
        <SumRow amount_minor={report.float_minor} label={t('x.float')} />
        <SumRow amount_minor={report.paid_in_minor} label={t('x.paidIn')} />
        <SumRow amount_minor={-report.paid_out_minor} label={t('x.paidOut')} />
        <SumRow amount_minor={report.expected_minor} isStrong label={t('x.expected')} />
        {report.counted_minor !== null && (
          <SumRow amount_minor={report.counted_minor} isStrong label={t('x.counted')} />
        )}
        {report.difference_minor !== null && (
          <SumRow amount_minor={report.difference_minor} isStrong label={t('x.difference')} />
        )}
      </SumList>
      {report.reason !== null && <p className={s['reason']}>{t('x.reason', { reason: report.reason })}</p>}
    </div>
  );
}
