import type { ReactNode } from 'react';
import { Tooltip } from 'react-aria-components';
import s from './tip.module.css';

/** A short explanation that appears beside what has the focus; never the only way to something needed. */
export function Tip({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <Tooltip className={s['tip'] ?? ''} offset={8}>
      {children}
    </Tooltip>
  );
}
