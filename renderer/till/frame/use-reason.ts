import { useState } from 'react';
import type { ReasonFieldProps } from './reason-field.tsx';

export interface ReasonAsked {
  readonly reason: string;
  /** For the field in which it is given. */
  readonly field: Required<Pick<ReasonFieldProps, 'asked' | 'error' | 'onChange' | 'value'>>;
  /** Whether there is one; where not, it is asked for. */
  ask(): boolean;
  /** As it was at first. */
  reset(): void;
}

/** A reason that something can't be done without. `missing` is said where it was asked for, and still nobody gave one. */
export function useReason(missing: string): ReasonAsked {
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(0);
  const isGiven = reason.trim() !== '';
  return {
    reason,
    field: { asked, error: asked > 0 && !isGiven ? missing : undefined, onChange: setReason, value: reason },
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
