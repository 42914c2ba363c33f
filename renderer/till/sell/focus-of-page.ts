import type { RefObject } from 'react';

/**
 * Keeps a field listening: it has the focus when the screen appears, and what is typed while nothing has the focus goes
 * into it. Returns how to stop.
 */
export function focusOfPage(field: RefObject<HTMLInputElement | null>): () => void {
  field.current?.focus();
  const onKeyDown = (event: KeyboardEvent): void => {
    const isTyping = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isTyping || event.defaultPrevented || document.activeElement !== document.body) return;
    // The key itself then lands in the field: focus moves before the browser types it.
    field.current?.focus();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}
