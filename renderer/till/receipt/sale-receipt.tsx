import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Receipt, ReceiptFoot, ReceiptHead, ReceiptQr, ReceiptRow, ReceiptRule, useFormat } from '../../ui/index.ts';
import type { Sale, SetupStatus, StoreSettings } from '../data/operations.ts';
import { useSale } from '../sales/use-sale.ts';
import { useLineDetail } from '../sell/use-line-detail.ts';

export interface SaleReceiptProps {
  readonly sale: Sale;
  readonly settings: StoreSettings;
  readonly status: SetupStatus;
}

/** The receipt of a sale or a refund. Every figure on it was written when it was completed. */
export function SaleReceipt({ sale, settings, status }: SaleReceiptProps): ReactNode {
  const { t } = useTranslation('done');
  const format = useFormat();
  const isRefund = sale.kind === 'refund';
  return (
    <Receipt>
      <ReceiptHead title={settings.name}>
        {settings.address.map((row) => (
          <p dir="auto" key={row}>
            {row}
          </p>
        ))}
        {settings.tax_number !== null && <p>{t('receipt.taxNumber', { number: settings.tax_number })}</p>}
      </ReceiptHead>
      <ReceiptRule />
      {sale.lines.map((line) => (
        <LineRows key={line.line} line={line} />
      ))}
      <ReceiptRule />
      <ReceiptRow figure={format.amount(sale.total_minor)} isStrong>
        {t(isRefund ? 'receipt.refund' : 'receipt.total', { currency: settings.currency })}
      </ReceiptRow>
      {sale.rounding_minor !== 0 && (
        <ReceiptRow figure={format.amount(sale.rounding_minor)}>{t('receipt.rounding')}</ReceiptRow>
      )}
      {sale.tenders.map(({ handed_minor, kind, tender }) => (
        <ReceiptRow figure={format.amount(handed_minor)} key={tender}>
          {t(`receipt.${kind}`)}
        </ReceiptRow>
      ))}
      {sale.change_minor !== 0 && (
        <ReceiptRow figure={format.amount(sale.change_minor)} isStrong>
          {t('receipt.change')}
        </ReceiptRow>
      )}
      {sale.taxes.length > 0 && <ReceiptRule />}
      {sale.taxes.map(({ amount_minor, base_minor, code, rate_millionths, tax }) => (
        <ReceiptRow figure={t('receipt.net', { amount: format.amount(base_minor) })} key={tax}>
          {t('receipt.tax', { code, rate: format.rate(rate_millionths), amount: format.amount(amount_minor) })}
        </ReceiptRow>
      ))}
      <ReceiptRule />
      <ReceiptFoot qr={<ReceiptQr receiptNumber={sale.receipt_number} text={sale.sale} />}>
        <p>
          <bdi>{sale.receipt_number}</bdi>
        </p>
        <p>
          <bdi>{format.dateTime(sale.at)}</bdi>
        </p>
        <p>{t('receipt.by', { till: status.till_name ?? '', cashier: sale.cashier })}</p>
        {isRefund && <RefundOf sale={sale.of_sale} />}
        {sale.reason !== null && <p>{t('receipt.reason', { reason: sale.reason })}</p>}
      </ReceiptFoot>
      {settings.receipt_footer !== '' && (
        <>
          <ReceiptRule />
          <ReceiptHead title="">
            {settings.receipt_footer.split('\n').map((row) => (
              <p dir="auto" key={row}>
                {row}
              </p>
            ))}
          </ReceiptHead>
        </>
      )}
    </Receipt>
  );
}

/** Which sale is given back. Its number is its own receipt's; who may not look at sales sees that there was one. */
function RefundOf({ sale }: { readonly sale: Sale['of_sale'] }): ReactNode {
  const { t } = useTranslation('done');
  const number = useSale(sale).data?.receipt_number;
  if (sale === null) return <p>{t('receipt.noSale')}</p>;
  return <p>{number === undefined ? t('receipt.ofSale') : t('receipt.ofSaleNumber', { number })}</p>;
}

/** One line, and beneath it how its amount came about. */
function LineRows({ line }: { readonly line: Sale['lines'][number] }): ReactNode {
  const { t } = useTranslation('done');
  const format = useFormat();
  const { detail } = useLineDetail(line);
  const mark = line.taxes[0]?.code.slice(0, 1) ?? '';
  const reductions: { readonly key: string; readonly words: string; readonly amount: string }[] = line.discounts.map(
    ({ given_minor, kind, rate_millionths, reason }) => ({
      key: `${kind} ${reason}`,
      words:
        kind === 'percent' && rate_millionths !== undefined
          ? t('receipt.discount', { rate: format.rate(rate_millionths) })
          : t('receipt.discountAmount'),
      amount: format.amount(-given_minor),
    }),
  );
  if (line.basket_discount_minor !== 0) {
    reductions.push({
      key: 'basket',
      words: t('receipt.basketDiscount'),
      amount: format.amount(-line.basket_discount_minor),
    });
  }
  return (
    <Fragment>
      <ReceiptRow figure={format.amount(line.gross_minor)} mark={mark}>
        {line.name}
      </ReceiptRow>
      {detail !== undefined && (
        <ReceiptRow hasMarkRoom isIndented>
          {detail}
        </ReceiptRow>
      )}
      {reductions.map(({ amount, key, words }) => (
        <ReceiptRow figure={amount} hasMarkRoom isIndented key={key}>
          {words}
        </ReceiptRow>
      ))}
    </Fragment>
  );
}
