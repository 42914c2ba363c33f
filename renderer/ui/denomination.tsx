import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './denomination.module.css';

export interface DenominationProps {
  /** Notes are cornered, coins round: the shape says it too. */
  readonly kind: 'note' | 'coin';
  /** "£5", "10p" */
  readonly children: ReactNode;
  /** How many of it; `1 ×` stands before. */
  readonly count?: number | undefined;
}

/** One note or coin, drawn by its shape and its value. */
export function Denomination({ children, count, kind }: DenominationProps): ReactNode {
  return (
    <span className={classNames(s['denomination'], s[kind], count !== undefined && s['counted'])}>
      {count !== undefined && <bdi className={s['count']}>{count}&nbsp;×</bdi>}
      <bdi>{children}</bdi>
    </span>
  );
}
