/**
 * What this till's people see of the head office's catalogue: what the head office says, and over it what they proposed
 * themselves and nobody has decided yet. The catalogue's tables hold the result, so that search, scanning and the basket
 * read one table and know nothing of this; what lies beneath is kept for the few products that something lies over.
 */
import type { ReadDb, WriteDb } from '../db/statement.ts';
import { type CatalogueProduct, catalogueProduct, dropProduct, putProduct } from '../product/repository.ts';
import { indexProduct } from '../product/search.ts';
import {
  coveredProducts,
  findBeneath,
  forgetBeneath,
  hasUndecided,
  type HeadOfficeProduct,
  type Proposal,
  putBeneath,
  undecidedOf,
  undecidedProducts,
} from './repository.ts';

type Shown = Omit<CatalogueProduct, 'product'>;

/** Whether the search is told at once, or is made anew in a moment (a snapshot's end). */
interface Showing {
  readonly isSearched: boolean;
}

/** What the head office says of a product, whatever lies over it; null where it has none. */
export function headOfficeProduct(db: ReadDb, key: number): HeadOfficeProduct | null {
  const beneath = findBeneath(db, key);
  return beneath === undefined ? (catalogueProduct(db, key) ?? null) : beneath;
}

/** A product with what is proposed laid over it, in order. Undefined where there is no product yet to be edited. */
export function laidOver(
  beneath: HeadOfficeProduct | null,
  proposals: readonly Proposal[],
): HeadOfficeProduct | undefined {
  let shown = beneath ?? undefined;
  for (const { changes, made } of proposals) {
    // Made here, and taken by the head office already: its own row says the same.
    if (made && shown !== undefined) continue;
    // The body of a product that was made has every field.
    if (made) shown = { ...(changes as HeadOfficeProduct), version: 1 };
    else if (shown !== undefined) shown = { ...shown, ...changes };
  }
  return shown;
}

/** Shows a product as it is to be seen now. Called whenever what was said or what was proposed of it has changed. */
export function showProduct(db: WriteDb, key: number, showing: Showing = { isSearched: true }): void {
  const proposals = undecidedOf(db, key);
  const saved = findBeneath(db, key);
  if (proposals.length === 0 && saved === undefined) return;
  const beneath = saved === undefined ? (catalogueProduct(db, key) ?? null) : saved;
  if (proposals.length === 0) forgetBeneath(db, key);
  else if (saved === undefined) putBeneath(db, key, beneath);
  const shown = laidOver(beneath, proposals);
  if (shown === undefined) remove(db, key, showing);
  else put(db, { ...shown, key }, showing);
}

/** Takes what the head office says of a product from now on. */
export function takeProduct(db: WriteDb, key: number, row: HeadOfficeProduct, showing: Showing): void {
  if (hasUndecided(db, key)) {
    putBeneath(db, key, row);
    showProduct(db, key, showing);
    return;
  }
  put(db, { ...row, key }, showing);
}

/**
 * After a snapshot, whose absent products are gone from the catalogue: what was proposed here is not in it and is shown
 * again. `isAbsent` says which products the snapshot did not name.
 */
export function showAfterSnapshot(db: WriteDb, isAbsent: (key: number) => boolean): void {
  for (const key of coveredProducts(db)) if (isAbsent(key)) putBeneath(db, key, null);
  showAll(db, { isSearched: false });
}

/** Shows every product anew that something lies, or lay, over. */
export function showAll(db: WriteDb, showing: Showing): void {
  for (const key of new Set([...coveredProducts(db), ...undecidedProducts(db)])) showProduct(db, key, showing);
}

function put(db: WriteDb, row: Shown, { isSearched }: Showing): void {
  putProduct(db, row);
  if (isSearched) indexProduct(db, row);
}

function remove(db: WriteDb, key: number, { isSearched }: Showing): void {
  const before = catalogueProduct(db, key);
  if (before === undefined) return;
  if (isSearched) indexProduct(db, { ...before, active: false });
  dropProduct(db, key);
}
