import { createContext, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { usualScanRules, type ScanRules } from './scan-machine.ts';
import { ScanQueue, type ScanHandler } from './scan-queue.ts';
import { listenForScans } from './scanner.ts';

/** Who gets the scans now: the handler that was mounted last. */
class ScanTargets {
  readonly #handlers: ScanHandler[] = [];

  get current(): ScanHandler | undefined {
    return this.#handlers.at(-1);
  }

  add(handler: ScanHandler): () => void {
    this.#handlers.push(handler);
    return () => {
      const at = this.#handlers.indexOf(handler);
      if (at !== -1) this.#handlers.splice(at, 1);
    };
  }
}

const ScannerContext = createContext<ScanTargets | null>(null);

export interface ScannerProviderProps {
  readonly children: ReactNode;
  readonly rules?: ScanRules | undefined;
  /** A code came without its end: tell the cashier to scan again. */
  readonly onCutOff?: ((code: string) => void) | undefined;
  /** A handler threw. Expected failures are the handler's own to show. */
  readonly onFault?: ((fault: unknown) => void) | undefined;
}

/** Listens for the scanner as long as it is mounted. One per window. */
export function ScannerProvider(props: ScannerProviderProps): ReactNode {
  const { children, rules = usualScanRules } = props;
  const [targets] = useState(() => new ScanTargets());
  const onCutOff = useEffectEvent((code: string) => props.onCutOff?.(code));
  const onFault = useEffectEvent((fault: unknown) => props.onFault?.(fault));
  useEffect(() => {
    const queue = new ScanQueue(
      (code) => targets.current?.(code),
      (fault) => onFault(fault),
    );
    return listenForScans(window, rules, { onScan: (code) => queue.add(code), onCutOff: (code) => onCutOff(code) });
  }, [rules, targets]);
  return <ScannerContext value={targets}>{children}</ScannerContext>;
}

/**
 * Gets the scans while the component is mounted, in order, one at a time: a handler that is asynchronous is awaited
 * before the next code. Of several the one mounted last gets them; a dialog that wants none leaves the screen's alone.
 */
export function useScanner(onScan: ScanHandler, isEnabled = true): void {
  const targets = use(ScannerContext);
  const handle = useEffectEvent(onScan);
  useEffect(() => {
    if (targets === null || !isEnabled) return undefined;
    return targets.add((code) => handle(code));
  }, [targets, isEnabled]);
}
