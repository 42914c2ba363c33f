import type { ReactNode } from 'react';
import { NumPad, typeKey, useFormat } from '../../ui/index.ts';

const maxDigits = 12;
/** Notes that are counted on: each press adds one. */
const steps = [10, 20] as const;

export interface AmountPadProps {
  /** What is typed so far, in the store's writing. */
  readonly entry: string;
  readonly onEntry: (entry: string) => void;
}

/** Digits to touch for an amount, with keys that add a round sum to it. */
export function AmountPad({ entry, onEntry }: AmountPadProps): ReactNode {
  const format = useFormat();
  const major = 10 ** format.decimals;
  const add = (step: number): void => {
    const reading = entry === '' ? { ok: true as const, value: 0 } : format.readMoney(entry);
    // Of an amount that can't be read there is no sum.
    if (reading.ok) onEntry(format.plainAmount(reading.value + step * major).replace('.', format.decimalSign));
  };
  return (
    <NumPad
      extras={steps.map((step) => ({
        id: `add-${step}`,
        label: <bdi>+{format.integer(step)}</bdi>,
        onPress: () => add(step),
      }))}
      layout="money"
      onKey={(key) =>
        onEntry(typeKey(entry, key, { decimals: format.decimals, decimalSign: format.decimalSign, digits: maxDigits }))
      }
    />
  );
}
