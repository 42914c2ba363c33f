import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { InstallationId, ProductId, StoreId } from '../../shared/ids.ts';
import { actorOf } from '../context.ts';
import type { ReadDb } from '../db/transact.ts';
import { editAnswer } from '../edit-answer.ts';
import { lateTills, partedTills, silentTills } from './alarms.ts';
import { listClashes } from './clashes.ts';
import type { Handlers } from '../handler.ts';
import { countDoubts, transferMatters } from '../stock/matters.ts';
import { type TillNamed, tillNamed } from '../till-named.ts';
import { decideEdit, waitingEdits } from './edits.ts';
import { closing, isUnnoted, type Note, noteOf, putAside } from './noted.ts';
import { listOverRefunds } from './over-refunds.ts';

/** More than this of one kind is not listed: whoever has so much to look at begins with the first. */
const most = 100;

async function installations(db: ReadDb) {
  return await db.rows<
    TillNamed & {
      readonly installation: InstallationId;
      readonly first_seen_at: string;
      readonly last_seen_at: string;
      readonly spoke_until: string | null;
      readonly reported_seq: number | null;
      readonly held_seq: number;
    }
  >(
    `select ${tillNamed}, i.installation, i.first_seen_at, i.last_seen_at, i.spoke_until, i.reported_seq,
       i.acked_seq as held_seq
     from stores o join tills t using (store_id) join asking_installations i using (store_id, till_id)
     where t.active
     order by i.last_seen_at desc, i.installation limit ${most}`,
  );
}

async function closings(db: ReadDb) {
  return await db.rows<
    TillNamed & {
      readonly seq: number;
      readonly number: number;
      readonly business_date: string;
      readonly currency: string;
      readonly differences: { what: string; till: number; headoffice: number }[];
      readonly note: Note;
    }
  >(
    `select ${tillNamed}, c.seq, c.number, c.business_date, c.currency, k.differences, ${noteOf(closing)} as note
     from closing_checks k join shift_closings c using (store_id, till_id, seq)
       join stores o using (store_id) join tills t using (store_id, till_id)
     where not k.agrees and ${isUnnoted(closing)} order by k.checked_at desc, c.seq limit ${most}`,
  );
}

async function negativeStock(db: ReadDb) {
  return await db.rows<{
    readonly store: StoreId;
    readonly store_name: string;
    readonly product: ProductId;
    readonly sku: string;
    readonly name: string;
    readonly level_milli: number;
  }>(
    `select o.store, o.name as store_name, p.product, p.sku, p.name, h.level_milli
     from stock_on_hand h join stores o using (store_id) join products p using (product)
     where p.active and h.level_milli < 0 order by 6, p.sku limit ${most}`,
  );
}

async function findMatters(db: ReadDb) {
  const found = {
    installations: [...(await installations(db))],
    closings: [...(await closings(db))],
    ...(await silentTills(db)),
    behind: [...(await lateTills(db))],
    parted: [...(await partedTills(db))],
    over_refunds: [...(await listOverRefunds(db))],
    negative_stock: [...(await negativeStock(db))],
    edits: [...(await waitingEdits(db, most))],
    count_doubts: [...(await countDoubts(db, most))],
    transfers: [...(await transferMatters(db, most))],
  };
  const { clashes, clash_count } = await listClashes(db);
  const held = await db.first<{ quarantined: number; newer: number }>(
    `select (select count(*) from quarantined_entries q join tills t using (store_id, till_id)
         where ${isUnnoted(putAside)}) as quarantined,
       (select count(*) from unprojected_entries) as newer`,
  );
  const { newer = 0, quarantined = 0 } = held ?? {};
  const total = Object.values(found).reduce((sum, some) => sum + some.length, quarantined + clash_count);
  return { ...found, clashes, clash_count, quarantined, newer, total };
}

export const inboxHandlers: Handlers<(typeof headOfficeContract)['inbox']> = {
  list: async ({ db }) => await findMatters(db),

  count: async ({ db }) => {
    const { total } = await findMatters(db);
    return { total };
  },

  note: async (context, { matter, seen, subject }) => {
    const { user } = actorOf(context);
    await editAnswer(context.db, 'note_matter($1, $2, $3, $4)', [user, matter, subject, seen], ['recorded']);
    return {};
  },

  settle_clashes: async (context, { clashes, store }) => {
    const { settled } = await editAnswer(
      context.db,
      'settle_clashes($1, $2, $3)',
      [actorOf(context).user, store, clashes],
      ['recorded'],
    );
    return { settled: Number(settled) };
  },

  decide_edit: async (context, asked) => {
    await decideEdit(context.db, actorOf(context).user, asked);
    return {};
  },
};
