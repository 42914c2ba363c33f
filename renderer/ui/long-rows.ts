/** Only those rows of a long list are there that are in sight, and room for the others. */
import { elementScroll, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { createContext, use, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Rows beyond those in sight that are there at least, so that none is missing while one scrolls. */
const overscan = 8;
/** As many more above may stay that were there: a basket moves by a row at every scan, and mostly stays as it is. */
const spare = 8;

const PageScrollContext = createContext(false);

/** Says of what is beneath it that the page scrolls, not its lists: the head office's pages. */
export const PageScrollProvider = PageScrollContext.Provider;

export interface LongRowsOptions {
  readonly count: number;
  /** As many are all there, as in any list. */
  readonly short: number;
  /** A row's height before it is measured. */
  readonly estimate_px: number;
  readonly idOf: (index: number) => string;
  /** What the rows stand in. */
  readonly within: RefObject<HTMLElement | null>;
  /** A row that is there wherever the list was scrolled to: the one with the focus. */
  readonly kept?: number | undefined;
  /** Where the list was when it was last seen. */
  readonly begin_px?: number | undefined;
}

/** A row to draw, or the room that others take. */
export type RowPiece =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'room'; readonly key: string; readonly size_px: number };

export interface LongRows {
  readonly isLong: boolean;
  readonly pieces: readonly RowPiece[];
  /** To be each row's `ref`, who carries its number as `data-index`. */
  readonly measure: ((element: Element | null) => void) | undefined;
  /** The first and the last that are in sight or close to it; the second below the first where none is. */
  readonly sight: readonly [first: number, last: number];
}

export function useLongRows(options: LongRowsOptions): LongRows {
  const { count, estimate_px, idOf, kept, short, within } = options;
  const isInPage = use(PageScrollContext);
  const isLong = count > short;
  const [before_px, setBefore] = useState(0);
  const scroller = useRef<HTMLElement | null>(null);
  const findScroller = (): HTMLElement | null => {
    if (scroller.current?.isConnected !== true) scroller.current = scrollerOf(within.current);
    return scroller.current;
  };
  const [reach] = useState(createReach);
  const virtual = useVirtualizer<HTMLElement, Element>({
    count: isLong ? count : 0,
    enabled: isLong,
    estimateSize: () => estimate_px,
    getItemKey: idOf,
    getScrollElement: () => (isInPage ? document.documentElement : findScroller()),
    initialOffset: options.begin_px ?? 0,
    // Before anything is measured: enough for the first picture.
    initialRect: { width: 0, height: 900 },
    overscan,
    rangeExtractor: ({ endIndex, startIndex }) => {
      const first = reach(Math.max(0, startIndex - overscan));
      const last = Math.min(count - 1, endIndex + overscan);
      const seen = Array.from({ length: last - first + 1 }, (_, at) => first + at);
      if (kept === undefined || kept >= count || (kept >= first && kept <= last)) return seen;
      return kept < first ? [kept, ...seen] : [...seen, kept];
    },
    scrollMargin: before_px,
    scrollToFn: elementScroll,
    ...(isInPage ? { observeElementRect: observeWindowSize, observeElementOffset: observePageScroll } : {}),
  });
  // The rows' own place changes once when what stands above them has grown.
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- it may have grown at any draw, which nothing tells
  useLayoutEffect(() => {
    if (!isLong || within.current === null) return;
    const outer = virtual.scrollElement;
    if (outer === null) return;
    const top_px = isInPage ? -window.scrollY : outer.getBoundingClientRect().top - outer.scrollTop;
    const now_px = Math.round(within.current.getBoundingClientRect().top - top_px);
    if (now_px !== before_px) setBefore(now_px);
  });
  if (!isLong) {
    const all = Array.from({ length: count }, (_, index): RowPiece => ({ kind: 'row', index }));
    return { isLong, pieces: all, measure: undefined, sight: [0, count - 1] };
  }
  return {
    isLong,
    pieces: piecesOf(virtual, before_px),
    measure: virtual.measureElement,
    sight: [
      Math.max(0, (virtual.range?.startIndex ?? 0) - overscan),
      Math.min(count - 1, (virtual.range?.endIndex ?? -1) + overscan),
    ],
  };
}

/** Keeps the first row that is there until too many are above those in sight. */
function createReach(): (first: number) => number {
  let kept = 0;
  return (first) => {
    if (first < kept || first - kept > spare) kept = first;
    return kept;
  };
}

function piecesOf(virtual: Virtualizer<HTMLElement, Element>, before_px: number): RowPiece[] {
  const pieces: RowPiece[] = [];
  let end_px = before_px;
  for (const { end, index, start } of virtual.getVirtualItems()) {
    if (start > end_px) pieces.push({ kind: 'room', key: `before ${String(index)}`, size_px: start - end_px });
    pieces.push({ kind: 'row', index });
    end_px = end;
  }
  const rest_px = before_px + virtual.getTotalSize() - end_px;
  if (rest_px > 0) pieces.push({ kind: 'room', key: 'after', size_px: rest_px });
  return pieces;
}

/** Whether two draws of a list have the same rows, and the same room around them. */
export function arePiecesSame(one: readonly RowPiece[], other: readonly RowPiece[]): boolean {
  return one.length === other.length && one.every((piece, at) => isPieceSame(piece, other[at]));
}

function isPieceSame(one: RowPiece, other: RowPiece | undefined): boolean {
  if (one.kind === 'row') return other?.kind === 'row' && one.index === other.index;
  return other?.kind === 'room' && one.key === other.key && one.size_px === other.size_px;
}

function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  let outer = element;
  while (outer !== null && !/auto|scroll/u.test(getComputedStyle(outer).overflowY)) outer = outer.parentElement;
  return outer;
}

type Instance = Virtualizer<HTMLElement, Element>;

function observeWindowSize(_: Instance, tell: (rect: { width: number; height: number }) => void): () => void {
  const onResize = (): void => tell({ width: window.innerWidth, height: window.innerHeight });
  onResize();
  window.addEventListener('resize', onResize);
  return () => window.removeEventListener('resize', onResize);
}

function observePageScroll(_: Instance, tell: (offset_px: number, isScrolling: boolean) => void): () => void {
  const onScroll = (): void => tell(window.scrollY, true);
  const onEnd = (): void => tell(window.scrollY, false);
  onEnd();
  window.addEventListener('scroll', onScroll, { passive: true });
  window.addEventListener('scrollend', onEnd, { passive: true });
  return () => {
    window.removeEventListener('scroll', onScroll);
    window.removeEventListener('scrollend', onEnd);
  };
}
