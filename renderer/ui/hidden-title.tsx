import type { ReactNode } from 'react';
import { hiddenFromSight } from './hidden.ts';

/** The heading of a screen that shows what it is without one (selling, paying): for screen readers. */
export function HiddenTitle({ children }: { readonly children: ReactNode }): ReactNode {
  return <h1 className={hiddenFromSight}>{children}</h1>;
}
