import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Receipt, ReceiptHead, ReceiptRow, ReceiptRule, useFormat } from '../../ui/index.ts';
import type { ShiftReport, SetupStatus, StoreSettings } from '../data/operations.ts';

export interface ReportSlipProps {
  readonly report: ShiftReport;
  readonly settings: StoreSettings;
  readonly status: SetupStatus;
}

/** An X or a Z on the receipt roll. */
export function ReportSlip({ report, settings, status }: ReportSlipProps): ReactNode {
  const { t } = useTranslation('shift');
  const format = useFormat();
  const rows: readonly (readonly [string, number])[] = [
    ...report.tenders.map(
      ({ amount_minor, kind }) => [kind === 'cash' ? t('x.cash') : t('x.card'), amount_minor] as const,
    ),
    [t('x.tax'), report.sales.tax_minor + report.refunds.tax_minor],
  ];
  const drawer: readonly (readonly [string, number | null])[] = [
    [t('x.float'), report.float_minor],
    [t('x.paidIn'), report.paid_in_minor],
    [t('x.paidOut'), -report.paid_out_minor],
    [t('x.expected'), report.expected_minor],
    [t('x.counted'), report.counted_minor],
    [t('x.difference'), report.difference_minor],
  ];
  return (
    <Receipt>
      <ReceiptHead title={t(report.closed_at === null ? 'x.title' : 'x.z', { number: format.integer(report.number) })}>
        <p dir="auto">{settings.name}</p>
        <p dir="auto">{status.till_name}</p>
        <p>{t('x.day', { date: format.businessDate(report.business_date) })}</p>
        <p>{t('x.openedBy', { at: format.dateTime(report.opened_at), name: report.opened_by })}</p>
        {report.closed_at !== null && <p>{t('x.closedAt', { at: format.dateTime(report.closed_at) })}</p>}
      </ReceiptHead>
      <ReceiptRule />
      <ReceiptRow figure={format.amount(report.sales.total_minor)}>
        {t('x.sales')} {format.integer(report.sales.count)}
      </ReceiptRow>
      <ReceiptRow figure={format.amount(report.refunds.total_minor)}>
        {t('x.refunds')} {format.integer(report.refunds.count)}
      </ReceiptRow>
      <ReceiptRule />
      {rows.map(([label, amount_minor]) => (
        <ReceiptRow figure={format.amount(amount_minor)} key={label}>
          {label}
        </ReceiptRow>
      ))}
      <ReceiptRule />
      {drawer.map(([label, amount_minor]) =>
        amount_minor === null ? null : (
          <ReceiptRow figure={format.amount(amount_minor)} key={label}>
            {label}
          </ReceiptRow>
        ),
      )}
      {report.late.count > 0 && (
        <>
          <ReceiptRule />
          <ReceiptRow figure={format.amount(report.late.total_minor)}>
            {t('x.late')} {format.integer(report.late.count)}
          </ReceiptRow>
          <ReceiptRow figure={format.amount(report.late.tax_minor)}>{t('x.lateTax')}</ReceiptRow>
          <ReceiptRow>{t('x.lateHint')}</ReceiptRow>
        </>
      )}
      {report.reason !== null && <ReceiptRow>{t('x.reason', { reason: report.reason })}</ReceiptRow>}
    </Receipt>
  );
}
