/** Sold lines of which more came back, in all refunds of their sale, than was sold. */
import type { SaleId } from '../../shared/ids.ts';
import type { ReadDb } from '../db/transact.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';
import { isUnnoted, type Note, noteOf } from './noted.ts';

/** More than this is not listed: whoever has so much to look at begins with the newest. */
const most = 100;
/** What was noticed before is no news. */
const since = '60 days';

const overRefund = {
  matter: 'over_refund',
  subject: "concat(r.sale, ' ', r.line)",
  seen: 'r.returned_milli::text',
} as const;

/** The newest first, by the head office's clock: a till's own may be wrong by years. */
export async function listOverRefunds(db: ReadDb) {
  return await db.rows<
    TillNamed & {
      readonly refund: SaleId;
      readonly receipt: string;
      readonly at: string;
      readonly name: string;
      readonly sold_milli: number;
      readonly returned_milli: number;
      readonly note: Note;
    }
  >(
    `select ${tillNamed}, r.sale as refund, concat_ws('-', s.receipt_till, s.receipt_series, s.receipt_number) as receipt,
       r.noticed_at as at, l.name, r.sold_milli, r.returned_milli, ${noteOf(overRefund)} as note
     from (
       select * from line_returns r
       where returned_milli > sold_milli and noticed_at > now() - $1::interval and ${isUnnoted(overRefund)}
       order by noticed_at desc, sale, line limit ${most}
     ) as r
       -- With limits, so that each is looked up by its key and nothing is read whole.
       cross join lateral (select * from sales s where s.store_id = r.store_id and s.sale = r.sale limit 1) as s
       cross join lateral (
         select name from sale_lines l
         where l.store_id = s.store_id and l.till_id = s.till_id and l.seq = s.seq and l.line = r.line
         order by line_no limit 1
       ) as l
       join stores o on o.store_id = s.store_id join tills t on t.store_id = s.store_id and t.till_id = s.till_id
     order by r.noticed_at desc, r.sale, r.line`,
    [since],
  );
}
