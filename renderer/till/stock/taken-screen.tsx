import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { CountId } from '../../../shared/ids.ts';
import { PageHeader, useFormat } from '../../ui/index.ts';
import { useAskRows } from '../data/use-ask-rows.ts';
import s from '../frame/page.module.css';
import { DifferencePanel } from './difference-panel.tsx';

/** A stock take that was posted: what differed, in units and at price. */
export function TakenScreen({ count }: { readonly count: CountId }): ReactNode {
  const { t } = useTranslation('stock');
  const format = useFormat();
  const [, goTo] = useLocation();
  const [isAll, setIsAll] = useState(false);
  const found = useAskRows('stock_take.show', { count, only: isAll ? 'all' : 'different' }, (answer) => ({
    rows: answer.lines,
    total: answer.total,
  }));
  const data = found.first;
  return (
    <div className={s['page']}>
      <PageHeader
        detail={data === undefined ? undefined : format.dateTime(data.at)}
        onBack={() => goTo('/stock/take')}
        title={t('takes.done')}
      />
      <DifferencePanel asked={found.asked} isAll={isAll} onAll={setIsAll} rows={found.rows} sums={data} />
    </div>
  );
}
