import { Store } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreId } from '../../../shared/ids.ts';
import { Button, EmptyState, Notice, PageHeader, SegmentedControl, Select, useFormat } from '../../ui/index.ts';
import { useMay, useSession } from '../data/office-context.tsx';
import type { Today } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { Columns } from '../frame/columns.tsx';
import { DayField } from '../frame/day-field.tsx';
import { Answered } from '../frame/section.tsx';
import { AttentionPanel } from './attention-panel.tsx';
import { HoursPanel } from './hours-panel.tsx';
import { StoresPanel, TendersPanel, TopProductsPanel } from './shares.tsx';
import { DayStats } from './stats.tsx';
import { TillsPanel } from './tills-panel.tsx';

/** The day: confirmed takings, what is not here yet beside it, and the tills, the worst first. */
export function TodayScreen(): ReactNode {
  const { t } = useTranslation('headoffice');
  const { stores } = useSession();
  const format = useFormat();
  const [store, setStore] = useState<StoreId | 'all'>('all');
  const [day, setDay] = useState<string | null>(null);
  const [currency, setCurrency] = useState<string | null>(null);
  const mayLook = useMay('sync.view');
  const asked = { day, store: store === 'all' ? null : store };
  // Minutes pass without anything coming in: what was sold by this time a week ago grows with them.
  const today = useAsk('report.today', asked, { keepsPrevious: true, every_ms: 60_000 });
  const shown = today.data;
  const title = shown === undefined || shown.is_today ? t('today.title') : t('today.day');
  return (
    <>
      <PageHeader
        actions={
          <>
            {stores.length > 1 && (
              <Select
                choices={[
                  { id: 'all' as const, label: t('today.allStores', { count: stores.length }) },
                  ...stores.map((one) => ({ id: one.store, label: one.store_name })),
                ]}
                icon={Store}
                isLabelHidden
                label={t('common.store')}
                onChange={setStore}
                value={store}
              />
            )}
            <DayField isLabelHidden label={t('common.day')} onChange={setDay} value={day ?? shown?.day ?? ''} />
            {day !== null && <Button onPress={() => setDay(null)}>{t('today.title')}</Button>}
          </>
        }
        detail={shown === undefined ? undefined : format.businessDate(shown.day)}
        title={title}
      />
      <Answered of={today}>
        {(value) => {
          const currencies = value.totals.map((one) => one.currency);
          const chosen = currencies.find((one) => one === currency) ?? currencies[0] ?? format.currency;
          return (
            <>
              {currencies.length > 1 && (
                <SegmentedControl
                  choices={currencies.map((id) => ({ id, label: id }))}
                  label={t('common.currency')}
                  onChange={setCurrency}
                  value={chosen}
                />
              )}
              <DayStats currency={chosen} today={value} />
              <Columns
                aside={
                  mayLook && (
                    <>
                      <AttentionPanel />
                      <TillsPanel store={asked.store} />
                    </>
                  )
                }
              >
                <DayContent currency={chosen} onDay={setDay} today={value} />
              </Columns>
            </>
          );
        }}
      </Answered>
    </>
  );
}

function DayContent({
  currency,
  onDay,
  today,
}: {
  readonly currency: string;
  readonly onDay: (day: string) => void;
  readonly today: Today;
}): ReactNode {
  const { t } = useTranslation('headoffice');
  const format = useFormat();
  const { stores } = useSession();
  const { latest_day } = today;
  if (stores.length === 0) {
    return (
      <Notice severity="info" title={t('today.noStore')}>
        {t('today.noStoreHint')}
      </Notice>
    );
  }
  return (
    <>
      <HoursPanel currency={currency} today={today} />
      {today.totals.length === 0 ? (
        <EmptyState
          action={
            latest_day !== null &&
            latest_day !== today.day && (
              <Button onPress={() => onDay(latest_day)}>{format.businessDate(latest_day)}</Button>
            )
          }
          title={t('today.nothing')}
        >
          {latest_day === null ? t('today.nothingEver') : t('today.latest')}
        </EmptyState>
      ) : (
        <>
          <StoresPanel currency={currency} today={today} />
          <TendersPanel currency={currency} today={today} />
          <TopProductsPanel currency={currency} today={today} />
        </>
      )}
    </>
  );
}
