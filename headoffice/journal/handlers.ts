import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { toHex } from '../../shared/ids.ts';
import { instantOf } from '../context.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import type { JournalOf } from './entry.ts';
import { tillAgrees, verifyChain } from './verify.ts';

export const journalHandlers: Handlers<(typeof headOfficeContract)['journal']> = {
  verify: async (context, { store, till, seq }) => {
    const { db } = context;
    const journal = await db.first<JournalOf>(
      `select store_id, till_id from tills t join stores s using (store_id) join till_heads h using (store_id, till_id)
       where s.store = $1 and t.till = $2 and h.acked_seq >= $3`,
      [store, till, seq],
    );
    if (journal === undefined) return fail('record.not_found');
    const { verified, first_bad, hash } = await verifyChain(db, journal, seq);
    return {
      verified,
      to_seq: seq,
      first_bad,
      hash: hash === undefined ? null : toHex(hash),
      till_agrees: await tillAgrees(db, journal),
      checked_at: instantOf(context),
    };
  },
};
