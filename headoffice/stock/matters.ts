import type { ProductId } from '../../shared/ids.ts';
import type { ReadDb } from '../db/transact.ts';
import { exactly } from '../sql.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';

/** Of the till that counted. */
interface Doubt extends TillNamed {
  readonly product: ProductId;
  readonly sku: string;
  readonly name: string;
  readonly counted_milli: number;
  readonly counted_at: string;
  readonly movements: number;
  readonly moved_milli: number;
  readonly level_after_milli: number;
  readonly level_before_milli: number;
}

/** Products of which something moved so near to their count that the clocks can't tell which was first. */
export async function countDoubts(db: ReadDb, most: number): Promise<readonly Doubt[]> {
  return await db.rows<Doubt>(
    `with open as (
       select store_id, product, count(*) as movements, ${exactly('sum(stock_milli)')} as moved_milli
       from stock_count_doubts where decided is null group by store_id, product
     )
     select ${tillNamed}, d.product, l.sku, l.name,
       c.counted_milli, c.counted_at, d.movements, d.moved_milli, h.level_milli as level_after_milli,
       ${exactly('h.level_milli - d.moved_milli')} as level_before_milli
     from open d join stock_corrections c using (store_id, product)
       join stock_count_lines l on l.store_id = c.store_id and l.till_id = c.till_id and l.seq = c.seq
         and l.line_no = c.line_no
       join stock_on_hand h on h.store_id = d.store_id and h.product = d.product
       join stores o on o.store_id = d.store_id join tills t on t.store_id = c.store_id and t.till_id = c.till_id
     order by c.counted_at desc, l.sku limit ${most}`,
  );
}

interface TransferMatter {
  readonly number: string;
  readonly kind: 'unknown' | 'cancelled' | 'elsewhere' | 'different';
  readonly from_store: string | null;
  readonly to_store: string | null;
  readonly received_at: string;
  readonly products: number;
  /** How many of them differ. */
  readonly different: number;
}

/** Transfers of which something else arrived than was sent, that nobody has looked at yet. */
export async function transferMatters(db: ReadDb, most: number): Promise<readonly TransferMatter[]> {
  return await db.rows<TransferMatter>(
    `select m.number, m.kind, f.name as from_store, o.name as to_store, m.received_at, m.products, m.different
     from transfer_matters m left join stores f on f.store = m.from_store left join stores o on o.store = m.received_store
     order by m.received_at desc, m.number limit ${most}`,
  );
}
