import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HiddenTitle } from '../../ui/index.ts';
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

/** Selling: work at the start, the sale at the end. */
export function SellScreen(): ReactNode {
  const { t } = useTranslation('sell');
  const scanField = useRef<HTMLInputElement>(null);
  const isSearching = useSell(({ searched, text }) => text.trim() !== '' && searched.trim() !== '');
  const basket = useAsk('basket.current', {});
  useEffect(() => focusOfPage(scanField), []);
  useSearchedText();
  return (
    <div className={s['sell']}>
      <HiddenTitle>{t('more.sell')}</HiddenTitle>
      <section className={s['work']}>
        <ScanRow inputRef={scanField} lines={basket.data?.lines ?? []} />
        {isSearching ? <FoundList /> : <Tiles lines={basket.data?.lines ?? []} />}
        <SellKeys lines={basket.data?.lines ?? []} />
      </section>
      <BasketPanel basket={basket} />
      <SellDialogs basket={basket.data} />
    </div>
  );
}
