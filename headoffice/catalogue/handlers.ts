import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { OutputOf } from '../../shared/contract/define.ts';
import { actorOf } from '../context.ts';
import { editAnswer } from '../edit-answer.ts';
import type { Handlers } from '../handler.ts';

type Catalogue = (typeof headOfficeContract)['catalogue'];
type Category = OutputOf<Catalogue['record_category']>;
type Tax = OutputOf<Catalogue['record_tax']>;

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
    await editAnswer(context.db, 'record_tax($1, $2)', [actorOf(context).user, JSON.stringify(tax)], ['recorded']);
    return tax;
  },
};
