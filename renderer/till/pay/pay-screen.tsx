import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useLocation } from 'wouter';
import { ErrorState, HiddenTitle, LoadingState } from '../../ui/index.ts';
import { useAsk } from '../data/use-ask.ts';
import { useErrorText } from '../frame/failure-text.ts';
import { PayColumn } from './pay-column.tsx';
import { PayWork } from './pay-work.tsx';
import s from './pay-screen.module.css';

/** Taking money: what is due is the largest thing; the sale stays at its side. */
export function PayScreen({ kind }: { readonly kind: 'cash' | 'card' }): ReactNode {
  const { t } = useTranslation(['pay', 'sell']);
  const errorText = useErrorText();
  const [, goTo] = useLocation();
  const basket = useAsk('basket.current', {});
  const found = basket.data;
  if (found === undefined) {
    if (basket.error === null) return <LoadingState />;
    return (
      <ErrorState onRetry={() => void basket.refetch()} title={t('sell:basket.failed')}>
        {errorText(basket.error)}
      </ErrorState>
    );
  }
  // Nothing to pay for: whoever emptied the basket meant to go on selling.
  if (found.basket === null || found.lines.length === 0) return <Redirect to="/" />;
  return (
    <div className={s['pay']}>
      <HiddenTitle>{t('pay:title')}</HiddenTitle>
      <PayWork basket={found} id={found.basket} kind={kind} onBack={() => goTo('/')} />
      <PayColumn basket={found} id={found.basket} onBack={() => goTo('/')} />
    </div>
  );
}
