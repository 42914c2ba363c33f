import type { ReactNode } from 'react';
import s from './columns.module.css';

/** The page's work and, beside it (under it below 1200 px), what goes with it. */
export function Columns({ aside, children }: { readonly aside: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div className={s['columns']}>
      <div className={s['column']}>{children}</div>
      <div className={s['column']}>{aside}</div>
    </div>
  );
}

/** Fields or buttons in a row that wraps. */
export function FilterRow({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={s['filters']}>{children}</div>;
}

/** Fields under one another, two beside each other where there is room. */
export function FormGrid({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={s['form']}>{children}</div>;
}

/** A field of a {@link FormGrid} that takes the whole width. */
export function WholeRow({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className={s['whole']}>{children}</div>;
}
