/** What managers changed at tills in the catalogue that is kept here, where it could not simply be taken. */
import type { InputOf, OutputOf } from '../../shared/contract/define.ts';
import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { OfficeUserId } from '../../shared/contract/headoffice/shapes.ts';
import type { StaffId } from '../../shared/ids.ts';
import type { ReadDb, WriteDb } from '../db/transact.ts';
import { editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import { findPeople, markOf } from '../people.ts';
import { tillNamed } from '../till-named.ts';

type InboxContract = (typeof headOfficeContract)['inbox'];
type Edit = OutputOf<InboxContract['list']>['edits'][number];

interface Row extends Omit<Edit, 'by'> {
  readonly actor: StaffId | null;
}

/** The fields that wait for a decision, the oldest first: whoever changed them is waiting, too. */
export async function waitingEdits(db: ReadDb, most: number): Promise<Edit[]> {
  const rows = await db.rows<Row>(
    `select ${tillNamed}, w.seq, w.field, p.product, p.version, p.sku, p.name, c.settings ->> 'currency' as currency, w.reason, w.wanted, to_jsonb(p) -> w.field as ours,
       w.actor, w.at
     from product_proposals w join products p using (product) join stores o on o.store_id = w.store_id
       join tills t on t.store_id = w.store_id and t.till_id = w.till_id
       join store_settings c on c.store_id = w.store_id
     where w.state = 'waiting' order by w.decided_at, w.store_id, w.till_id, w.seq, w.field limit $1`,
    [most],
  );
  const people = await findPeople(
    db,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ actor, ...edit }) => ({
    ...edit,
    by: actor === null ? null : (people.get(actor)?.name ?? markOf(actor)),
  }));
}

/** Decides one. Fails with `record.changed` where the product, or the matter, is not as it was shown any more. */
export async function decideEdit(
  db: WriteDb,
  editor: OfficeUserId,
  { against, field, seq, take, till }: InputOf<InboxContract['decide_edit']>,
): Promise<void> {
  const values = [editor, till, seq, field, take, against];
  const answer = await editAnswer(db, 'decide_proposal($1, $2, $3, $4, $5, $6)', values, ['decided', 'taken']);
  if (answer.answer === 'decided') return;
  const { barcode, name, sku, what } = answer;
  if (what === 'barcode')
    fail('product.barcode_taken', { barcode: String(barcode), sku: String(sku), name: String(name) });
  fail('product.sku_taken', { sku: String(sku) });
}
