import { QrCode } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isUuid, type SaleId } from '../../../shared/ids.ts';
import { Button, EmptyState, ErrorState, LoadingState, Notice, Panel, SearchField, useFormat } from '../../ui/index.ts';
import { useAccess } from '../data/till-context.tsx';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import p from '../frame/page.module.css';
import { SalesTable } from '../sales/sales-screen.tsx';
import { useSale } from '../sales/use-sale.ts';
import { RefundForm } from './refund-form.tsx';
import s from './refund-screen.module.css';

const pageSize = 30;

/** Giving back what was sold, by its receipt. */
export function RefundScreen({ sale: id }: { readonly sale: SaleId | null }): ReactNode {
  const { t } = useTranslation('refund');
  const format = useFormat();
  const errorText = useErrorText();
  const [, goTo] = useLocation();
  const sale = useSale(id);
  const found = sale.data;
  if (id === null) return <FindSale />;
  if (found === undefined) {
    return sale.error === null ? (
      <LoadingState />
    ) : (
      <div className={s['centre']}>
        <ErrorState onRetry={() => void sale.refetch()} title={t('choose')}>
          {errorText(sale.error)}
        </ErrorState>
        <Button onPress={() => goTo('/refund')}>{t('find')}</Button>
      </div>
    );
  }
  if (found.kind === 'refund') {
    return (
      <div className={s['centre']}>
        <EmptyState title={found.receipt_number}>{t('isRefund')}</EmptyState>
        <Button onPress={() => goTo(found.of_sale === null ? '/refund' : `/refund/${found.of_sale}`)}>
          {t('choose')}
        </Button>
      </div>
    );
  }
  return (
    <RefundForm
      header={
        <>
          <FindField onFound={(other) => goTo(`/refund/${other}`)} start={found.receipt_number} />
          <p className={s['of']}>
            <b>{t('saleOf', { at: format.dateTime(found.at) })}</b>
            <span>
              {t('soldBy', {
                cashier: found.cashier,
                amount: format.amount(found.total_minor),
                tenders: [...new Set(found.tenders.map(({ kind }) => t(kind === 'cash' ? 'inCash' : 'byCard')))].join(
                  ', ',
                ),
              })}
            </span>
          </p>
        </>
      }
      sale={found}
    />
  );
}

/** The receipt's number by hand; a scanned receipt opens its sale by itself. */
function FindField(props: {
  readonly start: string;
  readonly onFound: (sale: SaleId) => void;
  readonly onText?: (text: string) => void;
}): ReactNode {
  const { onFound, onText, start } = props;
  const { t } = useTranslation('refund');
  const access = useAccess();
  const [text, setText] = useState(start);
  const [isMissing, setIsMissing] = useState(false);
  const submit = async (): Promise<void> => {
    const typed = text.trim();
    // `isUuid` has read it: the text of a receipt's code.
    if (isUuid(typed)) return onFound(typed as string as SaleId);
    try {
      const { sales } = await access.ask('sale.list', { text: typed, before_seq: null, limit: 2 });
      const [only, second] = sales;
      setIsMissing(only === undefined);
      if (only !== undefined && (second === undefined || only.receipt_number === typed)) onFound(only.sale);
    } catch {
      setIsMissing(true);
    }
  };
  return (
    <div className={s['find']}>
      <SearchField
        autoFocus={start === ''}
        error={isMissing ? t('notFound', { text }) : undefined}
        icon={QrCode}
        isArmed
        isLabelHidden
        label={t('find')}
        onChange={(typed) => {
          setText(typed);
          setIsMissing(false);
          onText?.(typed);
        }}
        onSubmit={() => void submit()}
        placeholder={t('findHint')}
        shortcut="find"
        value={text}
      />
    </div>
  );
}

function FindSale(): ReactNode {
  const { t } = useTranslation(['refund', 'sales']);
  const errorText = useErrorText();
  const [, goTo] = useLocation();
  const [text, setText] = useState('');
  const list = useAsk('sale.list', { text: text.trim(), before_seq: null, limit: pageSize }, { keepsPrevious: true });
  const sales = (list.data?.sales ?? []).filter(({ kind }) => kind === 'sale');
  return (
    <div className={p['page']}>
      <header className={s['head']}>
        <h1 className={s['title']}>{t('title')}</h1>
        <FindField onFound={(sale) => goTo(`/refund/${sale}`)} onText={setText} start="" />
        <p className={s['of']}>
          <b>{t('choose')}</b>
          <span>{t('chooseHint')}</span>
        </p>
      </header>
      {list.error !== null && <Notice severity="bad" title={errorText(list.error)} />}
      <Panel isFilling label={t('choose')}>
        <SalesTable
          chosen={null}
          onChoose={(sale) => goTo(`/refund/${sale}`)}
          placeholder={
            list.data === undefined ? (
              <LoadingState>{t('sales:loading')}</LoadingState>
            ) : (
              <EmptyState title={text === '' ? t('sales:none') : t('notFound', { text })} />
            )
          }
          sales={sales}
        />
      </Panel>
      <footer className={s['foot']}>
        <Button onPress={() => goTo('/')} shortcut="cancel" shortcutInFields size="function">
          {t('cancel')}
        </Button>
        <Button onPress={() => goTo('/refund-free')} size="function">
          {t('withoutReceipt')}
        </Button>
      </footer>
    </div>
  );
}
