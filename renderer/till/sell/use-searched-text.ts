import { useEffect } from 'react';
import { usualScanRules } from '../scan/index.ts';
import { useSellStore } from './sell-store.tsx';

/** After this a key that stands in the scan field is a hand's: a scanner's next would have come. */
const settled_ms = usualScanRules.gap_ms + 10;

/**
 * Has the text of the scan field searched as soon as it can't be a scan's first key any more. That one key is taken back a
 * moment later: the tiles would make room for a list, and a search be asked, at every scan.
 */
export function useSearchedText(): void {
  const store = useSellStore();
  // Beside the drawing: whoever uses this is not drawn again at every key.
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = (text: string): void => {
      clearTimeout(timer);
      if (text === '') store.getState().change({ searched: '' });
      else timer = setTimeout(() => store.getState().change({ searched: text }), settled_ms);
    };
    follow(store.getState().text);
    const stop = store.subscribe(({ text }, before) => {
      if (text !== before.text) follow(text);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store]);
}
