import type { UseQueryResult } from '@tanstack/react-query';
import { Banknote, CreditCard, ScanBarcode } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { BasketList, Button, EmptyState, ErrorState, LoadingState, Panel, Slate, TotalsBar } from '../../ui/index.ts';
import type { Basket } from '../data/operations.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { BasketRow } from './basket-row.tsx';
import s from './basket-panel.module.css';
import { CountText } from './count-text.tsx';
import { currentLine } from './current-line.ts';
import { useSell, useSellStore } from './sell-store.tsx';

/** The sale: what is in it, what it costs, how it is paid. */
export function BasketPanel({ basket }: { readonly basket: UseQueryResult<Basket> }): ReactNode {
  const { t } = useTranslation('sell');
  const found = basket.data;
  const none = found === undefined || found.lines.length === 0 ? t('tender.nothing') : undefined;
  return (
    <div className={s['column']}>
      <Panel isFilling label={t('basket.label')}>
        <Head none={none} />
        <BasketContent basket={basket} />
        {found !== undefined && (
          <TotalsBar
            end={{
              label: found.prices_include_tax ? t('basket.taxIncluded') : t('basket.taxAdded'),
              amount_minor: found.tax_minor,
            }}
            sums={[
              { label: t('basket.subtotal'), amount_minor: found.gross_minor },
              ...(found.discount_minor === 0 ? [] : [{ label: t('basket.saved'), amount_minor: found.discount_minor }]),
            ]}
          />
        )}
      </Panel>
      <Slate
        amount_minor={found?.total_minor ?? 0}
        detail={found === undefined ? undefined : <CountText lines={found.lines} />}
        label={t('basket.total')}
        tone="owed"
      />
      <Tenders none={none} />
    </div>
  );
}

interface NeedsLinesProps {
  /** Why nothing can be done while nothing is in the basket. */
  readonly none: string | undefined;
}

const Head = memo(function Head({ none }: NeedsLinesProps): ReactNode {
  const { t } = useTranslation('sell');
  const store = useSellStore();
  return (
    <header className={s['head']}>
      <h2 className={s['tab']}>{t('basket.label')}</h2>
      <span className={s['void']}>
        <Button
          disabledReason={none}
          onPress={() => store.getState().change({ dialog: { kind: 'void' } })}
          size="small"
          variant="quiet"
        >
          {t('basket.void')}
        </Button>
      </span>
    </header>
  );
});

const Tenders = memo(function Tenders({ none }: NeedsLinesProps): ReactNode {
  const { t } = useTranslation('sell');
  const [, goTo] = useLocation();
  return (
    <div className={s['tenders']}>
      <Button
        disabledReason={none}
        icon={Banknote}
        isWide
        onPress={() => goTo('/pay/cash')}
        shortcut="cash"
        size="tender"
        variant="primary"
      >
        {t('tender.cash')}
      </Button>
      <Button
        disabledReason={none}
        icon={CreditCard}
        isWide
        onPress={() => goTo('/pay/card')}
        shortcut="card"
        size="tender"
        variant="primary"
      >
        {t('tender.card')}
      </Button>
      <Button disabledReason={none} isStacked isWide onPress={() => goTo('/pay')} shortcut="split" size="tender">
        {t('tender.split')}
      </Button>
    </div>
  );
});

function BasketContent({ basket }: { readonly basket: UseQueryResult<Basket> }): ReactNode {
  const { t } = useTranslation('sell');
  const errorText = useErrorText();
  const spokenOf = useSell((state) => state.current);
  const isChosen = useSell((state) => state.isChosen);
  const last = useSell((state) => state.last);
  const found = basket.data;
  if (found === undefined) {
    if (basket.error === null) return <LoadingState />;
    return (
      <ErrorState onRetry={() => void basket.refetch()} title={t('basket.failed')}>
        {errorText(basket.error)}
      </ErrorState>
    );
  }
  if (found.lines.length === 0) {
    return (
      <EmptyState icon={ScanBarcode} title={t('basket.empty')}>
        {t('basket.emptyHint')}
      </EmptyState>
    );
  }
  const current = currentLine(found.lines, spokenOf);
  return (
    <BasketList
      current={current === undefined ? undefined : found.lines.indexOf(current)}
      label={t('basket.lines')}
      newest={`${found.lines.length} ${current?.line ?? ''} ${current?.quantity_milli ?? 0} ${isChosen}`}
    >
      {found.lines.map((line) => (
        <BasketRow
          isChosen={isChosen && line.line === spokenOf}
          isCurrent={line === current}
          isNew={line.line === last?.line}
          key={line.line}
          line={line}
        />
      ))}
    </BasketList>
  );
}
