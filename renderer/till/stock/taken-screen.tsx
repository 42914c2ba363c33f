import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CountId } from '../../../shared/ids.ts';
import { Checkbox, ErrorState, LoadingState, PageHeader, Panel, useFormat } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { DifferenceSums, DifferenceTable } from './difference-table.tsx';
import s from './stock.module.css';

const shown = 500;

/** A stock take that was posted: what differed, in units and at price. */
export function TakenScreen({ count }: { readonly count: CountId }): ReactNode {
  const { t } = useTranslation(['stock', 'products']);
  const format = useFormat();
  const [, goTo] = useLocation();
  const errorText = useErrorText();
  const [isAll, setIsAll] = useState(false);
  const found = useAsk(
    'stock_take.show',
    { count, only: isAll ? 'all' : 'different', offset: 0, limit: shown },
    { keepsPrevious: true },
  );
  const { data } = found;
  return (
    <div className={s['page']}>
      <PageHeader
        detail={data === undefined ? undefined : format.dateTime(data.at)}
        onBack={() => goTo('/stock/take')}
        title={t('takes.done')}
      />
      {data !== undefined && <DifferenceSums {...data} />}
      <Panel isFilling label={t('takes.differences')}>
        <DifferenceTable
          lines={data?.lines ?? []}
          placeholder={
            found.error !== null ? (
              <ErrorState onRetry={() => void found.refetch()} title={t('takes.failed')}>
                {errorText(found.error)}
              </ErrorState>
            ) : data === undefined ? (
              <LoadingState />
            ) : undefined
          }
        />
        <footer className={s['foot']}>
          <Checkbox isSelected={!isAll} onChange={(onlyDifferent) => setIsAll(!onlyDifferent)}>
            {t('takes.onlyDifferent')}
          </Checkbox>
          {data !== undefined && data.total > shown && <p>{t('products:mostShown', { count: shown })}</p>}
        </footer>
      </Panel>
    </div>
  );
}
