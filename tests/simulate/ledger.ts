/**
 * What the people at the tills know: each command that they gave, and what was printed for it. It shares no code with the
 * product, and is what central is held against in the end.
 */

import type { Doc } from './central/books.ts';

export interface LedgerLine {
  readonly product: string;
  /** As on the receipt: negative on a refund. */
  readonly quantity_milli: number;
  /** Whether it leaves the shelf, or goes back on it. */
  readonly moves: boolean;
}

/** Fields of a product as somebody wants them. */
export interface Wish {
  readonly pc: string;
  /** Undefined of one that is made. Of what is no product, that record. */
  readonly product: string | undefined;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What lies beside goods on their way to another store. */
export interface Paper {
  readonly number: string;
  readonly till: string;
  readonly from_store: string;
  readonly to_store: string;
  readonly lines: readonly { readonly product: string; readonly quantity_milli: number }[];
}

/** Between which moments something was done. */
export interface LedgerSpan {
  readonly from_ms: number;
  readonly to_ms: number;
}

/** What somebody is about to do. */
export type DealOf = Partial<Pick<Deal, 'lines' | 'wish' | 'paper' | 'number'>> & Pick<Deal, 'kind'>;

/** What one command was to do. */
export interface Deal {
  readonly command: string;
  readonly till: string;
  readonly store: string;
  readonly kind:
    | ('sale' | 'refund' | 'adjustment' | 'closing' | 'edit' | 'product')
    | ('sent' | 'received' | 'corrected' | 'cancelled' | 'counted' | 'discarded')
    | ('tax' | 'category' | 'role' | 'person');
  /** From when it was first asked to when it was last, in milliseconds of the world: in between it was done. */
  span: LedgerSpan;
  readonly lines: readonly LedgerLine[];
  /** What a manager typed of a product, and at which PC. */
  readonly wish?: Wish | undefined;
  /** What goes with goods to another store, but for its number. */
  readonly paper?: Omit<Paper, 'number'> | undefined;
  /** Of a transfer, as it was typed. */
  readonly number?: string | undefined;
  /** What came out of the printer; undefined where nobody saw an answer. */
  printed: { readonly number: string; readonly total_minor: number } | undefined;
  /** The till said no, and had not been asked before. */
  isRefused: boolean;
}

export class Ledger {
  readonly deals = new Map<string, Deal>();
  /** Commands whose every copy was on a disk that is gone: they may be missing. */
  readonly gone = new Set<string>();
  /** What a manager has seen of products, by {@link seenKey}. */
  readonly seen = new Set<string>();
  /** Papers that are about, the latest last. */
  readonly papers: Paper[] = [];
  /** When each product was counted, by till, product and what the till's clock said. */
  readonly shelves = new Map<string, LedgerSpan>();
  /** Counts in which whatever nobody had counted was said to be none: nobody noted when, shelf by shelf. */
  readonly restIsNone = new Set<string>();
  /** The code with which a shop is to join, by its till, and how many it has had. */
  readonly codes = new Map<string, { readonly code: string; readonly count: number }>();
  /** PCs of a shop that joined from another PC: the head office knows it, and lets no second one in. */
  readonly alone = new Set<string>();
  /** Tills of which a PC's clock was set. */
  readonly jumped = new Set<string>();

  /** Somebody gives a command; the same one again is the same deal. */
  ask(deal: Omit<Deal, 'printed' | 'isRefused'>): Deal {
    const found = this.deals.get(deal.command);
    if (found !== undefined) return found;
    const asked: Deal = { ...deal, printed: undefined, isRefused: false };
    this.deals.set(deal.command, asked);
    return asked;
  }

  /** After a disk was lost: whatever nobody holds any more is gone. */
  losePrinted(held: ReadonlySet<string>): void {
    for (const { command } of this.deals.values()) if (!held.has(command)) this.gone.add(command);
  }
}

/**
 * What a deal moved. Of a receipt that was corrected people type what it comes to, and the entry says what that adds. Of a
 * transfer that was taken back they give the number alone; two copies of a till may each have sent other goods under it,
 * and the paper in hand be the other one's.
 */
export function movedBy(deal: Deal, { body }: Pick<Doc, 'body'>): readonly LedgerLine[] {
  if (deal.kind !== 'corrected' && deal.kind !== 'cancelled') return deal.lines;
  // Its schema at the till has passed it.
  const lines = body['lines'] as readonly { readonly product: string; readonly quantity_milli: number }[];
  return lines.map(({ product, quantity_milli }) => ({ product, quantity_milli: -quantity_milli, moves: true }));
}
