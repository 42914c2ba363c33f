import type { ReactNode } from 'react';
import s from './tab-page.module.css';

/** What a tab shows: filters and buttons in a row, then its panels. */
export function TabPage({ bar, children }: { readonly bar?: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div className={s['page']}>
      {bar !== undefined && <div className={s['bar']}>{bar}</div>}
      {children}
    </div>
  );
}

/** Pushes what follows to the end of a {@link TabPage}'s bar. */
export function BarEnd({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={s['end']}>{children}</div>;
}
