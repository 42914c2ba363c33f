/** What was changed here and is not decided yet, and what the head office decided otherwise: for the manager's screen. */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { TillContract } from '../../../shared/contract/till.ts';
import { type ProposedField, proposedFields } from '../../../shared/journal/kinds/proposal-kinds.ts';
import type { ProductId } from '../../../shared/ids.ts';
import type { ReadDb } from '../db/statement.ts';
import { findProductKey } from '../product/key.ts';
import { type CatalogueProduct, catalogueProduct } from '../product/repository.ts';
import { headOfficeProduct } from './overlay.ts';
import { type DecidedField, isDismissed, listDecided, undecidedOf, undecidedProducts } from './repository.ts';

type Decision = OutputOf<TillContract['product']['decisions']>['decisions'][number];

/** More is not listed: who has so much to read begins with the newest. */
const most = 200;

/** Of one product, or of all: what is not decided first. */
export function listDecisions(db: ReadDb, product: ProductId | null): Decision[] {
  const only = product === null ? undefined : (findProductKey(db, product) ?? -1);
  const undecided = undecidedProducts(db)
    .filter((key) => only === undefined || key === only)
    .flatMap((key) => undecidedFields(db, key));
  const decided = listDecided(db, most)
    .filter(({ key }) => only === undefined || key === only)
    .flatMap(({ fields, key }) => {
      const found = catalogueProduct(db, key);
      if (found === undefined) return [];
      return fields.flatMap((field) => (isDismissed(db, key, field) ? [] : decidedField(found, field)));
    });
  return [...undecided, ...decided].slice(0, most);
}

function undecidedFields(db: ReadDb, key: number): Decision[] {
  const shown = catalogueProduct(db, key);
  if (shown === undefined) return [];
  const beneath = headOfficeProduct(db, key);
  const named = { product: shown.product, sku: shown.sku, name: shown.name };
  const still = { state: 'undecided' as const, reason: null, by: null, before: null, at: null };
  const fields = new Map<ProposedField, number>();
  let made: number | undefined;
  for (const proposal of undecidedOf(db, key)) {
    if (proposal.made) made = proposal.seq;
    else for (const field of proposedFields) if (proposal.changes[field] !== undefined) fields.set(field, proposal.seq);
  }
  if (made !== undefined) return [{ ...named, ...still, field: null, seq: made, wanted: null, kept: null }];
  return [...fields].map(([field, seq]) => ({
    ...named,
    ...still,
    field,
    seq,
    wanted: shown[field],
    kept: beneath?.[field] ?? null,
  }));
}

const states: Readonly<Record<string, Decision['state']>> = { taken: 'taken', kept: 'kept', refused: 'refused' };

function decidedField(product: CatalogueProduct, decided: DecidedField): Decision[] {
  const field = proposedFields.find((one) => one === decided.field);
  // A later version of the head office may decide of fields that this one has no words for.
  if (field === undefined) return [];
  return [
    {
      product: product.product,
      sku: product.sku,
      name: product.name,
      field,
      seq: decided.seq,
      state: states[decided.state] ?? 'waiting',
      reason: decided.reason,
      wanted: decided.wanted,
      // What waits is held against what the head office says by now.
      kept: decided.state === 'waiting' ? product[field] : decided.kept,
      by: decided.by,
      before: decided.before ?? null,
      at: decided.at,
    },
  ];
}
