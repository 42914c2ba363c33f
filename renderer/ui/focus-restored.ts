import { useEffect, useState } from 'react';

/** Gives the focus back, on unmount, to what had it when the component came. For panels that are docked, not modal. */
export function useFocusRestored(): void {
  // Read while rendering, before anything inside takes the focus by autoFocus.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}
