import { MessageSquareText, Scale } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { AmountText } from './amount-text.tsx';
import { keepUnits } from './keep-units.ts';
import s from './basket-line.module.css';
import { classNames } from './class-names.ts';
import { useFormat } from './format-context.tsx';
import { RovingGroup } from './roving-group.tsx';

export interface BasketLineProps {
  readonly name: string;
  readonly quantity_milli: number;
  /** Weighed goods show scales; their weight stands in `detail`. */
  readonly isWeighed?: boolean | undefined;
  readonly amount_minor: number;
  /** What it would have been; struck. */
  readonly before_minor?: number | undefined;
  /** "6 × 2.55", "0.624 kg × 3.49 / kg" */
  readonly detail?: ReactNode;
  /** Tags: why the price changed, deposits, age checks. */
  readonly tags?: ReactNode;
  readonly note?: string | undefined;
  readonly isSelected?: boolean | undefined;
  /** Just scanned: it appears at once, its tint fades. */
  readonly isNew?: boolean | undefined;
  readonly onPress?: (() => void) | undefined;
  /** The actions of the selected line, beneath it. */
  readonly children?: ReactNode;
}

/** One line of the basket. */
export function BasketLine(props: BasketLineProps): ReactNode {
  const { amount_minor, before_minor, children, detail, isSelected = false, note, tags } = props;
  const format = useFormat();
  const hasSecondRow = detail !== undefined || tags !== undefined || before_minor !== undefined;
  const face = (
    <>
      <span className={s['quantity']}>
        {props.isWeighed === true ? (
          <Scale aria-hidden="true" className={s['scale']} />
        ) : (
          <bdi>{format.quantity(props.quantity_milli)}</bdi>
        )}
      </span>
      <span className={s['name']} dir="auto">
        {keepUnits(props.name)}
      </span>
      <span className={s['amount']}>
        <AmountText amount_minor={amount_minor} />
      </span>
      {hasSecondRow && (
        <span className={s['second']}>
          {detail !== undefined && <span className={s['detail']}>{detail}</span>}
          {tags}
        </span>
      )}
      {before_minor !== undefined && (
        <span className={s['before']}>
          <AmountText amount_minor={before_minor} isStruck />
        </span>
      )}
      {note !== undefined && (
        <span className={s['note']}>
          <MessageSquareText aria-hidden="true" className={s['note-icon']} />
          {note}
        </span>
      )}
    </>
  );
  return (
    <li
      className={classNames(
        s['line'],
        isSelected && s['selected'],
        isSelected && children !== undefined && s['open'],
        props.isNew === true && s['new'],
      )}
    >
      {props.onPress === undefined ? (
        <div className={s['face']}>{face}</div>
      ) : (
        <Button
          aria-current={isSelected}
          className={s['face'] ?? ''}
          data-roving=""
          onPress={() => props.onPress?.()}
          preventFocusOnPress
        >
          {face}
        </Button>
      )}
      {children !== undefined && <div className={s['actions']}>{children}</div>}
    </li>
  );
}

export interface BasketListProps {
  readonly label: string;
  readonly children: ReactNode;
  /** Changes with what the current line is or holds; the list then shows that line, else its end. */
  readonly newest?: string | number | undefined;
}

/** The lines, scrolling by themselves; the current one is always in sight. */
export function BasketList({ children, label, newest }: BasketListProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (newest === undefined) return;
    const current = list.current?.querySelector('[aria-current="true"]')?.closest('li');
    (current ?? list.current?.lastElementChild)?.scrollIntoView({ block: 'nearest' });
  }, [newest]);
  return (
    <RovingGroup className={s['scroller']}>
      <ul aria-label={label} className={s['list']} ref={list}>
        {children}
      </ul>
    </RovingGroup>
  );
}
