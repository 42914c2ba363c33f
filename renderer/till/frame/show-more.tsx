import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/index.ts';

/** As many rows as a list ever shows: whoever looks for others searches. */
export const mostRows = 500;

export interface RowLimit {
  /** How many rows are asked for. */
  readonly limit: number;
  /** Asks for as many again. */
  raise(): void;
}

/** How many rows of a list are asked for: `step`, and as many more each time somebody wishes it. */
export function useRowLimit(step: number): RowLimit {
  const [limit, setLimit] = useState(step);
  return { limit, raise: () => setLimit(Math.min(limit + step, mostRows)) };
}

export interface ShowMoreProps {
  readonly label: string;
  readonly rows: RowLimit;
  /** How many rows came. */
  readonly shown: number;
  /** What is said where `mostRows` are shown. */
  readonly children: string;
}

/** Beneath a list: shows more of it, or says how to find what isn't shown. Not there when all of it is. */
export function ShowMore({ children, label, rows, shown }: ShowMoreProps): ReactNode {
  if (shown < rows.limit) return null;
  if (shown >= mostRows) return <p>{children}</p>;
  return (
    <Button onPress={rows.raise} size="small" variant="quiet">
      {label}
    </Button>
  );
}
