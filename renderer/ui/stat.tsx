import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import s from './stat.module.css';

export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
  /** The first figure of the row is larger. */
  readonly isMain?: boolean | undefined;
}

/** One figure of the day. Stands inside `StatRow`. */
export function Stat({ detail, isMain = false, label, value }: StatProps): ReactNode {
  return (
    <div className={classNames(s['stat'], isMain && s['main'])}>
      <dt className={s['label']}>{label}</dt>
      <dd className={s['value']}>{value}</dd>
      {detail !== undefined && <dd className={s['detail']}>{detail}</dd>}
    </div>
  );
}

/** Figures side by side in one sheet. */
export function StatRow({ children }: { readonly children: ReactNode }): ReactNode {
  return <dl className={s['row']}>{children}</dl>;
}

export interface BarProps {
  /** 0 to 1 of the longest. */
  readonly share: number;
}

/** A length beside its figure; decoration, the figure says it. */
export function Bar({ share }: BarProps): ReactNode {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <svg aria-hidden="true" className={s['bar']} preserveAspectRatio="none" viewBox="0 0 100 8">
      <rect className={s['track']} height="8" width="100" />
      <rect className={s['length']} height="8" width={width} />
    </svg>
  );
}
