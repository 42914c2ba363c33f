import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { PageHeader } from '../../ui/index.ts';
import { SheetView } from './sheet-view.tsx';
import { StartView } from './start-view.tsx';
import s from '../frame/page.module.css';
import { Unanswered } from '../frame/unanswered.tsx';
import { useTake } from './use-take.ts';

/** The stock take that is open, or where one begins and the posted ones are listed. */
export function TakeScreen(): ReactNode {
  const { t } = useTranslation('stock');
  const [, goTo] = useLocation();
  const { error, retry, take } = useTake();
  if (take === null) return <StartView />;
  if (take !== undefined) return <SheetView key={take.count} take={take} />;
  return (
    <div className={s['page']}>
      <PageHeader onBack={() => goTo('/')} title={t('takes.title')} />
      <Unanswered asked={{ data: take, error, refetch: retry }} failed={t('takes.failed')} />
    </div>
  );
}
