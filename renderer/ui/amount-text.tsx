import type { CSSProperties, ReactNode } from 'react';
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
  /** Gets smaller before it takes more room than `--amount-room`, down to the smallest size there is. */
  readonly isFitted?: boolean | undefined;
}

/**
 * Letters of a currency (`د.ك.`, `Rs`, `CHF`), which stand beside the figures more quietly than a sign like `£`. A sign that
 * belongs to them goes with them: `UK£`, as Arabic has it, would else be turned round to `£UK`.
 */
const letters = /[\p{L}][\p{L}.]+\p{Sc}?/u;

/** An amount: isolated from the text around it, its figures all one width, never broken across lines. */
export function AmountText(props: AmountTextProps): ReactNode {
  const format = useFormat();
  const text = (props.hasSign === true ? format.money : format.amount)(props.amount_minor, props.currency);
  // React's type has no custom properties.
  const room = props.isFitted === true ? ({ '--figures': figuresOf(text) } as CSSProperties) : undefined;
  const words = (
    <bdi className={classNames(s['amount'], props.isStrong && s['strong'], room && s['fitted'])} style={room}>
      <QuietLetters text={text} />
    </bdi>
  );
  return props.isStruck === true ? <s className={s['struck']}>{words}</s> : words;
}

function QuietLetters({ text }: { readonly text: string }): ReactNode {
  const found = letters.exec(text);
  if (found === null) return text;
  return (
    <>
      {text.slice(0, found.index)}
      <bdi className={s['letters']}>{found[0]}</bdi>
      {text.slice(found.index + found[0].length)}
    </>
  );
}

/** How many figures wide an amount is, letters and points counted as the half that they take. For fitting it in. */
export function figuresOf(text: string): number {
  const found = letters.exec(text)?.[0].length ?? 0;
  const visible = text.replace(/[\u061c\u200e\u200f\u2066-\u2069]/gu, '');
  const points = visible.replace(letters, '').replaceAll(/[^.,'\u2019\s\u066b\u066c]/gu, '').length;
  return Math.max(1, visible.length - Math.floor((found + points) / 2));
}
