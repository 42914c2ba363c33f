import type { ReactNode } from 'react';
import s from './hidden-title.module.css';

/** The heading of a screen that shows what it is without one (selling, paying): for screen readers. */
export function HiddenTitle({ children }: { readonly children: ReactNode }): ReactNode {
  return <h1 className={s['hidden']}>{children}</h1>;
}
