import type { ReactNode } from 'react';
import s from './choices.module.css';

/** The buttons of a row of the inbox, beside one another where there is room for it. */
export function Choices({ children }: { readonly children: ReactNode }): ReactNode {
  return <span className={s['choices']}>{children}</span>;
}
