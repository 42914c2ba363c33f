/** Taxes as rows. A sale keeps its own code and rate, so that a change never reaches what was sold. */
import { type TaxId, uuidFromBytes, uuidToBytes } from '../../../shared/ids.ts';
import type { TaxToApply } from '../../../shared/sale/basket-to-price.ts';
import { type ReadDb, reads, type WriteDb, writes } from '../db/statement.ts';
import { fail } from '../failure.ts';

export interface TaxRow {
  readonly tax: TaxId;
  readonly code: string;
  readonly name: string;
  readonly rate_millionths: number;
  readonly active: boolean;
}

const taxOf = reads<{ tax: Uint8Array }>()((q, p) =>
  q.selectFrom('taxes').select(['code', 'rate_millionths']).where('tax', '=', p.tax),
);
const allTaxes = reads()((q) =>
  q
    .selectFrom('taxes')
    .select(['tax', 'code', 'name', 'rate_millionths', 'active'])
    .orderBy('code')
    .orderBy('tax')
    .limit(1000),
);
const putTaxRow = writes<{ tax: Uint8Array; code: string; name: string; rate_millionths: number; active: 0 | 1 }>()(
  (q, p) =>
    q
      .replaceInto('taxes')
      .values({ tax: p.tax, code: p.code, name: p.name, rate_millionths: p.rate_millionths, active: p.active }),
);

/** Writes a tax whole, as it is from now on. */
export function putTax(db: WriteDb, row: TaxRow): void {
  putTaxRow.run(db, { ...row, tax: uuidToBytes(row.tax), active: row.active ? 1 : 0 });
}

/** The taxes, by their codes. */
export function listTaxes(db: ReadDb): TaxRow[] {
  return allTaxes.all(db, {}).map((row) => ({ ...row, tax: uuidFromBytes(row.tax), active: row.active === 1 }));
}

/**
 * Fails with `tax.code_taken` where another active tax has the letter: on a receipt, lines of both would say the same.
 * Letters that differ in case only are the same to whoever reads them.
 */
export function refuseTakenCode(db: ReadDb, row: TaxRow): void {
  if (!row.active) return;
  const wanted = row.code.toUpperCase();
  const holder = listTaxes(db).find(
    ({ active, code, tax }) => active && tax !== row.tax && code.toUpperCase() === wanted,
  );
  if (holder !== undefined) fail('tax.code_taken', { code: holder.code, name: holder.name });
}

/** A tax as it applies now, inactive or not; undefined for one that this till does not know. */
export function findTax(db: ReadDb, tax: TaxId): TaxToApply<TaxId> | undefined {
  const row = taxOf.get(db, { tax: uuidToBytes(tax) });
  return row === undefined ? undefined : { tax, code: row.code, rate_millionths: row.rate_millionths };
}
