/** What a table of many rows needs: which are in sight, where it was left, and the keys. */
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { LongRows } from './long-rows.ts';

/** Rows that are fetched when they come in sight. */
export interface FetchedRows<Row> {
  /** How many there are, here or not. */
  readonly count: number;
  /** Undefined while it is on its way. */
  readonly at: (index: number) => Row | undefined;
  /** Hears which rows are in sight, the last one included. */
  readonly onSight: (first: number, last: number) => void;
  /** What the rows are of: another text, another choice. Another list begins at its top. */
  readonly of: string;
}

/** Where a list was when it was left, and where it is remembered. */
export interface ListPlace {
  readonly begin_px: number;
  readonly onMove: (offset_px: number) => void;
}

/** As far as Page Up and Page Down go. */
const page = 10;

/** Says which rows are in sight, whenever others are. */
export function useSight<Row>(rows: FetchedRows<Row>, [first, last]: LongRows['sight']): void {
  const tell = useEffectEvent(() => {
    if (last >= first) rows.onSight(first, last);
  });
  useEffect(() => tell(), [first, last, rows.of]);
}

/** Begins where the list was left, and another list at its top; remembers how far it is scrolled. */
export function usePlace(body: RefObject<HTMLElement | null>, of: string, place: ListPlace | undefined): void {
  const shown = useRef(of);
  const remember = useEffectEvent((offset_px: number) => place?.onMove(offset_px));
  const begin = useEffectEvent((scroller: Element) => {
    if (place !== undefined && place.begin_px > 0) scroller.scrollTop = place.begin_px;
  });
  useLayoutEffect(() => {
    const scroller = body.current?.closest('[role="group"]') ?? null;
    if (scroller === null) return undefined;
    begin(scroller);
    const onScroll = (): void => remember(scroller.scrollTop);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => scroller.removeEventListener('scroll', onScroll);
  }, [body]);
  useLayoutEffect(() => {
    if (shown.current === of) return;
    shown.current = of;
    body.current?.closest('[role="group"]')?.scrollTo({ top: 0 });
  }, [body, of]);
}

/**
 * The keys of a long list, of whose rows most are not there: a row is put in its place first, then gets the focus. The row
 * that has it stays there, wherever one scrolls.
 */
export function useRowFocus(
  body: RefObject<HTMLElement | null>,
  count: number,
  onFocus: (index: number | undefined) => void,
): void {
  const [wanted, setWanted] = useState<number>();
  const tell = useEffectEvent(onFocus);
  const move = useEffectEvent((event: KeyboardEvent): void => {
    const index = indexOf(event.target);
    if (count === 0 || index === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: index - 1,
      ArrowDown: index + 1,
      PageUp: index - page,
      PageDown: index + page,
      Home: 0,
      End: count - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    // Before the group of rows hears of it, which knows only those that are there.
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, to));
    onFocus(next);
    setWanted(next);
  });
  useEffect(() => {
    const element = body.current;
    if (element === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => move(event);
    const onFocusIn = (event: FocusEvent): void => tell(indexOf(event.target));
    const onFocusOut = (event: FocusEvent): void => {
      if (event.relatedTarget !== null) tell(undefined);
    };
    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('focusin', onFocusIn);
    element.addEventListener('focusout', onFocusOut);
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('focusin', onFocusIn);
      element.removeEventListener('focusout', onFocusOut);
    };
  }, [body]);
  useLayoutEffect(() => {
    if (wanted === undefined) return;
    const row = body.current?.querySelector<HTMLElement>(`[data-index="${String(wanted)}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
    setWanted(undefined);
  }, [body, wanted]);
}

/** Which row of a long list something is; undefined for anything else. */
function indexOf(target: EventTarget | null): number | undefined {
  const index = target instanceof HTMLElement ? target.dataset['index'] : undefined;
  return index === undefined ? undefined : Number(index);
}
