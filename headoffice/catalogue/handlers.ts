import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { OutputOf } from '../../shared/contract/define.ts';
import { actorOf } from '../context.ts';
import type { ReadDb } from '../db/transact.ts';
import { editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';

type Catalogue = (typeof headOfficeContract)['catalogue'];
type Category = OutputOf<Catalogue['record_category']>;
type Tax = OutputOf<Catalogue['record_tax']>;

/** Fails where another active tax has the letter, in whatever case: on a receipt, lines of both would say the same. */
async function refuseTakenCode(db: ReadDb, { active, code, tax }: Tax): Promise<void> {
  if (!active) return;
  const holder = await db.first<{ code: string; name: string }>(
    'select code, name from taxes where active and upper(code) = upper($1) and tax <> $2 limit 1',
    [code, tax],
  );
  if (holder !== undefined) fail('tax.code_taken', { ...holder });
}

export const catalogueHandlers: Handlers<Catalogue> = {
  categories: async ({ db }) => ({
    categories: [
      ...(await db.rows<Category>(
        'select category, name, tint, position, active from categories order by position, name, category limit 2000',
      )),
    ],
  }),

  record_category: async (context, category) => {
    const values = [actorOf(context).user, JSON.stringify(category)];
    await editAnswer(context.db, 'record_category($1, $2)', values, ['recorded']);
    return category;
  },

  taxes: async ({ db }) => ({
    taxes: [
      ...(await db.rows<Tax>(
        'select tax, code, name, rate_millionths, active from taxes order by code, rate_millionths desc, tax limit 2000',
      )),
    ],
  }),

  record_tax: async (context, tax) => {
    // The company's lock first: two who choose the same letter at once come one after the other.
    await context.db.run('select lock_company()');
    await refuseTakenCode(context.db, tax);
    await editAnswer(context.db, 'record_tax($1, $2)', [actorOf(context).user, JSON.stringify(tax)], ['recorded']);
    return tax;
  },
};
