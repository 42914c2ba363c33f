import type { ReactNode } from 'react';
import { AmountText } from './amount-text.tsx';
import { classNames } from './class-names.ts';
import { isolated } from './isolated.tsx';
import s from './totals.module.css';

export interface SumRowProps {
  readonly label: ReactNode;
  readonly amount_minor?: number | undefined;
  /** In place of an amount: a number, a receipt number, a hatched bar. */
  readonly children?: ReactNode;
  readonly isStrong?: boolean | undefined;
  readonly hasSign?: boolean | undefined;
}

/** A word and its figure at the two ends of a row. Stands inside `SumList`. */
export function SumRow({ amount_minor, children, hasSign, isStrong = false, label }: SumRowProps): ReactNode {
  return (
    <div className={classNames(s['row'], isStrong && s['strong'])}>
      <dt className={s['label']}>{label}</dt>
      <dd className={s['figure']}>
        {isolated(children) ??
          (amount_minor !== undefined && <AmountText amount_minor={amount_minor} hasSign={hasSign} />)}
      </dd>
    </div>
  );
}

/** Rows of sums, one under the other, figures on one edge. */
export function SumList({ children, title }: { readonly children: ReactNode; readonly title?: ReactNode }): ReactNode {
  return (
    <div className={s['list']}>
      {title !== undefined && <h2 className={s['title']}>{title}</h2>}
      <dl className={s['rows']}>{children}</dl>
    </div>
  );
}

/** A figure that is not shown yet: the blind count. */
export function HiddenFigure({ label }: { readonly label: string }): ReactNode {
  return <span aria-label={label} className={s['hatched']} role="img" />;
}

export interface TotalsBarProps {
  readonly sums: readonly { readonly label: string; readonly amount_minor: number }[];
  /** At the far end: the tax. */
  readonly end?: { readonly label: string; readonly amount_minor: number } | undefined;
}

/** Subtotal, saved and tax in one quiet row under the basket. */
export function TotalsBar({ end, sums }: TotalsBarProps): ReactNode {
  return (
    <div className={s['bar']}>
      {sums.map(({ amount_minor, label }) => (
        <span key={label}>
          {label} <AmountText amount_minor={amount_minor} isStrong />
        </span>
      ))}
      {end !== undefined && (
        <span className={s['end']}>
          {end.label} <AmountText amount_minor={end.amount_minor} isStrong />
        </span>
      )}
    </div>
  );
}
