import type { ReactNode } from 'react';
import s from './amount-text.module.css';
import { classNames } from './class-names.ts';
import { useFormat } from './format-context.tsx';

export interface AmountTextProps {
  readonly amount_minor: number;
  /** The sign stands on totals, due, change and denominations, never on lines. */
  readonly hasSign?: boolean | undefined;
  /** Another than the store's. */
  readonly currency?: string | undefined;
  /** The price before a discount. */
  readonly isStruck?: boolean | undefined;
  readonly isStrong?: boolean | undefined;
}

/** An amount: isolated from the text around it, its figures all one width, never broken across lines. */
export function AmountText(props: AmountTextProps): ReactNode {
  const format = useFormat();
  const text = (props.hasSign === true ? format.money : format.amount)(props.amount_minor, props.currency);
  const words = <bdi className={classNames(s['amount'], props.isStrong && s['strong'])}>{text}</bdi>;
  return props.isStruck === true ? <s className={s['struck']}>{words}</s> : words;
}
