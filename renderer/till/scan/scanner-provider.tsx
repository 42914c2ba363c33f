import { createContext, use, useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { usualScanRules, type ScanRules } from './scan-machine.ts';
import { ScanQueue, type ScanHandler, type ScanOutcome } from './scan-queue.ts';
import { listenForScans } from './scanner.ts';

interface ScanTarget {
  readonly scan: ScanHandler;
  readonly cutOff: (code: string) => void;
}

/** Who gets the scans now: the target that was mounted last. */
class ScanTargets {
  readonly #targets: ScanTarget[] = [];

  get current(): ScanTarget | undefined {
    return this.#targets.at(-1);
  }

  add(target: ScanTarget): () => void {
    this.#targets.push(target);
    return () => {
      const at = this.#targets.indexOf(target);
      if (at !== -1) this.#targets.splice(at, 1);
    };
  }
}

const ScannerContext = createContext<ScanTargets | null>(null);

export interface ScannerProviderProps {
  readonly children: ReactNode;
  readonly rules?: ScanRules | undefined;
  /** What came of a scan, the moment it is known. A code that came without its end is a bad one. */
  readonly onHeard?: ((outcome: ScanOutcome) => void) | undefined;
  /** A handler threw. Expected failures are the handler's own to show. */
  readonly onFault?: ((fault: unknown) => void) | undefined;
}

/** Listens for the scanner as long as it is mounted. One per window. */
export function ScannerProvider(props: ScannerProviderProps): ReactNode {
  const { children, rules = usualScanRules } = props;
  const [targets] = useState(() => new ScanTargets());
  const onHeard = useEffectEvent((outcome: ScanOutcome) => props.onHeard?.(outcome));
  const onFault = useEffectEvent((fault: unknown) => props.onFault?.(fault));
  useEffect(() => {
    const queue = new ScanQueue(
      (code) => targets.current?.scan(code, (outcome) => onHeard(outcome)),
      (fault) => onFault(fault),
    );
    return listenForScans(window, rules, {
      onScan: (code) => queue.add(code),
      onCutOff: (code) => {
        onHeard('bad');
        targets.current?.cutOff(code);
      },
    });
  }, [rules, targets]);
  return <ScannerContext value={targets}>{children}</ScannerContext>;
}

export interface ScannerOptions {
  /** A code came without its end: nothing is done with it, and somebody has to be told. */
  readonly onCutOff?: ((code: string) => void) | undefined;
}

/**
 * Gets the scans while the component is mounted, in order, one at a time: a handler that is asynchronous is awaited
 * before the next code. Of several the one mounted last gets them; a dialog that wants none leaves the screen's alone.
 */
export function useScanner(onScan: ScanHandler, options: ScannerOptions = {}): void {
  const targets = use(ScannerContext);
  const scan = useEffectEvent(onScan);
  const cutOff = useEffectEvent((code: string) => options.onCutOff?.(code));
  useEffect(
    () => targets?.add({ scan: (code, heard) => scan(code, heard), cutOff: (code) => cutOff(code) }),
    [targets],
  );
}
