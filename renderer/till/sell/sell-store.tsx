/** What the selling screen remembers while somebody is at the till. Never money: that is the till's. */
import { createContext, use, type ReactNode } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { Failure } from '../../../shared/contract/errors.ts';
import type { CategoryId, LineId, ProductId, SaleId } from '../../../shared/ids.ts';
import type { ProductHit } from '../data/operations.ts';

/** What was put into the basket last, and how to take it back. */
export interface LastAdded {
  readonly basket: SaleId;
  readonly line: LineId;
  readonly name: string;
  /** What the line held before; null for a line that is new. */
  readonly before_milli: number | null;
  /** What the line holds now, in the till's words. */
  readonly quantity_milli: number;
  readonly unit: ProductHit['unit'];
  readonly total_minor: number;
}

export type SellNotice =
  | { readonly kind: 'unknown'; readonly barcode: string }
  /** What was read of a code before it broke off. */
  | { readonly kind: 'cut_off'; readonly code: string }
  | { readonly kind: 'no_price'; readonly product: ProductId; readonly name: string }
  | { readonly kind: 'failure'; readonly failure: Failure; readonly name?: string | undefined }
  | { readonly kind: 'removed'; readonly name: string }
  | { readonly kind: 'voided'; readonly lines: number; readonly total_minor: number };

/** A dialog of the selling screen that needs to know of what. */
export type SellDialog =
  | {
      readonly kind: 'open_price';
      readonly product: AskedAbout;
      /** `3 *` before it was chosen; a scan over the dialog no longer takes that. */
      readonly quantity_milli: number;
    }
  | { readonly kind: 'weigh'; readonly product: AskedAbout }
  /** Of the line that it was opened for, whatever is scanned meanwhile. */
  | { readonly kind: 'line' | 'discount'; readonly line: LineId }
  | { readonly kind: 'quantity' | 'void' };

type AskedAbout = Pick<ProductHit, 'product' | 'name' | 'unit' | 'price_minor'>;

export type TileChoice = 'favourites' | CategoryId;

interface SellState {
  /** What is typed into the scan field. */
  readonly text: string;
  /** The text that is searched: what stands in the scan field, once it is a hand's. */
  readonly searched: string;
  /** The product that was chosen among those found; null for the first. */
  readonly found: ProductId | null;
  /** `3 *`: the quantity of what comes next. */
  readonly next_milli: number | null;
  /** The line that is spoken of, for `currentLine`; null for the newest. */
  readonly current: LineId | null;
  /** Somebody chose the current line: its actions show. */
  readonly isChosen: boolean;
  readonly tiles: TileChoice;
  readonly notice: SellNotice | null;
  readonly last: LastAdded | null;
  readonly dialog: SellDialog | null;
}

interface SellChanges {
  change(changes: Partial<SellState>): void;
  /** Something was put into the basket. */
  added(last: LastAdded): void;
  /** Something is to be told; what was scanned last gives way to it. */
  tell(notice: SellNotice): void;
  /** A new customer: nothing of the one before is left. */
  reset(): void;
}

export type SellStore = StoreApi<SellState & SellChanges>;

const fresh: SellState = {
  text: '',
  searched: '',
  found: null,
  next_milli: null,
  current: null,
  isChosen: false,
  tiles: 'favourites',
  notice: null,
  last: null,
  dialog: null,
};

export function createSellStore(): SellStore {
  return createStore<SellState & SellChanges>()((set) => ({
    ...fresh,
    change: (changes) => set(changes),
    added: (last) =>
      set({ last, notice: null, next_milli: null, current: last.line, isChosen: false, found: null, text: '' }),
    tell: (notice) => set({ notice }),
    reset: () => set(({ tiles }) => ({ ...fresh, tiles })),
  }));
}

const StoreContext = createContext<SellStore | null>(null);

export function SellStoreProvider({
  children,
  value,
}: {
  readonly children: ReactNode;
  readonly value: SellStore;
}): ReactNode {
  return <StoreContext value={value}>{children}</StoreContext>;
}

export function useSellStore(): SellStore {
  const store = use(StoreContext);
  if (store === null) throw new Error('useSellStore needs a SellStoreProvider above it');
  return store;
}

/** One part of what the selling screen remembers. */
export function useSell<Part>(select: (state: SellState & SellChanges) => Part): Part {
  return useStore(useSellStore(), select);
}
