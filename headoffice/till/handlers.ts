import type { headOfficeContract } from '../../shared/contract/headoffice.ts';
import { actorOf } from '../context.ts';
import { editAnswer } from '../edit-answer.ts';
import type { Handlers } from '../handler.ts';
import { listTills } from './list.ts';

export const tillHandlers: Handlers<(typeof headOfficeContract)['till']> = {
  list: ({ db }, { store }) => listTills(db, store),

  rename: async (context, { till, name }) => {
    await editAnswer(context.db, 'rename_till($1, $2, $3)', [actorOf(context).user, till, name], ['recorded']);
    return {};
  },

  set_active: async (context, { till, active }) => {
    await editAnswer(context.db, 'set_till_active($1, $2, $3)', [actorOf(context).user, till, active], ['recorded']);
    return {};
  },

  decide_installation: async (context, { till, installation }) => {
    const { user } = actorOf(context);
    await editAnswer(context.db, 'decide_installation($1, $2, $3)', [user, till, installation], ['recorded']);
    return {};
  },

  pass_over: async (context, { till, installation, reported_seq }) => {
    const values = [actorOf(context).user, till, installation, reported_seq];
    await editAnswer(context.db, 'pass_over($1, $2, $3, $4)', values, ['recorded']);
    return {};
  },
};
