import { useEffect, useEffectEvent, useState } from 'react';
import type { CommandState } from '../line/use-sent-once.ts';

interface Collection<Found> {
  /** Null until the first has come. */
  readonly found: Found | null;
  /** The receipt whose sale is to be in it, as typed. */
  readonly receipt: string;
  setReceipt(typed: string): void;
  /** Collects anew, with the sale of the typed receipt if one was typed. */
  gather(): void;
  /** Collects anew, without a sale. */
  gatherAll(): void;
}

/** What is collected for support: at once when the screen opens, then as often as it is asked for. */
export function useCollected<Found>(
  collect: Pick<CommandState<{ readonly receipt_number: string | null }, Found>, 'run'>,
  onBegin: () => void,
): Collection<Found> {
  const [found, setFound] = useState<Found | null>(null);
  const [receipt, setReceipt] = useState('');
  const ask = async (receipt_number: string | null): Promise<void> => {
    onBegin();
    const result = await collect.run({ receipt_number });
    if (result.ok) setFound(result.value);
  };
  const text = receipt.trim();
  const begin = useEffectEvent(() => void ask(null));
  useEffect(() => begin(), []);
  return {
    found,
    receipt,
    setReceipt,
    gather: () => void ask(text === '' ? null : text),
    gatherAll: () => void ask(null),
  };
}
