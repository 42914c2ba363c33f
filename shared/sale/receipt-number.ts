/** Which receipt: the till's code, the series of its epoch, and a number without gaps within the series. */
export interface Receipt {
  readonly till: string;
  readonly series: string;
  readonly number: number;
}

const digits = 6;

/** The number as it is printed: `HS2-A-004127`. Never changed once it was. */
export function receiptNumber({ till, series, number }: Receipt): string {
  return `${till}-${series}-${String(number).padStart(digits, '0')}`;
}
