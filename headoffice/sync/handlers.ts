import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { instantOf } from '../context.ts';
import type { Handlers } from '../handler.ts';

export const syncHandlers: Handlers<(typeof headOfficeContract)['sync']> = {
  // One row a till and the end of an index: cheap enough to be asked every second by every page. NOTIFY
  // would take a lock in each push.
  pulse: async (context) => {
    const row = await context.db.first<{ tills: string; edits: string }>(
      `select
         (select concat_ws('.', count(*), sum(acked_seq), sum(reported_seq)) from till_heads)
           || (select concat('.', count(*)) from till_installations i join till_heads h using (store_id, till_id)
             where i.installation <> h.installation and i.last_seen_at > h.decided_at) as tills,
         concat((select max(edit) from office_edits)) as edits`,
    );
    return { tills: row?.tills ?? '', edits: row?.edits ?? '', now: instantOf(context) };
  },
};
