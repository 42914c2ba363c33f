/** What the model says of an entry that follows one which lies aside. */
import type { TillBook } from './books.ts';

/** It waits for the entry that its record begins with. */
export const makerAside = 'ET025';
/** It came too late to be a shop's own word, and is never taken. */
export const notTheirs = 'ET020';

const makers = {
  product: ['product.proposed', 'product.created'],
  sent: ['stock.sent'],
  received: ['stock.received'],
} as const;

/** Whether an entry with which a record begins lies aside, and may be taken yet. `id` is a product's, or a transfer's number. */
export function isMakerAside(book: TillBook, seq: number, what: keyof typeof makers, id: string): boolean {
  const aside = [...book.quarantine].filter(([, code]) => code !== notTheirs).map(([at]) => at);
  const kinds: readonly string[] = makers[what];
  return [...aside, ...book.unknown].some((at) => {
    const fact = book.entries[at - 1]?.fact;
    return at < seq && fact?.body[what === 'product' ? 'product' : 'number'] === id && kinds.includes(fact.kind);
  });
}
