import type { ReactNode } from 'react';
import { NumPad, TextField, typeKey, useFormat } from '../../ui/index.ts';
import type { QuantityEntry } from './use-quantity-entry.ts';

const maxDigits = 10;

export interface QuantityPadProps {
  readonly entry: Pick<QuantityEntry, 'text' | 'setText' | 'fault'>;
  readonly label: string;
  /** What it is counted in, behind the figures. */
  readonly unit?: string | undefined;
  /** Enter. */
  readonly onSubmit: () => void;
}

/** A field for a quantity, with digits to touch beneath it. */
export function QuantityPad({ entry, label, onSubmit, unit }: QuantityPadProps): ReactNode {
  const format = useFormat();
  const { fault, setText, text } = entry;
  return (
    <>
      <TextField
        after={unit}
        autoFocus
        error={fault}
        inputMode="numeric"
        isCode
        label={label}
        onChange={setText}
        onSubmit={onSubmit}
        value={text}
      />
      <NumPad
        layout="money"
        onKey={(key) =>
          setText(typeKey(text, key, { decimals: 3, decimalSign: format.decimalSign, digits: maxDigits }))
        }
      />
    </>
  );
}
