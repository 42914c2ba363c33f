/** Writes into the journal what a manager changes in a catalogue that the head office keeps. */
import type { Body } from '../../../shared/journal/kinds.ts';
import { type ProposedField, proposedFields } from '../../../shared/journal/kinds/proposal-kinds.ts';
import type { ProductId } from '../../../shared/ids.ts';
import type { CommandContext } from '../context.ts';
import type { CatalogueProduct, ProductFields } from '../product/repository.ts';
import { headOfficeProduct } from './overlay.ts';

type Fields = Body<'product.edit_proposed'>['changes'];

/** Proposes a product that was made here. */
export function proposeProduct(context: CommandContext, product: ProductId, fields: ProductFields): void {
  context.append('product.proposed', { product, ...fields });
}

/** Proposes what really differs from what was shown. Nothing is written where nothing does. */
export function proposeEdit(context: CommandContext, before: CatalogueProduct, changes: Partial<ProductFields>): void {
  const changed = proposedFields.filter(
    (field) => changes[field] !== undefined && !isSame(changes[field], before[field]),
  );
  if (changed.length === 0) return;
  context.append('product.edit_proposed', {
    product: before.product,
    against: headOfficeProduct(context.db, before.key)?.version ?? 1,
    changes: only(changes, changed),
    was: only(before, changed),
  });
}

function isSame(one: unknown, other: unknown): boolean {
  // Plain values, and lists of texts.
  return JSON.stringify(one) === JSON.stringify(other);
}

function only(from: Partial<ProductFields>, fields: readonly ProposedField[]): Fields {
  return Object.fromEntries(fields.map((field) => [field, from[field]]));
}
