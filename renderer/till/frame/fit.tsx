import type { ReactNode } from 'react';
import s from './fit.module.css';

/** Keeps a control as wide as its words in a form whose fields are all one width. */
export function Fit({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={s['fit']}>{children}</div>;
}
