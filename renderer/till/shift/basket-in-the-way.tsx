import { ShoppingBasket } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Button, EmptyState, Panel, useFormat } from '../../ui/index.ts';
import type { Basket } from '../data/operations.ts';
import { useAtTheTill } from '../frame/session-context.tsx';
import { SellNoticeView } from '../sell/sell-notice.tsx';
import { useSell, useSellStore } from '../sell/sell-store.tsx';
import { VoidDialog } from '../sell/void-dialog.tsx';
import s from './close-screen.module.css';

/** In the place of the count while a basket is open: nobody counts a drawer that can't be closed. */
export function BasketInTheWay({ basket }: { readonly basket: Basket }): ReactNode {
  const { t } = useTranslation(['shift', 'common', 'sell']);
  const format = useFormat();
  const { can } = useAtTheTill();
  const [, goTo] = useLocation();
  const store = useSellStore();
  const notice = useSell((state) => state.notice);
  const [isVoiding, setIsVoiding] = useState(false);
  return (
    <Panel isFilling label={t('close.basketOpen')}>
      {notice?.kind === 'failure' && (
        <SellNoticeView hasActions={false} notice={notice} onClose={() => store.getState().change({ notice: null })} />
      )}
      <EmptyState
        action={
          <div className={s['ways']}>
            <Button
              disabledReason={can('basket.void') ? undefined : t('close.mayNotVoid')}
              onPress={() => setIsVoiding(true)}
              size="function"
            >
              {t('sell:basket.void')}
            </Button>
            <Button onPress={() => goTo('/')} size="function" variant="primary">
              {t('close.toBasket')}
            </Button>
          </div>
        }
        icon={ShoppingBasket}
        title={t('close.basketOpen')}
      >
        <p>
          {t('close.basketIs', {
            lines: t('common:lines', { count: basket.lines.length }),
            total: format.money(basket.total_minor),
          })}
        </p>
        <p>{t('close.basketHint')}</p>
      </EmptyState>
      <VoidDialog basket={basket} isOpen={isVoiding} onClose={() => setIsVoiding(false)} />
    </Panel>
  );
}
