import { MessageSquareText, Scale } from 'lucide-react';
import {
  Children,
  createContext,
  isValidElement,
  memo,
  use,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  type ReactNode,
  type RefObject,
} from 'react';
import { Button } from 'react-aria-components';
import { AmountText } from './amount-text.tsx';
import { keepUnits } from './keep-units.ts';
import s from './basket-line.module.css';
import { classNames } from './class-names.ts';
import { useFormat } from './format-context.tsx';
import { arePiecesSame, type RowPiece, useLongRows } from './long-rows.ts';
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
    <PlacedItem
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
    </PlacedItem>
  );
}

/** Knows where its line stands: one line more changes that of all of them, and none is drawn again for it. */
function PlacedItem(props: { readonly children: ReactNode; readonly className: string }): ReactNode {
  const { children, className } = props;
  const place = use(PlaceContext);
  return (
    <li
      aria-posinset={place?.index === undefined ? undefined : place.index + 1}
      aria-setsize={place?.count}
      className={className}
      data-index={place?.index}
      ref={place?.measure}
    >
      {children}
    </li>
  );
}

/** Where a line of a long basket stands: only those in sight are there. */
interface Place {
  readonly index: number;
  readonly count: number;
  readonly measure: ((element: Element | null) => void) | undefined;
}

const PlaceContext = createContext<Place | null>(null);

/** As many lines are all there; a longer basket has only those in sight. */
const shortBasket = 40;
/** A line with one row of words. */
const line_px = 62;

export interface BasketListProps {
  readonly label: string;
  /** A `BasketLine` each, or what draws one, with its `key`. */
  readonly children: ReactNode;
  /** Which of them is the current line; the last where none is. */
  readonly current?: number | undefined;
  /** Changes with what the current line is or holds; the list then shows that line, else its end. */
  readonly newest?: string | number | undefined;
}

/** The lines, scrolling by themselves; the current one is always in sight. */
export function BasketList({ children, current, label, newest }: BasketListProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const lines = useMemo(() => Children.toArray(children), [children]);
  const idOf = useCallback((index: number) => String(keyOf(lines[index]) ?? index), [lines]);
  const count = lines.length;
  const shown = current === undefined || current < 0 ? count - 1 : current;
  const { isLong, measure, pieces } = useLongRows({
    count,
    short: shortBasket,
    estimate_px: line_px,
    idOf,
    within: list,
    kept: shown,
  });
  // Before the frame is painted: a line that was scanned is seen in the very first picture that has it.
  useLayoutEffect(() => {
    if (newest === undefined) return;
    const line = isLong
      ? list.current?.querySelector(`[data-index="${String(shown)}"]`)
      : (list.current?.querySelector('[aria-current="true"]')?.closest('li') ?? list.current?.lastElementChild);
    line?.scrollIntoView({ block: 'nearest' });
  }, [isLong, newest, shown]);
  return <Lines label={label} lines={lines} list={list} measure={measure} pieces={pieces} />;
}

interface LinesProps {
  readonly label: string;
  readonly lines: readonly ReactNode[];
  readonly list: RefObject<HTMLUListElement | null>;
  readonly measure: ((element: Element | null) => void) | undefined;
  readonly pieces: readonly RowPiece[];
}

/** Scrolling tells the list of every pixel: its lines are drawn again only where others come into sight. */
const Lines = memo(function Lines({ label, lines, list, measure, pieces }: LinesProps): ReactNode {
  return (
    <RovingGroup className={s['scroller']}>
      <ul aria-label={label} className={s['list']} ref={list}>
        {pieces.map((piece) =>
          piece.kind === 'room' ? (
            <li aria-hidden="true" className={s['room']} key={piece.key} style={{ blockSize: piece.size_px }} />
          ) : (
            <PlacedLine
              count={measure === undefined ? undefined : lines.length}
              index={piece.index}
              key={keyOf(lines[piece.index]) ?? piece.index}
              measure={measure}
            >
              {lines[piece.index]}
            </PlacedLine>
          ),
        )}
      </ul>
    </RovingGroup>
  );
}, areLinesSame);

function areLinesSame({ pieces, ...one }: LinesProps, { pieces: others, ...other }: LinesProps): boolean {
  return (
    one.label === other.label &&
    one.lines === other.lines &&
    one.list === other.list &&
    one.measure === other.measure &&
    arePiecesSame(pieces, others)
  );
}

function keyOf(line: ReactNode): string | null | undefined {
  return isValidElement(line) ? line.key : undefined;
}

function PlacedLine(props: {
  readonly children: ReactNode;
  readonly index: number;
  readonly count: number | undefined;
  readonly measure: ((element: Element | null) => void) | undefined;
}): ReactNode {
  const { children, count, index, measure } = props;
  const place = useMemo(() => (count === undefined ? null : { index, count, measure }), [count, index, measure]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}
