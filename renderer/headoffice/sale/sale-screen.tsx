import { ChevronLeft, ChevronRight, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { SaleId, StoreId } from '../../../shared/ids.ts';
import { Button, Chip, EmptyState, FormatProvider, IconButton, PageHeader } from '../../ui/index.ts';
import type { Sale } from '../data/operations.ts';
import { failureOf } from '../../line/line.ts';
import { useAsk } from '../data/use-ask.ts';
import { Columns } from '../frame/columns.tsx';
import { useOfficeLocale } from '../frame/office-locale.ts';
import { Answered } from '../frame/section.tsx';
import { ChainNotice } from './chain-notice.tsx';
import { EntryPanel } from './entry-panel.tsx';
import { HappenedPanel } from './happened-panel.tsx';
import { SaleLines } from './sale-lines.tsx';
import { SaleReceipt } from './sale-receipt.tsx';
import s from './sale-screen.module.css';

/** One sale or refund: what was sold, the receipt, and the entry that proves it. */
export function SaleScreen({ sale, store }: { readonly sale: SaleId; readonly store: StoreId }): ReactNode {
  const { t } = useTranslation('headoffice');
  const shown = useAsk('sale.show', { store, sale });
  const [, go] = useLocation();
  if (failureOf(shown.error)?.code === 'record.not_found') {
    return (
      <>
        <PageHeader onBack={() => go('/sales')} title={t('sale.unknown')} />
        <EmptyState title={t('sale.unknown')}>{t('sale.unknownHint')}</EmptyState>
      </>
    );
  }
  return (
    <Answered of={shown}>
      {(value) => (
        <InStoreFormat sale={value}>
          <SalePage sale={value} />
        </InStoreFormat>
      )}
    </Answered>
  );
}

/** Its store's currency and zone, in the language of whoever reads it. */
function InStoreFormat({ children, sale }: { readonly sale: Sale; readonly children: ReactNode }): ReactNode {
  const { currency, heading } = sale;
  const locale = useOfficeLocale(heading.locale);
  return (
    <FormatProvider currency={currency} locale={locale} zone={heading.zone}>
      {children}
    </FormatProvider>
  );
}

function SalePage({ sale }: { readonly sale: Sale }): ReactNode {
  const { t } = useTranslation('headoffice');
  const [, go] = useLocation();
  const { earlier, later, store } = sale;
  const turnTo = (other: SaleId | null) => (): void => {
    if (other !== null) go(`/sales/${store}/${other}`);
  };
  return (
    <>
      <PageHeader
        actions={
          <>
            <Button icon={Printer} onPress={() => window.print()}>
              {t('sale.print')}
            </Button>
            <IconButton
              icon={ChevronLeft}
              isDisabled={earlier === null}
              label={t('sale.earlier')}
              onPress={turnTo(earlier)}
            />
            <IconButton
              icon={ChevronRight}
              isDisabled={later === null}
              label={t('sale.later')}
              onPress={turnTo(later)}
            />
          </>
        }
        detail={t(sale.kind === 'sale' ? 'sale.saleAt' : 'sale.refundAt', {
          store: sale.store_name,
          till: sale.till_name,
        })}
        onBack={() => go('/sales')}
        state={<Chip severity="ok">{t('sale.confirmed')}</Chip>}
        title={<bdi>{sale.receipt_number}</bdi>}
      />
      <Columns
        aside={
          <>
            <div className={s['paper']} data-printed="">
              <SaleReceipt sale={sale} />
            </div>
            <HappenedPanel sale={sale} />
          </>
        }
      >
        <ChainNotice sale={sale} />
        <SaleLines sale={sale} />
        <EntryPanel sale={sale} />
      </Columns>
    </>
  );
}
