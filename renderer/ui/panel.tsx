import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { isolated } from './isolated.tsx';
import s from './panel.module.css';

export interface PanelProps {
  readonly children: ReactNode;
  readonly title?: ReactNode;
  /** Quieter words behind the title. */
  readonly detail?: ReactNode;
  /** At the end of the title's row. */
  readonly actions?: ReactNode;
  /** Fills the height it is given; what is inside scrolls. */
  readonly isFilling?: boolean | undefined;
  readonly hasPadding?: boolean | undefined;
  readonly label?: string | undefined;
  readonly tone?: 'surface' | 'sunken' | undefined;
}

/** A sheet on the ground: surface, hairline, 14 px corners. */
export function Panel(props: PanelProps): ReactNode {
  const { actions, children, detail, hasPadding = false, isFilling = false, title, tone = 'surface' } = props;
  return (
    <section aria-label={props.label} className={classNames(s['panel'], s[tone], isFilling && s['filling'])}>
      {title !== undefined && (
        <header className={s['head']}>
          <h2 className={s['title']}>{isolated(title)}</h2>
          {detail !== undefined && <span className={s['detail']}>{detail}</span>}
          {actions !== undefined && <span className={s['actions']}>{actions}</span>}
        </header>
      )}
      {hasPadding ? <div className={s['padded']}>{children}</div> : children}
    </section>
  );
}
