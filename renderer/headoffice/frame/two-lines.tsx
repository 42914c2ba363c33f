import type { ReactNode } from 'react';
import { isolated } from '../../ui/index.ts';
import s from './two-lines.module.css';

/** A name, and quieter under it what goes with it. */
export function TwoLines({ detail, title }: { readonly title: ReactNode; readonly detail?: ReactNode }): ReactNode {
  return (
    <span className={s['lines']}>
      <span className={s['title']}>{isolated(title)}</span>
      {detail !== undefined && detail !== '' && <span className={s['detail']}>{isolated(detail)}</span>}
    </span>
  );
}
