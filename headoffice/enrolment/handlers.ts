import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import type { StoreId } from '../../shared/ids.ts';
import { actorOf, type Caller } from '../context.ts';
import { type EditAnswer, editAnswer } from '../edit-answer.ts';
import { fail } from '../failure.ts';
import type { Handlers } from '../handler.ts';

interface Row {
  readonly login: string;
  readonly store: StoreId | null;
  readonly store_name: string | null;
  readonly till_code: string | null;
  readonly till_name: string | null;
  readonly is_history: boolean;
  readonly is_takeover: boolean;
  readonly created_by: string | null;
  readonly created_at: string;
  readonly expires_at: string;
  readonly used_at: string | null;
}

export const enrolmentHandlers: Handlers<(typeof headOfficeContract)['enrolment']> = {
  list: async ({ db }) => {
    const rows = await db.rows<Row>(
      `select regexp_replace(c.login, '^evertill_code_', '') as login, o.store, o.name as store_name, c.till_code,
         c.till_name, c.is_history, c.takeover_till_id is not null as is_takeover, u.name as created_by, c.created_at, c.expires_at, c.used_at
       from enrolment_codes c left join stores o using (store_id) left join office_users u on u.office_user = c.created_by
       order by c.created_at desc, c.login limit 200`,
    );
    return { codes: [...rows] };
  },

  create: async (context, { store, till_code, till_name, valid_minutes }) => {
    const made = await editAnswer(
      context.db,
      "create_enrolment_code($1, $2, $3, $4, $5 * interval '1 minute')",
      [actorOf(context).user, store, till_code, till_name, valid_minutes],
      ['created', 'taken'],
    );
    return codeOf(context, made, 'till_code');
  },

  create_history: async (context, { valid_minutes }) => {
    const made = await editAnswer(
      context.db,
      "create_history_code($1, $2 * interval '1 minute')",
      [actorOf(context).user, valid_minutes],
      ['created'],
    );
    return codeOf(context, made, 'valid_minutes');
  },

  create_takeover: async (context, { till, valid_minutes }) => {
    const made = await editAnswer(
      context.db,
      "create_takeover_code($1, $2, $3 * interval '1 minute')",
      [actorOf(context).user, till, valid_minutes],
      ['created', 'taken', 'inactive'],
    );
    if (made.answer === 'inactive') return fail('enrolment.till_inactive');
    return codeOf(context, made, 'till');
  },

  cancel: async (context, { login }) => {
    await editAnswer(context.db, 'cancel_enrolment_code($1, $2)', [actorOf(context).user, login], ['cancelled']);
    return {};
  },
};

/** The code that was made. Fails with `input.malformed` where one is open already; `where` is the field that names it. */
function codeOf({ ports }: Caller, made: EditAnswer, where: string) {
  if (made.answer === 'taken') return fail('input.malformed', { where });
  const { login, secret, expires_at } = made;
  if (typeof login !== 'string' || typeof secret !== 'string' || typeof expires_at !== 'string') {
    throw new TypeError('a code was made without login, secret or end');
  }
  return { code: ports.enrolmentCode({ login, secret }), login, expires_at };
}
