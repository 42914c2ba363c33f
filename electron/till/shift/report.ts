import { sql } from 'kysely';
import { z } from 'zod';
import type { shiftReport } from '../../../shared/contract/till/shapes.ts';
import { type ShiftId, type StaffId, uuidFromBytes } from '../../../shared/ids.ts';
import { type ReadDb, reads } from '../db/statement.ts';
import { staffName } from '../staff/payload.ts';

const row = reads<{ key: number }>()((q, p) => q.selectFrom('shifts').selectAll().where('key', '=', p.key));
const tenders = reads<{ key: number }>()((q, p) =>
  q
    .selectFrom('shift_tenders')
    .select(['kind', 'count', 'amount_minor'])
    .where('shift_key', '=', p.key)
    .orderBy('kind'),
);

const late = reads<{ key: number }>()((q, p) =>
  q
    .selectFrom('late_sales')
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      sql<number>`coalesce(sum(total_minor), 0)`.as('total_minor'),
      sql<number>`coalesce(sum(tax_minor), 0)`.as('tax_minor'),
    ])
    .where((eb) =>
      eb.or([
        eb('shift_key', '=', p.key),
        // Named by the Z that is written next.
        eb.and([
          eb('shift_key', 'is', null),
          eb.exists(eb.selectFrom('shifts').select('key').where('key', '=', p.key).where('closed_seq', 'is', null)),
        ]),
      ]),
    ),
);

const check = reads<{ shift: Uint8Array }>()((q, p) =>
  q.selectFrom('closing_checks').select(['agrees', 'differences']).where('shift', '=', p.shift),
);
const differencesOf = z.array(z.looseObject({ what: z.string(), till: z.int(), headoffice: z.int() }));

export type ShiftReport = z.input<typeof shiftReport>;

/** What a shift has done so far; once closed, what it had done. */
export function reportOf(db: ReadDb, key: number): ShiftReport {
  const shift = row.one(db, { key });
  const byTender = tenders.all(db, { key });
  const cash_minor = byTender.find(({ kind }) => kind === 'cash')?.amount_minor ?? 0;
  const expected_minor =
    shift.expected_minor ?? shift.float_minor + cash_minor + shift.paid_in_minor - shift.paid_out_minor;
  return {
    shift: uuidFromBytes<ShiftId>(shift.shift),
    number: shift.number,
    business_date: shift.business_date,
    opened_at: shift.opened_at,
    opened_by: shift.opened_by === null ? '' : staffName(db, uuidFromBytes<StaffId>(shift.opened_by)),
    closed_at: shift.closed_at,
    float_minor: shift.float_minor,
    sales: { count: shift.sales_count, total_minor: shift.sales_minor, tax_minor: shift.sales_tax_minor },
    refunds: { count: shift.refunds_count, total_minor: shift.refunds_minor, tax_minor: shift.refunds_tax_minor },
    tenders: byTender,
    late: late.one(db, { key }),
    paid_in_minor: shift.paid_in_minor,
    paid_out_minor: shift.paid_out_minor,
    expected_minor,
    counted_minor: shift.counted_minor,
    difference_minor: shift.counted_minor === null ? null : shift.counted_minor - expected_minor,
    reason: shift.reason,
    check: checkOf(db, shift.shift),
  };
}

/** What the head office found; null where it has not looked yet, or there is none. */
function checkOf(db: ReadDb, shift: Uint8Array): ShiftReport['check'] {
  const found = check.get(db, { shift });
  if (found === undefined) return null;
  const differences = differencesOf.parse(JSON.parse(found.differences));
  return {
    agrees: found.agrees === 1,
    differences: differences.map(({ headoffice, till, what }) => ({ what, till, headoffice })),
  };
}
