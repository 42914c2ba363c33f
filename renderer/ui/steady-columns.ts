import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Columns of a long list only grow: they would be as wide as what is in sight, and jump while one scrolls. */
export function useSteadyColumns(body: RefObject<HTMLElement | null>, isLong: boolean): void {
  const widths = useRef<number[]>([]);
  const room = useRef(0);
  useLayoutEffect(() => {
    const table = body.current?.closest('table');
    if (!isLong || table === null || table === undefined) return;
    const headers = [...table.querySelectorAll<HTMLElement>('thead th:not([data-names])')];
    if (room.current !== table.clientWidth) {
      room.current = table.clientWidth;
      widths.current = [];
      for (const header of headers) header.style.minInlineSize = '';
    }
    for (const [at, header] of headers.entries()) {
      const width = Math.ceil(header.getBoundingClientRect().width);
      if (width <= (widths.current[at] ?? 0)) continue;
      widths.current[at] = width;
      header.style.minInlineSize = `${String(width)}px`;
    }
  });
}
