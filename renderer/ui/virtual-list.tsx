import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type ReactNode } from 'react';
import s from './virtual-list.module.css';

export interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly itemId: (item: Item) => string;
  readonly render: (item: Item, index: number) => ReactNode;
  /** A row's height before it is measured. */
  readonly estimate_px: number;
  /** Kept in sight: the row chosen with ↑ ↓. */
  readonly activeIndex?: number | undefined;
  readonly onEndReached?: (() => void) | undefined;
}

/** A list of any length; only what is in sight is there. It takes the height of its parent. */
export function VirtualList<Item>(props: VirtualListProps<Item>): ReactNode {
  const { activeIndex, estimate_px, itemId, items, label, onEndReached, render } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    estimateSize: () => estimate_px,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : itemId(item);
    },
    getScrollElement: () => scroller.current,
    overscan: 6,
  });
  const rows = virtual.getVirtualItems();
  const isAtEnd = rows.at(-1)?.index === items.length - 1;
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);
  useEffect(() => {
    if (isAtEnd) onEndReached?.();
  }, [isAtEnd, items.length, onEndReached]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller without it can't be scrolled by keyboard
    <div aria-label={label} className={s['scroller']} ref={scroller} role="group" tabIndex={0}>
      <ul aria-label={label} className={s['list']} style={{ blockSize: virtual.getTotalSize() }}>
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <li
              aria-posinset={row.index + 1}
              aria-setsize={items.length}
              className={s['row']}
              data-index={row.index}
              key={row.key}
              ref={virtual.measureElement}
              style={{ insetBlockStart: row.start }}
            >
              {render(item, row.index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
