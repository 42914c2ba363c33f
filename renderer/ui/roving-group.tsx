import { useEffect, useRef, type ReactNode } from 'react';

export interface RovingGroupProps {
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly label?: string | undefined;
  readonly role?: 'group' | 'list' | 'toolbar' | undefined;
  /** It scrolls and has no items of its own: a stop for the Tab key, to scroll by keyboard. */
  readonly isScrollStop?: boolean | undefined;
}

const itemSelector = '[data-roving]';

function itemsOf(group: HTMLElement | null): HTMLElement[] {
  return group === null ? [] : [...group.querySelectorAll<HTMLElement>(itemSelector)];
}

/** Makes one item the stop of the Tab key: the focused one, else the current one, else the first. */
function keepOneStop(group: HTMLElement | null, wanted?: HTMLElement): void {
  const items = itemsOf(group);
  const stop =
    wanted ??
    items.find((item) => item === document.activeElement) ??
    items.find((item) => item.matches('[aria-current="true"], [aria-pressed="true"]')) ??
    items.find((item) => item.tabIndex === 0) ??
    items[0];
  for (const item of items) {
    const index = item === stop ? 0 : -1;
    if (item.tabIndex !== index || !item.hasAttribute('tabindex')) item.tabIndex = index;
  }
}

const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

/** The nearest item in a direction, by where things are on the screen: right for rows, grids and mirrored layouts. */
function nearest(
  items: readonly HTMLElement[],
  from: HTMLElement,
  [x, y]: readonly [number, number],
): HTMLElement | null {
  const here = from.getBoundingClientRect();
  let best: HTMLElement | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const item of items) {
    if (item === from) continue;
    const there = item.getBoundingClientRect();
    const dx = there.left + there.width / 2 - (here.left + here.width / 2);
    const dy = there.top + there.height / 2 - (here.top + here.height / 2);
    const ahead = dx * x + dy * y;
    const aside = Math.abs(dx * y) + Math.abs(dy * x);
    // Within the same row or column first: what lies aside counts several times.
    const distance = ahead + aside * 4;
    if (ahead > 1 && distance < bestDistance) {
      best = item;
      bestDistance = distance;
    }
  }
  return best;
}

function moveFocus(group: HTMLElement, event: KeyboardEvent): void {
  const step = steps[event.key];
  const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(itemSelector) : null;
  if (from === null || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  const items = itemsOf(group);
  const end = event.key === 'Home' ? items[0] : event.key === 'End' ? items.at(-1) : undefined;
  const to = step === undefined ? end : nearest(items, from, step);
  if (to === undefined) return;
  event.preventDefault();
  if (to === null) return;
  keepOneStop(group, to);
  to.focus();
}

/** One stop of the Tab key, with arrows inside. Its items carry `data-roving`. */
export function RovingGroup({
  children,
  className,
  isScrollStop = false,
  label,
  role = 'group',
}: RovingGroupProps): ReactNode {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => keepOneStop(group.current));
  useEffect(() => {
    const element = group.current;
    if (element === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => moveFocus(element, event);
    const onFocusIn = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement && event.target.matches(itemSelector)) keepOneStop(element, event.target);
    };
    element.addEventListener('keydown', onKeyDown);
    element.addEventListener('focusin', onFocusIn);
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      element.removeEventListener('focusin', onFocusIn);
    };
  }, []);
  return (
    <div aria-label={label} className={className} ref={group} role={role} tabIndex={isScrollStop ? 0 : undefined}>
      {children}
    </div>
  );
}
