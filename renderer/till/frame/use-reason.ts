import { useState } from 'react';

export interface ReasonAsked {
  readonly reason: string;
  readonly setReason: (reason: string) => void;
  /** How often it was asked for in vain; each time the reasons take the focus. */
  readonly asked: number;
  /** It was asked for, and still nobody gave one. */
  readonly isMissing: boolean;
  /** Whether there is one; where not, it is asked for. */
  ask(): boolean;
  /** As it was at first. */
  reset(): void;
}

/** A reason that something can't be done without. */
export function useReason(): ReasonAsked {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(0);
  const isGiven = reason.trim() !== '';
  return {
    reason,
    setReason,
    asked,
    isMissing: asked > 0 && !isGiven,
    ask: () => {
      if (!isGiven) setAsked((times) => times + 1);
      return isGiven;
    },
    reset: () => {
      setReason('');
      setAsked(0);
    },
  };
}
