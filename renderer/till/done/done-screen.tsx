import { Ban, CircleCheck, HandCoins, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { changeInDenominations } from '../../../shared/sale/cash.ts';
import { coinText } from '../frame/coin-text.ts';
import type { SaleId } from '../../../shared/ids.ts';
import { Button, Denomination, ErrorState, HiddenTitle, LoadingState, Slate, useFormat } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { Emphasis } from '../frame/emphasis.tsx';
import { useErrorText } from '../frame/failure-text.ts';
import { usePrint } from '../device/printing.tsx';
import { usePrinterName } from '../device/use-device.ts';
import { Printout } from '../frame/printout.tsx';
import { useAtTheTill } from '../frame/session-context.tsx';
import { SaleReceipt } from '../receipt/sale-receipt.tsx';
import { useSale } from '../sales/use-sale.ts';
import s from './done-screen.module.css';

/** After the sale: the change, the receipt, the next customer. The next scan begins the next sale. */
export function DoneScreen({ sale: id }: { readonly sale: SaleId }): ReactNode {
  const { t } = useTranslation(['done', 'device']);
  const print = usePrint();
  const printer = usePrinterName();
  const { settings, status } = useAtTheTill();
  const errorText = useErrorText();
  const [, goTo] = useLocation();
  const sale = useSale(id);
  const found = sale.data;
  const goOn = (): void => goTo('/');
  return (
    <div className={s['done']}>
      <HiddenTitle>{t('title')}</HiddenTitle>
      <section className={s['work']}>
        {found === undefined ? (
          <Slate label={t('title')} size="change" tone="give" words="" />
        ) : (
          <Outcome sale={found} />
        )}
        <p className={s['saved']} role="status">
          <CircleCheck aria-hidden="true" className={s['tick']} />
          {found !== undefined && (
            <span>
              <Emphasis>
                {t(found.kind === 'sale' ? 'saved' : 'savedRefund', { number: found.receipt_number })}
              </Emphasis>
            </span>
          )}
        </p>
        <div className={s['receipts']}>
          <Button
            align="spread"
            detail={printer === undefined ? t('printHint') : t('device:print.to', { printer })}
            icon={Printer}
            isDisabled={found === undefined}
            isWide
            onPress={print}
            shortcut="print"
            size="next"
          >
            {t('print')}
          </Button>
          <Button
            align="spread"
            detail={t('noneHint')}
            icon={Ban}
            isWide
            onPress={goOn}
            shortcut="noReceipt"
            size="next"
          >
            {t('none')}
          </Button>
        </div>
        <Button detail={t('orScan')} isWide onPress={goOn} shortcut="confirm" size="next" variant="primary">
          {t('next')}
        </Button>
      </section>
      <aside aria-label={t('title')} className={s['paper']}>
        {found === undefined ? (
          sale.error === null ? (
            <LoadingState />
          ) : (
            <ErrorState onRetry={() => void sale.refetch()} title={t('receiptFailed')}>
              {errorText(sale.error)} {t('receiptFailedHint')}
            </ErrorState>
          )
        ) : (
          <>
            <SaleReceipt sale={found} settings={settings} status={status} />
            <Printout>
              <SaleReceipt sale={found} settings={settings} status={status} />
            </Printout>
          </>
        )}
      </aside>
    </div>
  );
}

/** The amount of the screen: change to give, money given back, or that it is paid. */
function Outcome({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('done');
  const format = useFormat();
  if (sale.kind === 'refund') {
    return <Slate amount_minor={-sale.total_minor} label={t('given')} size="change" tone="give" />;
  }
  if (sale.change_minor === 0) {
    return (
      <Slate
        detail={t('noChange')}
        label={format.money(sale.total_minor)}
        size="change"
        tone="give"
        words={t('paid')}
      />
    );
  }
  const cash = sale.tenders.filter(({ kind }) => kind === 'cash');
  const { pieces, rest_minor } = changeInDenominations(sale.change_minor, format.currency);
  // Cash that was handed over, and what of it was due: both as the till settled them.
  const handed_minor = cash.reduce((sum, { handed_minor: one }) => sum + one, 0);
  const due_minor = cash.reduce((sum, { amount_minor }) => sum + amount_minor, 0);
  return (
    <Slate
      amount_minor={sale.change_minor}
      detail={t('cashLessDue', { cash: format.amount(handed_minor), due: format.amount(due_minor) })}
      icon={HandCoins}
      label={t('changeToGive')}
      size="change"
      tone="give"
    >
      {pieces.map(({ count, kind, value_minor }) => (
        <Denomination count={count} key={value_minor} kind={kind}>
          {coinText(value_minor, format.currency, format.locale)}
        </Denomination>
      ))}
      {rest_minor !== 0 && <span>{t('restHint', { amount: format.money(rest_minor) })}</span>}
    </Slate>
  );
}
