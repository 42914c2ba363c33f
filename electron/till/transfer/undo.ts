/** What takes an earlier entry of this till back: on which side of a count the shelf has it (decision 13). */
import type { ProductId } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import type { CommandContext } from '../context.ts';
import type { ReadDb } from '../db/statement.ts';
import { findProductKey } from '../product/key.ts';
import { hasCountedSince, knewBetter } from '../stock-take/repository.ts';
import { linesOf, type MovedLine, type OwnEntry } from './repository.ts';

type UndoingLine = Body<'stock.transfer_cancelled'>['lines'][number];

/** Of each product the last receipt that names it; of any other, the last of all. */
export function receiptsOf(db: ReadDb, receipts: readonly OwnEntry[]): (product: ProductId) => number {
  const named = new Map<ProductId, number>();
  let last = 0;
  for (const { seq, what } of receipts) {
    if (what !== 'received') continue;
    last = seq;
    for (const { product } of linesOf(db, seq)) named.set(product, seq);
  }
  return (product) => named.get(product) ?? last;
}

/**
 * Lines that take entry `undone` back. Where this till has counted the product since and posted it, what was put right was
 * found then, and moves nothing; where it is counted in a take that is still open, what was known then was wrong by as much.
 */
export function undo(
  { db }: CommandContext,
  lines: readonly MovedLine[],
  undone: (product: ProductId) => number,
): UndoingLine[] {
  return lines.map((line) => {
    const key = findProductKey(db, line.product);
    const seq = undone(line.product);
    if (key === undefined) return line;
    if (hasCountedSince(db, key, seq)) return { ...line, counted_since: true };
    knewBetter(db, key, seq, line.quantity_milli);
    return line;
  });
}
