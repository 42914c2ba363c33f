/** What this till proposed of the head office's catalogue, and what became of it, as rows. */
import type { FeedRow } from '../../../shared/feed/rows.ts';
import { type ProductId, uuidFromBytes } from '../../../shared/ids.ts';
import type { Body } from '../../../shared/journal/kinds.ts';
import { fields, type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import type { CatalogueProduct, ProductFields } from '../product/repository.ts';

/** A product as the head office's feed says it is. */
export type HeadOfficeProduct = Omit<CatalogueProduct, 'key' | 'product'>;
/** How one field ended. */
export type DecidedField = FeedRow<'proposal'>['fields'][number];

export interface Proposal {
  readonly seq: number;
  /** The product was made here; then these are all of its fields. */
  readonly made: boolean;
  readonly changes: Partial<ProductFields>;
}

const isUndecided = reads<{ product_key: number }>()((q, p) =>
  q
    .selectFrom('product_proposals')
    .leftJoin('proposal_decisions', 'proposal_decisions.product_key', 'product_proposals.product_key')
    .select('product_proposals.seq')
    .where('product_proposals.product_key', '=', p.product_key)
    .where((eb) => eb('product_proposals.seq', '>', eb.fn.coalesce('proposal_decisions.decided_seq', eb.lit(0))))
    .limit(1),
);
const undecided = reads<{ product_key: number }>()((q, p) =>
  q
    .selectFrom('product_proposals')
    .leftJoin('proposal_decisions', 'proposal_decisions.product_key', 'product_proposals.product_key')
    .select(['product_proposals.seq', 'product_proposals.made', 'product_proposals.changes'])
    .where('product_proposals.product_key', '=', p.product_key)
    .where((eb) => eb('product_proposals.seq', '>', eb.fn.coalesce('proposal_decisions.decided_seq', eb.lit(0))))
    .orderBy('product_proposals.seq'),
);
const undecidedKeys = reads()((q) =>
  q
    .selectFrom('product_proposals')
    .leftJoin('proposal_decisions', 'proposal_decisions.product_key', 'product_proposals.product_key')
    .select('product_proposals.product_key')
    .distinct()
    .where((eb) => eb('product_proposals.seq', '>', eb.fn.coalesce('proposal_decisions.decided_seq', eb.lit(0))))
    .orderBy('product_proposals.product_key'),
);
const insert = writes<{ seq: number; product_key: number; made: 0 | 1; changes: string }>()((q, p) =>
  q.insertInto('product_proposals').values(fields(p, 'seq', 'product_key', 'made', 'changes')),
);
const beneath = reads<{ product_key: number }>()((q, p) =>
  q.selectFrom('products_beneath').select('row').where('product_key', '=', p.product_key),
);
const beneathKeys = reads()((q) => q.selectFrom('products_beneath').select('product_key').orderBy('product_key'));
const putBeneathRow = writes<{ product_key: number; row: string | null }>()((q, p) =>
  q.replaceInto('products_beneath').values(fields(p, 'product_key', 'row')),
);
const deleteBeneath = writes<{ product_key: number }>()((q, p) =>
  q.deleteFrom('products_beneath').where('product_key', '=', p.product_key),
);
const putDecisionRow = writes<{ product_key: number; decided_seq: number; fields: string }>()((q, p) =>
  q.replaceInto('proposal_decisions').values(fields(p, 'product_key', 'decided_seq', 'fields')),
);
const decisions = reads<{ limit: number }>()((q, p) =>
  q
    .selectFrom('proposal_decisions')
    .innerJoin('product_keys', 'product_keys.key', 'proposal_decisions.product_key')
    .select(['proposal_decisions.product_key', 'proposal_decisions.fields', 'product_keys.product'])
    .where('proposal_decisions.fields', '!=', '[]')
    .orderBy('proposal_decisions.decided_seq', 'desc')
    .limit(p.limit),
);
const dismissed = reads<{ product_key: number; field: string }>()((q, p) =>
  q
    .selectFrom('dismissed_decisions')
    .select('seq')
    .where('product_key', '=', p.product_key)
    .where('field', '=', p.field),
);
const dismiss = writes<{ product_key: number; field: string; seq: number }>()((q, p) =>
  q.replaceInto('dismissed_decisions').values(fields(p, 'product_key', 'field', 'seq')),
);

/** Whether something that was proposed here of a product is not decided yet. */
export function hasUndecided(db: ReadDb, product_key: number): boolean {
  return isUndecided.get(db, { product_key }) !== undefined;
}

/** What is not decided yet of a product, in the order in which it was proposed. */
export function undecidedOf(db: ReadDb, product_key: number): Proposal[] {
  return undecided.all(db, { product_key }).map(({ changes, made, seq }) => ({
    seq,
    made: made === 1,
    // Written by insertProposal below, from a body that its kind's schema has passed.
    changes: JSON.parse(changes) as Partial<ProductFields>,
  }));
}

/** The products of which something is not decided yet. */
export function undecidedProducts(db: ReadDb): number[] {
  return undecidedKeys.all(db, {}).map(({ product_key }) => product_key);
}

export function insertProposal(
  db: WriteDb,
  product_key: number,
  proposed: {
    readonly seq: number;
    readonly made: boolean;
    readonly changes: Body<'product.edit_proposed'>['changes'];
  },
): void {
  const { changes, made, seq } = proposed;
  insert.run(db, { seq, product_key, made: made ? 1 : 0, changes: JSON.stringify(changes) });
}

/**
 * What the head office says of a product that shows something undecided: null where it has none; undefined where the
 * catalogue itself says what the head office says.
 */
export function findBeneath(db: ReadDb, product_key: number): HeadOfficeProduct | null | undefined {
  const found = beneath.get(db, { product_key });
  if (found === undefined) return undefined;
  // Written by putBeneath below.
  return found.row === null ? null : (JSON.parse(found.row) as HeadOfficeProduct);
}

export function putBeneath(db: WriteDb, product_key: number, row: HeadOfficeProduct | null): void {
  putBeneathRow.run(db, { product_key, row: row === null ? null : JSON.stringify(row) });
}

export function forgetBeneath(db: WriteDb, product_key: number): void {
  deleteBeneath.run(db, { product_key });
}

/** The products that show, or showed a moment ago, something undecided. */
export function coveredProducts(db: ReadDb): number[] {
  return beneathKeys.all(db, {}).map(({ product_key }) => product_key);
}

export function putDecision(
  db: WriteDb,
  product_key: number,
  decided: { readonly decided_seq: number; readonly fields: readonly DecidedField[] },
): void {
  putDecisionRow.run(db, {
    product_key,
    decided_seq: decided.decided_seq,
    fields: JSON.stringify(
      decided.fields.map(({ at, before, by, field, kept, reason, seq, state, wanted }) => ({
        at,
        before,
        by,
        field,
        kept,
        reason,
        seq,
        state,
        wanted,
      })),
    ),
  });
}

/** How the head office decided where it did not simply take what was proposed, the newest products first. */
export function listDecided(
  db: ReadDb,
  limit: number,
): { readonly key: number; readonly product: ProductId; readonly fields: readonly DecidedField[] }[] {
  return decisions.all(db, { limit }).map((row) => ({
    key: row.product_key,
    product: uuidFromBytes<ProductId>(row.product),
    // Written by putDecision above, from a row that its schema has passed.
    fields: JSON.parse(row.fields) as DecidedField[],
  }));
}

/** Whether somebody has put away what became of a field, or of a later proposal of it. */
export function isDismissed(
  db: ReadDb,
  product_key: number,
  { field, seq }: { readonly field: string; readonly seq: number },
): boolean {
  return (dismissed.get(db, { product_key, field })?.seq ?? 0) >= seq;
}

export function dismissDecision(db: WriteDb, product_key: number, field: string, seq: number): void {
  dismiss.run(db, { product_key, field, seq });
}
