import { useEffect, useRef, type ReactNode } from 'react';
import { useAsk } from '../data/use-ask.ts';
import { BasketPanel } from './basket-panel.tsx';
import { focusOfPage } from './focus-of-page.ts';
import { ScanRow } from './scan-row.tsx';
import { SellDialogs } from './sell-dialogs.tsx';
import { SellKeys } from './sell-keys.tsx';
import s from './sell-screen.module.css';
import { useSell } from './sell-store.tsx';
import { Tiles } from './tiles.tsx';
import { FoundList } from './found-list.tsx';

/** Selling: work at the start, the sale at the end. */
export function SellScreen(): ReactNode {
  const scanField = useRef<HTMLInputElement>(null);
  const text = useSell((state) => state.text);
  const basket = useAsk('basket.current', {});
  useEffect(() => focusOfPage(scanField), []);
  return (
    <div className={s['sell']}>
      <section className={s['work']}>
        <ScanRow inputRef={scanField} lines={basket.data?.lines ?? []} />
        {text.trim() === '' ? <Tiles lines={basket.data?.lines ?? []} /> : <FoundList />}
        <SellKeys lines={basket.data?.lines ?? []} />
      </section>
      <BasketPanel basket={basket} />
      <SellDialogs basket={basket.data} />
    </div>
  );
}
