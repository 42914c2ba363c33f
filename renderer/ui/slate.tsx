import type { LucideIcon } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { AmountText, figuresOf } from './amount-text.tsx';
import { classNames } from './class-names.ts';
import { useFormat } from './format-context.tsx';
import s from './slate.module.css';

export interface SlateProps {
  /** `owed`: they owe you, or you counted it: solid ink. `give`: you give it: tinted, with an edge. */
  readonly tone: 'owed' | 'give';
  readonly label: ReactNode;
  /** "6 lines, 14 items" */
  readonly detail?: ReactNode;
  /** In place of the amount where there is none: "Paid". */
  readonly words?: ReactNode;
  readonly amount_minor?: number | undefined;
  readonly currency?: string | undefined;
  /** `total` 70 px, `due` 116, `change` 208 in the middle of a whole panel, `small` 58. */
  readonly size?: 'small' | 'total' | 'due' | 'change' | undefined;
  readonly icon?: LucideIcon | undefined;
  /** Beneath the amount: the notes and coins that make the change. */
  readonly children?: ReactNode;
}

/** The amount of the screen; there is one. A screen reader hears it again when it changes. */
export function Slate(props: SlateProps): ReactNode {
  const { amount_minor, children, detail, icon: Icon, label, size = 'total', tone, words } = props;
  const format = useFormat();
  const figures = amount_minor === undefined ? 5 : figuresOf(format.money(amount_minor, props.currency));
  // React's type has no custom properties.
  const room = { '--figures': figures } as CSSProperties;
  return (
    <section aria-atomic="true" aria-live="polite" className={classNames(s['slate'], s[tone], s[size])} style={room}>
      <div className={s['words']}>
        <p className={s['label']}>
          {Icon !== undefined && <Icon aria-hidden="true" className={s['icon']} />}
          {label}
        </p>
        {detail !== undefined && <div className={s['detail']}>{detail}</div>}
      </div>
      <p className={s['amount']}>
        {words ??
          (amount_minor !== undefined && <AmountText amount_minor={amount_minor} currency={props.currency} hasSign />)}
      </p>
      {children !== undefined && <div className={s['below']}>{children}</div>}
    </section>
  );
}
