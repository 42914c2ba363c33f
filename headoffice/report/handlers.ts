import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { TaxId } from '../../shared/ids.ts';
import { instantOf } from '../context.ts';
import type { ReadDb } from '../db/transact.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';
import { exactly } from '../sql.ts';
import { addUp, addUpTenders, type Scope, scopeConditions } from './figures.ts';
import { showToday } from './today.ts';

const mostDays = 1000;

interface TaxRow {
  readonly tax: TaxId;
  readonly code: string;
  readonly rate_millionths: number;
  readonly currency: string;
  readonly base_minor: number;
  readonly amount_minor: number;
}

async function addUpTaxes(db: ReadDb, scope: Scope): Promise<TaxRow[]> {
  const conditions = scopeConditions(scope);
  const rows = await db.rows<TaxRow>(
    `select d.tax, max(d.code) as code, d.rate_millionths, d.currency,
       ${exactly('sum(d.base_minor)')} as base_minor, ${exactly('sum(d.amount_minor)')} as amount_minor
     from daily_taxes d${conditions.where} group by d.tax, d.rate_millionths, d.currency
     order by 2, d.rate_millionths desc, d.currency limit 200`,
    conditions.values,
  );
  return [...rows];
}

export const reportHandlers: Handlers<(typeof headOfficeContract)['report']> = {
  totals: async ({ db }, scope) => {
    if (scope.from !== null && scope.to !== null && scope.from > scope.to) fail('input.malformed', { where: 'to' });
    return {
      totals: await addUp(db, scope, 'all'),
      stores: await addUp<'store' | 'store_name'>(db, scope, 'store'),
      tills: await addUp<'store' | 'store_name' | 'till' | 'till_code' | 'till_name'>(db, scope, 'till'),
      days: await addUp<'business_date'>(db, scope, 'day', mostDays),
      tenders: await addUpTenders(db, scope),
      taxes: await addUpTaxes(db, scope),
    };
  },

  today: (context, asked) => showToday(context.db, asked, instantOf(context)),
};
