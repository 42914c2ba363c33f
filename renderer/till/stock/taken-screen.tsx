import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CountId } from '../../../shared/ids.ts';
import { PageHeader, useFormat } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import s from '../frame/page.module.css';
import { mostRows } from '../frame/show-more.tsx';
import { DifferencePanel } from './difference-panel.tsx';

/** A stock take that was posted: what differed, in units and at price. */
export function TakenScreen({ count }: { readonly count: CountId }): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  const [, goTo] = useLocation();
  const [isAll, setIsAll] = useState(false);
  const found = useAsk(
    'stock_take.show',
    { count, only: isAll ? 'all' : 'different', offset: 0, limit: mostRows },
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
      <DifferencePanel found={found} isAll={isAll} onAll={setIsAll} />
    </div>
  );
}
