import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HiddenTitle } from '../../ui/index.ts';
import type { BasketLineAnswer } from '../data/operations.ts';
import { useAsk } from '../data/use-ask.ts';
import { BasketPanel } from './basket-panel.tsx';
import { focusOfPage } from './focus-of-page.ts';
import { ScanRow } from './scan-row.tsx';
import { SellDialogs } from './sell-dialogs.tsx';
import { SellKeys } from './sell-keys.tsx';
import s from './sell-screen.module.css';
import { useSell } from './sell-store.tsx';
import { useSearchedText } from './use-searched-text.ts';
import { Tiles } from './tiles.tsx';
import { FoundList } from './found-list.tsx';

const none: readonly BasketLineAnswer[] = [];

/** Selling: work at the start, the sale at the end. */
export function SellScreen(): ReactNode {
  const { t } = useTranslation('sell');
  const scanField = useRef<HTMLInputElement>(null);
  const isSearching = useSell(({ searched, text }) => text.trim() !== '' && searched.trim() !== '');
  const basket = useAsk('basket.current', {});
  const lines = basket.data?.lines ?? none;
  useEffect(() => focusOfPage(scanField), []);
  useSearchedText();
  return (
    <div className={s['sell']}>
      <HiddenTitle>{t('more.sell')}</HiddenTitle>
      <section className={s['work']}>
        <ScanRow inputRef={scanField} />
        {isSearching ? <FoundList /> : <Tiles lines={lines} />}
        <SellKeys isEmpty={lines.length === 0} />
      </section>
      <BasketPanel basket={basket} />
      <SellDialogs />
    </div>
  );
}
