import type { ReactNode } from 'react';
import { NoticeSlot } from '../../ui/index.ts';
import s from './bar-notice.module.css';

/** A notice in the bar: for what is to be told on every screen, also on one without a slot of its own. */
export function BarNotice({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div className={s['notice']}>
      <NoticeSlot>{children}</NoticeSlot>
    </div>
  );
}
