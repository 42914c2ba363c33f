/** The model projects entries again that were put aside: one, and what waits for it alone. */
import { makerAside } from './aside.ts';
import type { Books, TillBook } from './books.ts';
import { checkClosings, closingsOf } from './closing.ts';
import { settleCounts } from './counts.ts';
import { tellAside } from './feed.ts';
import { joiningCodes, subjectOf, take, takeIfComplete } from './joining.ts';
import { applyStock, projectEntry } from './project.ts';
import { isTransfer } from './transfers.ts';

export function projectAgain(books: Books, book: TillBook, seq: number, now: string): void {
  if (!book.quarantine.has(seq)) return;
  const fact = book.entries[seq - 1]?.fact ?? null;
  const subject = fact === null ? undefined : subjectOf(fact);
  const isProjected = projectAlone(books, book, seq, now);
  const isGoods = fact !== null && isTransfer(fact.kind);
  if (isProjected && subject !== undefined && isGoods)
    projectWaiting(books, book, { seq, subject, code: makerAside }, now);
  if (isProjected && !isGoods && subject !== undefined) {
    projectWaiting(books, book, { seq, subject, code: joiningCodes.against }, now);
    // As it was at last it becomes the company's.
    if (book.joining?.isTaken === true && book.joining.records.size > 0) take(books, book);
    projectWaiting(books, book, { seq, subject, code: makerAside }, now);
  }
  if (isProjected && !isGoods && (subject !== undefined || fact?.kind === 'till.joined'))
    projectJoined(books, book, seq, now);
  tellAside(storeOf(books, book), book);
}

/** A history that waited for it may be whole now; then what its own till changed since is decided, with what waits for that. */
function projectJoined(books: Books, book: TillBook, seq: number, now: string): void {
  const asideFor = (wanted: string) =>
    [...book.quarantine]
      .filter(([at, code]) => at !== seq && code === wanted)
      .map(([at]) => at)
      .toSorted((a, b) => a - b);
  for (const at of asideFor(joiningCodes.slow)) projectAlone(books, book, at, now);
  if (book.joining?.isTaken !== true) return;
  for (const at of asideFor(joiningCodes.notYet)) {
    projectAlone(books, book, at, now);
    const fact = book.entries[at - 1]?.fact ?? null;
    const subject = fact === null ? undefined : subjectOf(fact);
    if (subject !== undefined) projectWaiting(books, book, { seq: at, subject, code: makerAside }, now);
  }
}

function storeOf({ stores }: Books, { store }: TillBook) {
  const found = stores.get(store);
  if (found === undefined) throw new Error(`no store ${store}`);
  return found;
}

interface Waiting {
  readonly seq: number;
  readonly subject: string;
  readonly code: string;
}

function projectWaiting(books: Books, book: TillBook, { code, seq: after, subject }: Waiting, now: string): void {
  const waiting = [...book.quarantine].filter(([seq, why]) => seq > after && why === code);
  for (const [seq] of waiting.toSorted(([a], [b]) => a - b)) {
    const fact = book.entries[seq - 1]?.fact ?? null;
    if (fact !== null && subjectOf(fact) === subject) projectAlone(books, book, seq, now);
  }
}

/** Answers whether it could be. */
function projectAlone(books: Books, book: TillBook, seq: number, now: string): boolean {
  const store = storeOf(books, book);
  const code = projectEntry(books, book, seq, now) ?? takeIfComplete(books, book, seq, seq);
  if (code !== undefined) {
    book.quarantine.set(seq, code);
    return false;
  }
  book.quarantine.delete(seq);
  applyStock(store, book, seq, seq);
  settleCounts(books, book, seq, seq);
  // The Z that it belongs to may agree now.
  const next = closingsOf(store, book).find((closing) => closing.seq >= seq);
  if (next !== undefined) checkClosings(store, book, seq, next.seq);
  return true;
}
