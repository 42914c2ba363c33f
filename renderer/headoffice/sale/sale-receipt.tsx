import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Receipt, ReceiptFoot, ReceiptHead, ReceiptQr, ReceiptRow, ReceiptRule, useFormat } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { useStoreTime } from '../frame/store-time.ts';
import { useQuantity, useTenderName } from '../frame/use-words.ts';
import { useLineWords } from './line-words.ts';

/** A copy of the receipt. The store's address is today's; every figure is of the sale's own entry. */
export function SaleReceipt({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const time = useStoreTime();
  const tenderName = useTenderName();
  const { heading } = sale;
  const stamp = { at: sale.at, offset: sale.offset };
  return (
    <Receipt>
      <ReceiptHead title={heading.name}>
        {heading.address.map((row) => (
          <p key={row}>
            <bdi>{row}</bdi>
          </p>
        ))}
        {heading.tax_number !== null && <p>{t('receipt.taxNumber', { number: heading.tax_number })}</p>}
        <p>{t('receipt.copy')}</p>
      </ReceiptHead>
      <ReceiptRule />
      {sale.lines.map((line) => (
        <LineRows key={line.line} line={line} />
      ))}
      <ReceiptRule />
      <ReceiptRow figure={format.amount(sale.total_minor)} isStrong>
        {t(sale.kind === 'refund' ? 'receipt.refund' : 'receipt.total', { currency: sale.currency })}
      </ReceiptRow>
      {sale.rounding_minor !== 0 && (
        <ReceiptRow figure={format.amount(sale.rounding_minor)}>{t('receipt.rounding')}</ReceiptRow>
      )}
      {sale.paid.map(({ handed_minor, kind, tender }) => (
        <ReceiptRow figure={format.amount(handed_minor)} key={tender}>
          {tenderName(kind)}
        </ReceiptRow>
      ))}
      {sale.change_minor !== 0 && (
        <ReceiptRow figure={format.amount(sale.change_minor)} isStrong>
          {t('sale.change')}
        </ReceiptRow>
      )}
      {sale.taxes.length > 0 && <ReceiptRule />}
      {sale.taxes.map(({ amount_minor, base_minor, code, rate_millionths, tax }) => (
        <ReceiptRow
          figure={t('receipt.net', { amount: format.amount(base_minor) })}
          key={`${tax} ${String(rate_millionths)}`}
        >
          {t('receipt.tax', { code, rate: format.rate(rate_millionths), amount: format.amount(amount_minor) })}
        </ReceiptRow>
      ))}
      <ReceiptRule />
      <ReceiptFoot qr={<ReceiptQr receiptNumber={sale.receipt_number} text={sale.sale} />}>
        <p>
          <bdi>{sale.receipt_number}</bdi>
        </p>
        <p>
          <bdi>{time.moment(stamp)}</bdi>
        </p>
        <p>
          <bdi>{[sale.till_name, sale.cashier].filter((words) => words !== null).join(', ')}</bdi>
        </p>
      </ReceiptFoot>
    </Receipt>
  );
}

function LineRows({ line }: { readonly line: Sale['lines'][number] }): ReactNode {
  const format = useFormat();
  const quantity = useQuantity();
  const words = useLineWords();
  const isSeveral = line.quantity_milli !== 1000;
  return (
    <Fragment>
      <ReceiptRow figure={format.amount(line.gross_minor)} mark={line.taxes[0]?.code.slice(0, 1) ?? ''}>
        {line.name}
      </ReceiptRow>
      {isSeveral && (
        <ReceiptRow hasMarkRoom isIndented>
          <bdi>
            {quantity(line.quantity_milli, line.unit)} × {format.amount(line.unit_price_minor)}
          </bdi>
        </ReceiptRow>
      )}
      {words(line).map((word) => (
        <ReceiptRow hasMarkRoom isIndented key={word}>
          {word}
        </ReceiptRow>
      ))}
    </Fragment>
  );
}
